import { CommanderError } from 'commander';
import { Interrupted } from '../adoption/adopt/pulumi';
import { RosterError } from '../fleet/roster/problems';
import { OptionError } from '../fleet/run/options';
import { EXIT, UsageError } from '../terminal/exit';
import { counted, outliveReaders, printError, printErrorLines, written } from '../terminal/terminal';
import { program } from './program';

async function main(): Promise<void> {
  try {
    await program().parseAsync();
  } catch (error) {
    process.exitCode = explained(error);
  }
}

/** Prints an error. @returns the exit code */
function explained(error: unknown): number {
  if (error instanceof CommanderError) {
    // Help and version are already printed.
    if (error.exitCode === 0) return EXIT.done;
    if (error.code !== 'commander.help') printError(`${error.message.replace(/^error: /, '')} (see --help)`);
    return EXIT.usage;
  }
  if (error instanceof RosterError) {
    const more = error.isComplete ? '' : 'more than ';
    const count = `${more}${counted(error.problems.length, 'problem')}; nothing was started`;
    printErrorLines([...error.message.split('\n'), '', count]);
    return EXIT.usage;
  }
  printError(error);
  if (error instanceof Interrupted) return EXIT.interrupted;
  return error instanceof UsageError || error instanceof OptionError ? EXIT.usage : EXIT.failed;
}

outliveReaders();
void main()
  .then(written)
  .then(() => process.exit());
