import { Run } from '../../resources/run/run';
import { NAMESPACE } from '../../resources/run/settings';

/**
 * A run for a command, with the settings of a stack.
 * @param config without its namespace
 */
export function runFor(config: ReadonlyMap<string, string>, warn: (text: string) => void): Run {
  const run = new Run();
  run.configure((key) => config.get(key.replace(`${NAMESPACE}:`, '')), warn);
  run.verify();
  return run;
}
