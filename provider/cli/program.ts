import { Command } from 'commander';
import { adoptCommand } from '../adoption/cli/adopt';
import { discoverCommand } from '../adoption/cli/discover';
import { unmanagedCommand } from '../adoption/cli/unmanaged';
import { checkCommand } from '../fleet/cli/check';
import { restackCommand } from '../fleet/cli/restack';
import { runCommand } from '../fleet/cli/run';
import { unmanagedFleetCommand } from '../fleet/cli/unmanaged';
import { EXIT_HELP } from '../terminal/exit';
import { VERSION } from '../webex/http/version';

/**
 * The command line of `webex-wholesale`. Each subcommand is a
 * [commander](https://github.com/tj/commander.js) command that a function in a file of its own makes.
 */
export function program(): Command {
  const root = new Command('webex-wholesale')
    .description('Webex for Wholesale as code')
    .version(VERSION)
    .addCommand(discoverCommand())
    .addCommand(adoptCommand())
    .addCommand(unmanagedCommand())
    .addCommand(
      group('fleet', 'Many customers from a roster: a YAML or JSON file, or a folder of YAML and CSV files', [
        checkCommand(),
        runCommand('preview'),
        runCommand('adopt'),
        runCommand('up'),
        runCommand('refresh'),
        runCommand('destroy'),
        restackCommand(),
        unmanagedFleetCommand(),
      ]),
    );
  return withHouseRules(root);
}

function group(name: string, description: string, commands: readonly Command[]): Command {
  const result = new Command(name).description(description).addHelpText('after', EXIT_HELP);
  for (const command of commands) result.addCommand(command);
  return result;
}

/** Makes every command refuse extra arguments and throw its errors, which main.ts prints. */
function withHouseRules(command: Command): Command {
  command
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  for (const each of command.commands) withHouseRules(each);
  return command;
}
