import { Command } from 'commander';
import { EXIT } from '../../cli/exit';
import { print, printError } from '../../cli/terminal';
import { loadRoster } from '../roster/load';
import { restack } from '../run/restack';

/** `fleet restack`: moves the customers into as many stacks as the roster says now, in the state only. */
export function restackCommand(): Command {
  return new Command('restack')
    .description('move the customers into as many stacks as the roster says now, in the state only')
    .argument('<roster>', 'a file or a folder')
    .action(async (rosterPath: string) => {
      const roster = loadRoster(rosterPath);
      try {
        await restack(roster, { say: print });
      } catch (error) {
        printError(error);
        process.exitCode = EXIT.unusable;
      }
    });
}
