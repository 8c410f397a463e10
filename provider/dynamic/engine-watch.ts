import { connect } from 'node:net';
import type { Readable } from 'node:stream';

/** Address of the engine, which starts a plugin with it as its first argument. Undefined where this is no plugin. */
export function engineAddress(args: readonly string[] = process.argv.slice(2)): string | undefined {
  const [address] = args;
  return address !== undefined && /^[\w.]+:\d+$/.test(address) ? address : undefined;
}

let watching = false;
const ASK_EVERY_MS = 500;

/**
 * Ends this process when the engine has ended. *Measured*: a plugin outlives a pulumi that was killed, and continues its
 * operations beside the plugin of the next run: two processes change the same objects. The engine holds the other end of
 * the plugin's standard input; when that closes and nothing answers at the engine's address, no process records what the
 * plugin does.
 */
export function endWithEngine(
  address = engineAddress(),
  input: Readable & { unref?: () => void } = process.stdin,
  end: () => void = () => process.exit(1),
): void {
  if (address === undefined || (watching && input === process.stdin)) return;
  if (input === process.stdin) watching = true;
  input.once('close', () => askUntilGone(address, end));
  // Never read: only its end is of interest, and it must not keep the process alive.
  input.resume();
  input.unref?.();
}

/** An engine that ends closes its connections one after the other: one that still answers is asked again. */
function askUntilGone(address: string, gone: () => void): void {
  const [host, port] = address.split(':');
  const asked = connect(Number(port), host);
  asked.once('error', gone);
  asked.once('connect', () => {
    asked.destroy();
    setTimeout(() => askUntilGone(address, gone), ASK_EVERY_MS).unref();
  });
}
