import { beforeAll, describe, expect, it } from 'vitest';
import {
  backend,
  callerWithUsers,
  callingWith,
  customerInputs,
  locationInputs,
  NUMBERS,
  newProcess,
  recordedAs,
  userInputs,
} from '../reconciliation/support';
import { outputIn } from './markdown';

/** Two sub-partners. */
const [EAST, WEST] = ['4b2ba5a1-8a9b-4c4f-9e37-3d07f1bb3d7a', '0f5a9bd0-0f6c-4e0b-8a55-5f0a1b6cf3c2'];

describe('what docs/how-to.md shows', () => {
  backend();
  const messages: string[] = [];
  const caller = (name: string) => callerWithUsers(name, true, []);
  const note = (texts: { property: string; reason: string }[]) =>
    messages.push(...texts.map(({ property, reason }) => `${property}: ${reason}`));

  beforeAll(async () => {
    const { customerOrg, location, user } = await newProcess();
    const declared = { ...customerInputs(), externalId: 'johns-pizza' };
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

    const john = { ...userInputs(customer.id, '5102'), email: 'john.anderson@acme.com' };
    const second = await user.create(john);
    const limit = (webex_calling: number) => ({ ...declared, packageLimits: { webex_calling } });
    const lowered = await newProcess();
    await lowered.customerOrg.check(limit(1), limit(2), caller('johns-pizza'));
    messages.push(...lowered.warnings);

    const full = await customerOrg.create({ ...customerInputs(), packageLimits: { webex_calling: 1 } });
    const leaves = { ...userInputs(full.id, '5103'), email: 'john.leaver@acme.com' };
    const leaver = { inputs: leaves, ...(await user.create(leaves)) };
    const atLimit = await newProcess({}, [recordedAs(leaver)]);
    note((await atLimit.user.check(userInputs(full.id, '5104'), undefined, caller('joiner'))).failures);

    const partner = (onBehalfOfSubPartnerOrgId: string) => ({ ...declared, onBehalfOfSubPartnerOrgId });
    const subPartners = await newProcess();
    note((await subPartners.customerOrg.check(partner(EAST), partner(WEST), caller('johns-pizza'))).failures);

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
    for (const { id, state } of [person, second]) await people.delete(id, state);
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
