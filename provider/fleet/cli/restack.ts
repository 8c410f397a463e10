import { Command } from 'commander';
import { EXIT } from '../../terminal/exit';
import { print, printError } from '../../terminal/terminal';
import { loadRoster } from '../roster/load';
import { restack } from '../run/restack';
import { unlockOption } from './options';

/** `fleet restack`: moves the customers into the number of stacks in the roster. It changes the state only. */
export function restackCommand(): Command {
  return new Command('restack')
    .description('move the customers into the number of stacks in the roster; changes the state only')
    .argument('<roster>', 'a file or a folder')
    .addOption(unlockOption())
    .action(async (rosterPath: string, { unlock = false }: { unlock?: boolean }) => {
      const roster = loadRoster(rosterPath);
      try {
        await restack(roster, { say: print, unlock });
      } catch (error) {
        printError(error);
        process.exitCode = EXIT.unusable;
      }
    });
}
