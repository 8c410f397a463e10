// A stack of a given size, whose resources refer to each other as in a program.
import { fork } from 'node:child_process';
import path from 'node:path';
import type { Simulator } from 'webex-wholesale-simulator';
import { root } from '../setup/paths.mjs';
import type { Resource } from './handlers.ts';
import type { PhaseMessage } from './phase.ts';
import { customerInputs, locationInputs, userInputs } from './samples.ts';

export interface Size {
  customers: number;
  locationsEach: number;
  usersEach: number;
}

/** Customers only: the others want their IDs. */
export function customersOf({ customers }: Size): Resource[] {
  return Array.from({ length: customers }, (_, number) => ({
    kind: 'customer',
    name: `customer${number}`,
    inputs: customerInputs(number),
  }));
}

/** Locations and users of customers that exist. */
export function membersOf(customers: readonly Resource[], { locationsEach, usersEach }: Size): Resource[] {
  return customers.flatMap(({ id = '' }, index): Resource[] => [
    ...Array.from(
      { length: locationsEach },
      (_, number): Resource => ({
        kind: 'location',
        name: `location${index}-${number}`,
        inputs: locationInputs(id, number + 1),
      }),
    ),
    ...Array.from(
      { length: usersEach },
      (_, number): Resource => ({
        kind: 'user',
        name: `user${index}-${number}`,
        inputs: userInputs(id, index * usersEach + number),
      }),
    ),
  ]);
}

/** Runs one phase in a process of its own. @returns the resources with what is recorded of them */
export function runPhase(simulator: Simulator, message: PhaseMessage): Promise<Resource[]> {
  const env = { ...process.env, WEBEX_BASE_URL: simulator.baseUrl, WEBEX_ACCESS_TOKEN: simulator.token };
  const child = fork(path.join(root, 'tools', 'bench', 'phase.ts'), { env, serialization: 'advanced' });
  return new Promise((resolve, reject) => {
    child.once('message', (answer) => {
      const { resources, error } = answer as { resources?: Resource[]; error?: string };
      if (resources) resolve(resources);
      else reject(new Error(`${message.phase}: ${error}`));
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${message.phase}: ended with ${code}`)));
    child.send(message);
  });
}
