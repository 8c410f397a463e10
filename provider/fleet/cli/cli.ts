import { RosterError } from '../roster/problems';
import { agreed, CODE, check, moveCustomers, run } from './commands';
import { readCommandLine, USAGE, UsageError } from './options';

async function main(argv: readonly string[]): Promise<number> {
  const line = readCommandLine(argv);
  if (line.command === 'help') {
    process.stdout.write(USAGE);
    return CODE.done;
  }
  if (line.command === 'check') return check(line.roster);
  if (line.command === 'restack') return moveCustomers(line);
  return (await agreed(line)) ? run(line) : CODE.wrong;
}

function explain(error: unknown): number {
  if (error instanceof RosterError) {
    const { length } = error.problems;
    process.stderr.write(`${error.message}\n\n${length} problem${length === 1 ? '' : 's'}; nothing was started\n`);
    return CODE.wrong;
  }
  process.stderr.write(`webex-wholesale: ${error instanceof Error ? error.message : String(error)}\n`);
  return error instanceof UsageError ? CODE.wrong : CODE.failed;
}

main(process.argv.slice(2))
  .catch(explain)
  // Not before everything was written, which a pipe takes its time for.
  .then((code) => process.stdout.write('', () => process.exit(code)));
