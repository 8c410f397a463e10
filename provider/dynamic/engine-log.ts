import { error, warn } from '@pulumi/pulumi/log';
import { output } from '@pulumi/pulumi/output';
import type { Resource } from '@pulumi/pulumi/resource';
import { hasEngine, resetOptions } from '@pulumi/pulumi/runtime/settings';
import { engineAddress } from './engine-watch';
import { readable } from './readable';

/** Shows a warning to the user of Pulumi. */
export type Warn = (text: string) => void;

/** Shows a message where there is no engine. */
const toStderr = (text: string, severity = 'warning') =>
  void process.stderr.write(`${readable(`${severity}: ${text}`)}\n`);

const pending = new Set<Promise<void>>();

/**
 * Gives a function that shows warnings in Pulumi's diagnostics. Pulumi shows the stderr of a plugin as plain text of
 * the stack; only messages that are logged with the engine are warnings. The engine starts the plugin with its address
 * as the first argument, but the plugin does not pass it to the SDK. This function does, so that the SDK's log works.
 *
 * Without such an argument (tests, another host of the handlers) warnings go to stderr.
 */
export function engineWarnings(args: readonly string[] = process.argv.slice(2)): Warn {
  const address = engineAddress(args);
  if (address === undefined) return (text) => toStderr(text);
  if (!hasEngine()) resetOptions('', '', -1, address, '', false, '');
  return (text) => send(warn(readable(text)));
}

/** Shows an error in the diagnostics of a resource, also while Pulumi checks another one. */
export function engineError(urn: string, text: string): void {
  if (engineAddress() === undefined) toStderr(text, 'error');
  else send(error(readable(text), { urn: output(urn) } as Resource));
}

function send(sending: Promise<void>): void {
  const sent = sending.finally(() => pending.delete(sent));
  pending.add(sent);
}

/** Waits until the engine has all messages: it may end the plugin as soon as the last operation is answered. */
export async function messagesSent(): Promise<void> {
  await Promise.all(pending);
}
