import { Command } from 'commander';
import { EXIT } from '../../terminal/exit';
import { counted, print } from '../../terminal/terminal';
import { configOf } from '../adopt/config';
import { listing } from '../adopt/declared';
import type { Expected } from '../unmanaged/expected';
import { findUnmanaged, UNMANAGED_KINDS, type Unmanaged } from '../unmanaged/find';
import { expectedIn } from '../unmanaged/program';
import { runFor } from './run';

/** `unmanaged`: lists what is in Webex and not in the program of this folder. */
export function unmanagedCommand(): Command {
  return new Command('unmanaged')
    .description('list what is in Webex and not in the program of this folder, administrators first; reads only')
    .option('--stack <NAME>', 'the stack, where it is not the selected one')
    .action(async ({ stack }: { stack?: string }) => {
      const project = { folder: process.cwd(), ...(stack !== undefined && { stack }) };
      const expected = expectedIn(await listing(project));
      process.exitCode = await printUnmanaged(expected, await configOf(project));
    });
}

/** Prints undeclared objects. @returns the exit code, which is different if there are any */
export async function printUnmanaged(
  expected: readonly Expected[],
  config: ReadonlyMap<string, string>,
): Promise<number> {
  const run = runFor(config, print);
  try {
    const found = await findUnmanaged(run.webex, expected);
    for (const line of linesOf(found)) print(line);
    return found.length === 0 ? EXIT.done : EXIT.unmanaged;
  } finally {
    await run.webex.close();
  }
}

function linesOf(found: readonly Unmanaged[]): string[] {
  if (found.length === 0) return ['nothing is in Webex that is not declared'];
  return UNMANAGED_KINDS.flatMap((kind) => {
    const some = found.filter((each) => each.kind === kind);
    if (some.length === 0) return [];
    return [`${counted(some.length, kind)}:`, ...some.map(({ customer, what }) => `  ${customer}: ${what}`)];
  });
}
