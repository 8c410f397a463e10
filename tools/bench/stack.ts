// A stack of a given size with references between its resources, as in a program.
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

/** All resources of a new stack. */
export function stackOf(size: Size): Resource[] {
  const { customers, locationsEach, usersEach } = size;
  return numbers(customers).flatMap((index): Resource[] => {
    const customer = `customer${index}`;
    return [
      { kind: 'customer', name: customer, inputs: customerInputs(index) },
      ...numbers(locationsEach).map((number): Resource => {
        const name = `location${index}-${number}`;
        return { kind: 'location', name, customer, inputs: locationInputs('', number + 1) };
      }),
      ...usersOf(customer, index, usersEach, 0),
    ];
  });
}

/** As many further users, of existing customers. */
export function moreUsersOf(stack: readonly Resource[], { usersEach }: Size): Resource[] {
  const customers = stack.filter(({ kind }) => kind === 'customer');
  return customers.flatMap(({ name, id }, index) =>
    usersOf(name, index, usersEach, customers.length * usersEach).map((user) => ({
      ...user,
      inputs: { ...user.inputs, customerId: id },
    })),
  );
}

function usersOf(customer: string, index: number, usersEach: number, first: number): Resource[] {
  return numbers(usersEach).map((number) => {
    const inputs = userInputs('', first + index * usersEach + number);
    return { kind: 'user', name: `user${first}-${index}-${number}`, customer, inputs };
  });
}

const numbers = (length: number) => Array.from({ length }, (_, number) => number);

/** Runs one phase in a process of its own. @returns the resources with their recorded state */
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
