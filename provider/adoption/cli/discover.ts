import path from 'node:path';
import { Command, Option } from 'commander';
import { EXIT } from '../../terminal/exit';
import { print, screenOn } from '../../terminal/terminal';
import { VERSION } from '../../webex/http/version';
import { discover, FORMATS, type Format } from '../discover/discover';
import { onInterrupt, runFor } from './run';

interface Flags {
  as: Format;
  out: string;
  customer: string[];
  status: string[];
  template?: string;
}

/** `discover`: writes a partner's customers as a program, a roster or data. It only reads from Webex. */
export function discoverCommand(): Command {
  const several = (value: string, before: string[]) => [...before, value];
  return new Command('discover')
    .description('write existing customers as a Pulumi program, a roster or data; reads only')
    .addOption(new Option('--as <WHAT>', 'what is written: csv is a roster, too').choices(FORMATS).default('program'))
    .requiredOption('--out <DIR>', 'folder that is written; of a roster also a file: FILE.yaml')
    .option('--customer <EXTERNAL_ID>', 'only this customer; may be repeated', several, [])
    .option('--status <STATUS>', 'only customers of this status; may be repeated', several, [])
    .option('--template <PROVISIONING_ID>', 'template of the customers, which Webex never returns')
    .action(async ({ as, out, customer, status, template }: Flags) => {
      const screen = screenOn();
      const run = runFor(new Map(), print);
      onInterrupt(() => {
        screen.close();
        print('interrupted: what was read is kept. Run the same command again: it goes on');
        process.exit(EXIT.interrupted);
      });
      try {
        const options = {
          as,
          out: path.resolve(out),
          externalIds: customer,
          statuses: status,
          versions: { own: VERSION, sdk: '^3.216.0' },
          ...(template !== undefined && { provisioningId: template }),
        };
        const lines = await discover(run, options, screen);
        screen.close();
        for (const line of lines) print(line);
      } finally {
        screen.close();
        await run.webex.close();
      }
    });
}
