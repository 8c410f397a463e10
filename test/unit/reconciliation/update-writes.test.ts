import { beforeAll, describe, expect, it } from 'vitest';
import { backend, callingWith, customerInputs, locationInputs, newProcess, userInputs } from './support';

interface Person {
  displayName: string;
  firstName: string;
  lastName: string;
  extension?: string;
  emails: string[];
  roles: string[];
  licenses: string[];
  locationId: string;
}

// With ignoreChanges, Pulumi gives an update the recorded value of what is ignored, whatever Webex has by now.
describe('an update', () => {
  const { api, control, state } = backend();
  let customerId = '';

  beforeAll(async () => {
    customerId = (await (await newProcess()).customerOrg.create(customerInputs())).id;
  });

  const person = async (id: string | undefined) => (await api('GET', `/people/${id}?callingData=true`)) as Person;

  it('of a user writes the changed name, and leaves a role and an extension that were given by hand', async () => {
    const { user } = await newProcess();
    const inputs = { ...userInputs(customerId, '51301'), roles: ['Read-only Administrator'] };
    const { id, state } = await user.create(inputs);
    const { displayName, firstName, lastName, emails, licenses, locationId, roles } = await person(state.personId);
    const all = (await api('GET', '/roles')) as { items: { id: string; name: string }[] };
    const byHand = all.items.find(({ name }) => name === 'User and Device Administrator')?.id ?? '';
    await api('PUT', `/people/${state.personId}?callingData=true`, {
      ...{ displayName, firstName, lastName, emails, licenses, locationId },
      extension: '51777',
      roles: [...roles, byHand],
    });
    await (await newProcess()).user.update(id, state, { ...inputs, firstName: 'Alicia' });
    expect(await person(state.personId)).toMatchObject({
      ...{ firstName: 'Alicia', displayName: 'Alicia Anderson', extension: '51777' },
      roles: [...roles, byHand],
    });
  });

  it('of a user leaves a display name that was given by hand', async () => {
    const { user } = await newProcess();
    const inputs = userInputs(customerId, '51306');
    const { id, state } = await user.create(inputs);
    const byHand = { ...(await person(state.personId)), displayName: 'Reception' };
    const { firstName, lastName, emails, licenses, locationId, extension, roles, displayName } = byHand;
    await api('PUT', `/people/${state.personId}?callingData=true`, {
      ...{ firstName, lastName, emails, licenses, locationId, extension, roles, displayName },
    });
    await (await newProcess()).user.update(id, state, { ...inputs, firstName: 'Alicia', lastName: 'Andersen' });
    expect(await person(state.personId)).toMatchObject({ firstName: 'Alicia', displayName: 'Reception' });
  });

  it('of a user that was deleted outside of Pulumi says what to do, in the preview of a lower package too', async () => {
    const { user } = await newProcess();
    const inputs = userInputs(customerId, '51307');
    const { id, state } = await user.create(inputs);
    await api('DELETE', `/people/${state.personId}`);
    const gone = `user ${inputs.email} is no longer in Webex: it was removed outside of this program. Run pulumi up --refresh`;
    await expect((await newProcess()).user.update(id, state, { ...inputs, firstName: 'Alicia' })).rejects.toThrow(gone);
    const lower = { ...inputs, package: 'webex_meetings' as const, extension: undefined };
    const preview = await newProcess();
    preview.run.isPreview = true;
    await expect(preview.user.diff(id, state, lower)).rejects.toThrow(gone);
  });

  it('of a user to a calling package that took effect, and was not recorded, is done at the next try', async () => {
    const { user } = await newProcess();
    const { extension: _, ...plain } = userInputs(customerId, '51302');
    const inputs = { ...plain, package: 'webex_meetings' as const };
    const { id, state } = await user.create(inputs);
    const wanted = { ...inputs, package: 'webex_calling' as const, extension: '51302' };
    await (await newProcess()).user.update(id, state, wanted);
    // The program went on meanwhile: another extension.
    const again = await (await newProcess()).user.update(id, state, { ...wanted, extension: '51303' });
    expect(again).toMatchObject({ package: 'webex_calling', extension: '51303' });
    expect((await person(state.personId)).extension).toBe('51303');
  });

  it.each([
    { what: 'a limit', lower: { packageLimits: { webex_calling: 2 } } },
    { what: 'fewer packages', lower: { packages: ['webex_calling' as const] } },
  ])(
    'of a customer to $what that took effect and ended in error, and was not recorded, is repaired',
    async ({ lower }) => {
      const inputs = customerInputs();
      const { externalId } = inputs;
      const made = await (await newProcess()).customerOrg.create(inputs);
      const wanted = { ...inputs, ...lower };
      await control('POST', '/outcomes', { kind: 'customer', externalId, status: 'error' });
      await expect((await newProcess()).customerOrg.update(made.id, made.state, wanted)).rejects.toThrow('error 2560');
      const statusOf = async () => (await state()).customers.find(({ id }) => id === made.id)?.status;
      expect(await statusOf()).toBe('error');
      const { customerOrg } = await newProcess();
      expect(await customerOrg.diff(made.id, made.state, wanted)).toEqual({ changes: true });
      await customerOrg.update(made.id, made.state, wanted);
      expect(await statusOf()).toBe('provisioned');
    },
  );

  it('of a user at another location than the declared one, after a lost change, moves it there', async () => {
    const { user, location } = await newProcess();
    const { id: locationId } = await location.create(locationInputs(customerId, callingWith([])));
    const { extension: _, ...plain } = userInputs(customerId, '51304');
    const inputs = { ...plain, package: 'webex_meetings' as const };
    const { id, state } = await user.create(inputs);
    const calling = { ...inputs, package: 'webex_calling' as const, extension: '51304' };
    await (await newProcess()).user.update(id, state, calling);
    await (await newProcess()).user.update(id, state, { ...calling, locationId });
    expect((await person(state.personId)).locationId).toBe(locationId);
  });

  it('of a user that another customer has is refused by that name, also where the user is new here', async () => {
    const { user, customerOrg } = await newProcess();
    const other = await customerOrg.create(customerInputs());
    const inputs = userInputs(customerId, '51305');
    await user.create(inputs);
    const { externalId } = (await state()).customers.find(({ id }) => id === customerId) ?? {};
    for (const adopt of [undefined, true] as const) {
      const declared = { ...inputs, customerId: other.id, ...(adopt && { adopt }) };
      await expect((await newProcess()).user.create(declared)).rejects.toThrow(
        `it is a user of another customer with the externalId "${externalId}": customerId is "${customerId}", declared is ` +
          `"${other.id}". Declare what it has, choose another email, or delete it first`,
      );
    }
  });
});
