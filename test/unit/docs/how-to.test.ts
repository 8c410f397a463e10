import { beforeAll, describe, expect, it } from 'vitest';
import {
  backend,
  callerWithUsers,
  callingWith,
  customerInputs,
  locationInputs,
  NUMBERS,
  newProcess,
  userInputs,
} from '../reconciliation/support';
import { outputIn } from './markdown';

describe('what docs/how-to.md shows', () => {
  backend();
  const messages: string[] = [];
  const caller = (name: string) => callerWithUsers(name, true, []);
  const note = (texts: { property: string; reason: string }[]) =>
    messages.push(...texts.map(({ property, reason }) => `${property}: ${reason}`));

  beforeAll(async () => {
    const { customerOrg, location, user } = await newProcess();
    const declared = customerInputs();
    const customer = await customerOrg.create(declared);
    const withMain = (inputs: object, mainNumber: string) => ({
      ...locationInputs(customer.id),
      ...inputs,
      calling: { ...callingWith([mainNumber]), mainNumber },
    });
    const [east, west] = [withMain({ name: 'Denver' }, NUMBERS[0]), withMain({ name: 'Reno' }, NUMBERS[1])];
    const site = await location.create(east);
    const alice = { ...userInputs(customer.id, '5101'), email: 'alice.anderson@acme.com', locationId: site.id };
    const person = await user.create(alice);

    const swap = await newProcess();
    await swap.location.check({ ...withMain({ name: 'Denver' }, NUMBERS[1]) }, east, caller('denver'));
    note((await swap.location.check({ ...withMain({ name: 'Reno' }, NUMBERS[0]) }, west, caller('reno'))).failures);

    const removal = await newProcess();
    const ofPizza = { ...caller('alice'), references: { customerId: ['johns-pizza'] } };
    await removal.customerOrg.check({ ...declared }, declared, caller('johns-pizza'));
    await removal.user.check({ ...alice }, alice, ofPizza);
    messages.push(...removal.warnings);

    note(
      (await (await newProcess()).user.check({ ...alice, firstName: 'Alicia' }, undefined, caller('alice'))).failures,
    );
    const message = (error: Error) => void messages.push(error.message);
    await (await newProcess()).location.delete(site.id, site.state).catch(message);

    const { customerOrg: last, user: people } = await newProcess();
    await people.delete(person.id, person.state);
    await last.delete(customer.id, { ...customer.state, removal: 'unlink' });
    const { orgId = '' } = customer.state;
    await last.create(declared).catch((error: Error) => messages.push(error.message.replace(orgId, 'ORGANIZATION')));
  }, 60_000);

  it('is what is told', () => {
    const shown = outputIn('docs/how-to.md', 'told');
    expect(shown.length).toBeGreaterThan(4);
    for (const text of shown) expect(messages.join('\n')).toContain(text);
  });
});
