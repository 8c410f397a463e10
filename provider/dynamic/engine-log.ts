import { warn } from '@pulumi/pulumi/log';
import { hasEngine, resetOptions } from '@pulumi/pulumi/runtime/settings';
import { engineAddress } from './engine-watch';
import { readable } from './readable';

/** Where warnings go: a text for the person who runs Pulumi. */
export type Warn = (text: string) => void;

/** Shows a warning where there is no engine. */
const toStderr: Warn = (text) => void process.stderr.write(`${readable(`warning: ${text}`)}\n`);

const pending = new Set<Promise<void>>();

/**
 * A way to show warnings as warnings. What a plugin writes to stderr, Pulumi shows as plain text of the stack; what it
 * logs with the engine is a warning in the diagnostics. The plugin is started with the engine's address as its first
 * argument, but connects only its server: this gives the SDK the address, so that the SDK's log works in the plugin.
 *
 * Without such an argument (tests, another host of the handlers) warnings go to stderr.
 */
export function engineWarnings(args: readonly string[] = process.argv.slice(2)): Warn {
  const address = engineAddress(args);
  if (address === undefined) return toStderr;
  if (!hasEngine()) resetOptions('', '', -1, address, '', false, '');
  return (text) => {
    const sent = warn(readable(text)).finally(() => pending.delete(sent));
    pending.add(sent);
  };
}

/** Waits until the engine has all warnings: it may end the plugin as soon as the last operation is answered. */
export async function warningsTold(): Promise<void> {
  await Promise.all(pending);
}
