import { beforeAll, describe, expect, it } from 'vitest';
import { backend, callingWith, customerInputs, locationInputs, NUMBERS, newProcess } from './support';

const [FIRST, SECOND, THIRD, FOURTH] = NUMBERS;

describe('an update of a location that was killed before it was recorded', () => {
  const { state, api, control } = backend();
  let customerId = '';
  let orgId = '';
  const created = async (calling?: ReturnType<typeof callingWith>) => {
    const { location } = await newProcess();
    const inputs = locationInputs(customerId, calling);
    return { inputs, ...(await location.create(inputs)) };
  };
  const real = async (id: string) => (await state()).locations.find((location) => location.id === id);

  beforeAll(async () => {
    const { customerOrg } = await newProcess();
    const made = await customerOrg.create(customerInputs());
    customerId = made.id;
    orgId = made.state.orgId ?? '';
  });

  it('has added its numbers: they are not added again', async () => {
    const { id, inputs, state: recorded } = await created(callingWith([FIRST]));
    const wanted = { ...inputs, calling: callingWith([FIRST, SECOND]) };
    await (await newProcess()).location.update(id, recorded, wanted);
    const again = await (await newProcess()).location.update(id, recorded, wanted);
    expect(again.calling?.phoneNumbers).toEqual([FIRST, SECOND]);
    expect((await real(id))?.numbers).toEqual([SECOND, FIRST].sort());
    await (await newProcess()).location.delete(id, again);
  });

  it('has added a number that the next program no longer has: the update after that removes it', async () => {
    const { id, inputs, state: recorded } = await created(callingWith([FIRST]));
    await (await newProcess()).location.update(id, recorded, { ...inputs, calling: callingWith([FIRST, SECOND]) });
    const { location, warnings } = await newProcess();
    const wanted = { ...inputs, calling: callingWith([FIRST, THIRD, FOURTH]) };
    const after = await location.update(id, recorded, wanted);
    expect(warnings.join()).toContain(`has numbers that aren't declared: ${SECOND}`);
    // It is recorded, so that the next preview shows that it goes.
    expect(await location.diff(id, after, wanted)).toEqual({ changes: true });
    await location.update(id, after, wanted);
    expect((await real(id))?.numbers).toEqual([FIRST, THIRD, FOURTH].sort());
    await (await newProcess()).location.delete(id, after);
  });

  it('has started to disable calling: the job is waited for, and one that is done is no failure', async () => {
    const { id, inputs, state: recorded } = await created(callingWith([]));
    const { calling: _, ...wanted } = inputs;
    const job = { locationId: id, locationName: inputs.name };
    await api('POST', `/telephony/config/jobs/locations/deleteCallingLocation?orgId=${orgId}`, job);
    await (await newProcess()).location.update(id, recorded, wanted);
    expect((await real(id))?.calling).toBe(false);
    const again = await (await newProcess()).location.update(id, recorded, wanted);
    expect(again.calling).toBeUndefined();
    await (await newProcess()).location.delete(id, again);
  });

  it('has disabled calling, where Webex answers 400 for a location without it: that is no failure', async () => {
    const { id, inputs, state: recorded } = await created(callingWith([]));
    const { calling: _, ...wanted } = inputs;
    await (await newProcess()).location.update(id, recorded, wanted);
    await control('PUT', '/weather', { noCallingIs400: true });
    const again = await (await newProcess()).location.update(id, recorded, wanted);
    await control('PUT', '/weather', {});
    expect(again.calling).toBeUndefined();
    await (await newProcess()).location.delete(id, again);
  });

  it('has enabled calling that was recorded as disabled: it is not enabled again, and recorded', async () => {
    const { inputs, ...made } = await created();
    const off = { ...inputs, calling: { enabled: false } };
    const recorded = await (await newProcess()).location.update(made.id, made.state, off);
    const wanted = { ...inputs, calling: callingWith([FIRST]) };
    await (await newProcess()).location.update(made.id, recorded, wanted);
    const again = await (await newProcess()).location.update(made.id, recorded, wanted);
    expect((await real(made.id))?.numbers).toEqual([FIRST]);
    expect(await (await newProcess()).location.diff(made.id, again, wanted)).toEqual({ changes: false });
    await (await newProcess()).location.delete(made.id, again);
  });

  it('another connection makes its type unknown, which an earlier reading had recorded', async () => {
    const integrated = { enabled: true, pstn: { displayName: 'Cisco Calling Plans' } };
    const { location } = await newProcess();
    const inputs = locationInputs(customerId);
    const { id, state: made } = await location.create({ ...inputs, calling: integrated });
    const read = await location.read(id, made);
    expect(read?.state.pstnConnectionType).toBe('CISCO_PSTN');
    const changed = await location.update(id, read?.state ?? made, { ...inputs, calling: callingWith([]) });
    const wanted = { ...inputs, calling: callingWith([FIRST]) };
    expect(await location.diff(id, changed, wanted)).toEqual({ changes: true });
    const last = await location.update(id, changed, wanted);
    expect((await real(id))?.numbers).toEqual([FIRST]);
    await (await newProcess()).location.delete(id, last);
  });
});
