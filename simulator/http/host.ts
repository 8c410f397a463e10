import { hostname } from 'node:os';
import { ApiError } from '../api-error';

/** Whether an address or name is this machine's own, which no other machine can reach. */
export function isLoopback(host: string): boolean {
  return /^(127(\.\d{1,3}){3}|::1|(.+\.)?localhost)$/i.test(host);
}

/**
 * Refuses (421) a request that was sent to another host name: a web page whose name leads to 127.0.0.1 (DNS rebinding)
 * could read everything otherwise. Accepted are loopback names and addresses, the host that the simulator is bound to,
 * the address at which the request arrived, and this machine's name.
 */
export function checkHost(header: string | undefined, bound: string, localAddress: string | undefined): void {
  if (header === undefined) return;
  const name = header
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
  // An IPv4 address at a socket that serves both families is written as ::ffff:192.0.2.1.
  const own = [bound, localAddress?.replace(/^::ffff:/, ''), hostname()].map((each) => each?.toLowerCase());
  if (isLoopback(name) || own.includes(name)) return;
  throw new ApiError(
    421,
    `This simulator doesn't answer for the host ${name}: use the address that it listens on, or start it with --host ${name}.`,
  );
}
