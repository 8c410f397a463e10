import { Command } from 'commander';
import { EXIT } from '../../terminal/exit';
import { counted, print } from '../../terminal/terminal';
import { type Adoption, adopt, type NotAdopted, nameOf } from '../adopt/adopt';
import type { Difference } from '../adopt/differences';
import { onInterrupt, runFor } from './run';

/** `adopt`: adds declared objects that already exist in Webex to a program's stack. */
export function adoptCommand(): Command {
  return new Command('adopt')
    .description(
      'add declared objects of the program in this folder that already exist in Webex to its stack; writes nothing to Webex',
    )
    .option('--stack <NAME>', 'the stack, where it is not the selected one')
    .action(async ({ stack }: { stack?: string }) => {
      const interrupted = new AbortController();
      onInterrupt(() => {
        print('waiting until Pulumi has stopped; press Ctrl-C again to end now');
        interrupted.abort();
      });
      const project = { folder: process.cwd(), stop: interrupted.signal, ...(stack !== undefined && { stack }) };
      const adoption = await adopt(project, (config) => runFor(config, print), print);
      for (const line of linesOf(adoption)) print(line);
      process.exitCode = adoption.nextFails === undefined ? EXIT.done : EXIT.failed;
    });
}

/** The result of an adoption as lines. */
function linesOf({ adopted, absent, tokenOwner, refused, next, nextFails }: Adoption): string[] {
  const count = adopted.length === 0 ? 'no objects' : counted(adopted.length, 'object');
  const lines = [`adopted: ${count}`, ...adopted.map((urn) => `  ${nameOf(urn)}`)];
  const because = ({ urn, why }: NotAdopted) => `  ${nameOf(urn)}: ${why}`;
  const seen = tokenOwner === undefined ? '' : `, as far as the token of ${tokenOwner} sees`;
  if (absent.length > 0) lines.push(`not in Webex${seen}, so that pulumi up will create it:`, ...absent.map(because));
  if (refused.length > 0) lines.push('in Webex, and not adopted:', ...refused.map(because));
  if (nextFails !== undefined) return [...lines, `the next preview fails until this is corrected: ${nextFails}`];
  if (next.length === 0) return [...lines, 'the next preview: unchanged'];
  return [...lines, 'the next preview:', ...next.flatMap(differenceLines)];
}

function differenceLines({ urn, operation, properties }: Difference): string[] {
  return [`  ${operation} ${nameOf(urn)}`, ...properties.map((property) => `    ${property}`)];
}
