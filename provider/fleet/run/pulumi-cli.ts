import { type LocalWorkspace, PulumiCommand } from '@pulumi/pulumi/automation';
import { pulumiError } from './pulumi-error';

/** What the Automation API asks the CLI beside the work itself, and what is known without asking. */
const KNOWN: readonly { words: readonly string[]; stdout: string }[] = [
  // The stack is named in each command.
  { words: ['stack', 'select'], stdout: '' },
  // A stack of customers has no outputs, and what an update did is known from its events.
  { words: ['stack', 'output'], stdout: '{}' },
  { words: ['stack', 'history'], stdout: '[]' },
];

interface Runs {
  run(args: string[], ...rest: unknown[]): Promise<unknown>;
}

/**
 * Runs a command that the Automation API has no function for.
 * @throws Error with what pulumi printed
 */
export async function pulumi({ pulumiCommand, workDir, envVars }: LocalWorkspace, args: string[]): Promise<void> {
  try {
    await (pulumiCommand as unknown as Runs).run(args, workDir, envVars);
  } catch (error) {
    throw new Error(pulumiError(error));
  }
}

/**
 * The pulumi CLI. It omits three or four starts of pulumi around each operation whose answers are known: measured, a
 * second of CPU a stack.
 *
 * @param outputs whether the stack's outputs are wanted
 */
export async function trimmedCommand({ outputs }: { outputs: boolean }): Promise<PulumiCommand> {
  const command = await PulumiCommand.get();
  const { run } = command as unknown as Runs;
  const trimmed: Runs = {
    run: async (args, ...rest) => {
      const isKnown = (words: readonly string[]) => words.every((word, index) => args[index] === word);
      const known = KNOWN.find(({ words }) => isKnown(words) && !(outputs && words.includes('output')));
      return known ? { stdout: known.stdout, stderr: '', code: 0 } : run.call(command, args, ...rest);
    },
  };
  return Object.assign(Object.create(command), trimmed) as PulumiCommand;
}
