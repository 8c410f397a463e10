// A process of bench:pacing. It creates users through the provider's handlers until it is killed, as many at the same
// time as Pulumi does. Arguments: the customer's ID, and a number that makes its users differ from the others'.
import user from 'pulumi-webex-wholesale/user';
import { userInputs } from './samples.ts';

const PARALLEL = 16;
const [customerId = '', first = '0'] = process.argv.slice(2);
let number = Number(first);

async function work(): Promise<never> {
  for (;;) await user.create?.(userInputs(customerId, number++));
}

await user.configure?.({ config: { get: () => undefined, require: () => '' } } as never);
await Promise.all(Array.from({ length: PARALLEL }, work));
