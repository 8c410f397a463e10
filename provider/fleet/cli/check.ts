import { Command } from 'commander';
import { counted, print } from '../../terminal/terminal';
import { loadRoster } from '../roster/load';

/** `fleet check`: reads the roster and reports all its problems. Sends no request and doesn't run Pulumi. */
export function checkCommand(): Command {
  return new Command('check')
    .description('read the roster and report all its problems; sends no request')
    .argument('<roster>', 'a file or a folder')
    .action((rosterPath: string) => {
      const { customers } = loadRoster(rosterPath);
      const users = customers.reduce((sum, customer) => sum + customer.users.length, 0);
      print(`${rosterPath}: ${counted(customers.length, 'customer')}, ${counted(users, 'user')}, no problems`);
    });
}
