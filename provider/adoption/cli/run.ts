import { Run } from '../../resources/run/run';
import { NAMESPACE } from '../../resources/run/settings';
import { EXIT } from '../../terminal/exit';

/**
 * A run for a command, with the settings of a stack.
 * @param config settings by name, without the namespace
 */
export function runFor(config: ReadonlyMap<string, string>, warn: (text: string) => void): Run {
  const run = new Run();
  run.configure((key) => config.get(key.replace(`${NAMESPACE}:`, '')), warn);
  run.verify();
  return run;
}

/** Calls `stop` at the first Ctrl-C, and ends the process at the second one. */
export function onInterrupt(stop: () => void): void {
  let signals = 0;
  const onSignal = () => {
    signals++;
    if (signals > 1) process.exit(EXIT.interrupted);
    process.exitCode = EXIT.interrupted;
    stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
}
