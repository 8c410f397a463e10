import { Command } from 'commander';
import { printUnmanaged } from '../../adoption/cli/unmanaged';
import { expectedOf } from '../../adoption/unmanaged/expected';
import { loadRoster } from '../roster/load';

/** `fleet unmanaged`: lists what is in Webex and not in the roster. */
export function unmanagedFleetCommand(): Command {
  return new Command('unmanaged')
    .description('list what is in Webex and not in the roster, administrators first; reads only')
    .argument('<roster>', 'a file or a folder')
    .action(async (rosterPath: string) => {
      const { customers, settings } = loadRoster(rosterPath);
      const expected = customers.map(({ entry, locations, users }) => expectedOf(entry, locations, users));
      process.exitCode = await printUnmanaged(expected, new Map(Object.entries(settings)));
    });
}
