import { connect } from 'node:net';
import type { Readable } from 'node:stream';

/** Address of the engine, the first argument of a plugin process. Undefined where this process is no plugin. */
export function engineAddress(args: readonly string[] = process.argv.slice(2)): string | undefined {
  const [address] = args;
  return address !== undefined && /^[\w.]+:\d+$/.test(address) ? address : undefined;
}

let watching = false;
const ASK_EVERY_MS = 500;

/**
 * Ends this process when the engine has ended. *Measured*: a plugin outlives a pulumi that was killed, and continues
 * its operations beside the plugin of the next run: two processes change the same objects. The engine holds the other
 * end of the plugin's standard input. When that closes and no process answers at the engine's address, the results of
 * the plugin are recorded nowhere.
 */
export function endWithEngine(
  address = engineAddress(),
  input: Readable & { unref?: () => void } = process.stdin,
  end: () => void = () => process.exit(1),
): void {
  if (address === undefined || (watching && input === process.stdin)) return;
  if (input === process.stdin) watching = true;
  input.once('close', () => askUntilGone(address, end));
  // The data is discarded: only the end of the stream matters. The stream must not keep the process alive.
  input.resume();
  input.unref?.();
}

/** Asks until the engine no longer answers: an engine that is ending closes its connections one after the other. */
function askUntilGone(address: string, gone: () => void): void {
  const [host, port] = address.split(':');
  const asked = connect(Number(port), host);
  asked.once('error', gone);
  asked.once('connect', () => {
    asked.destroy();
    setTimeout(() => askUntilGone(address, gone), ASK_EVERY_MS).unref();
  });
}
