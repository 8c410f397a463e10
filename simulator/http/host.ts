import { hostname } from 'node:os';
import { ApiError } from '../api-error';

/** True for a loopback address or name. */
export function isLoopback(host: string): boolean {
  return /^(127(\.\d{1,3}){3}|::1|(.+\.)?localhost)$/i.test(host);
}

/** Where a request arrived. */
export interface Arrival {
  /** The host that the simulator is bound to. */
  bound: string;
  /** The local address of the connection. */
  localAddress: string | undefined;
}

/**
 * Refuses (421) a request that was sent to another host name: a web page whose name leads to 127.0.0.1 (DNS rebinding)
 * could read everything otherwise. Accepted are loopback names and addresses, the host that the simulator is bound to,
 * the address at which the request arrived, and this machine's name.
 */
export function checkHost(header: string | undefined, arrival: Arrival): void {
  if (header === undefined) return;
  const name = nameOf(header);
  if (isOwn(name, arrival)) return;
  throw new ApiError(
    421,
    `This simulator doesn't answer for the host ${name}: use the address that it listens on, or start it with --host ${name}.`,
  );
}

/**
 * Refuses (403) a request that a web page of another host sent (CSRF). A browser names the page's host in `Origin`. It
 * sends a form or a text without a preflight request, and only hides the answer from the page.
 */
export function checkOrigin(header: string | undefined, arrival: Arrival): void {
  if (header === undefined || isOwn(nameOf(header.replace(/^https?:\/\//i, '')), arrival)) return;
  throw new ApiError(403, `The control plane takes no requests of web pages of other hosts (Origin: ${header}).`);
}

/** The name in `NAME:PORT` or `[ADDRESS]:PORT`. */
function nameOf(host: string): string {
  return host
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
}

function isOwn(name: string, { bound, localAddress }: Arrival): boolean {
  // An IPv4 address at a socket that serves both families is written as ::ffff:192.0.2.1.
  const own = [bound, localAddress?.replace(/^::ffff:/, ''), hostname()].map((each) => each?.toLowerCase());
  return isLoopback(name) || own.includes(name);
}
