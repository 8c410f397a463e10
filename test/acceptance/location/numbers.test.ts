import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DENVER, phoneNumbers, program } from '../../samples/program';
import { createWorkspace, type Workspace } from '../harness';
import { backend, locationNamed, nothingToDo, updates } from '../harness/backend';

interface Logged {
  method: string;
  path: string;
  body?: { phoneNumbers?: string[] };
}

describe('phone numbers of a location', () => {
  let workspace: Workspace;
  const all = phoneNumbers(14);
  const [first, second, third] = all;
  const calling = (numbers: string[], mainNumber?: string) => ({
    ...DENVER,
    calling: { pstn: { displayName: 'Non-integrated CCP' }, phoneNumbers: numbers, mainNumber },
  });
  const alice = {
    email: 'alice.anderson@acme.com',
    firstName: 'Alice',
    lastName: 'Anderson',
    package: 'webex_calling',
    extension: '51301',
    at: 'branch',
  };
  const declare = (numbers: string[], mainNumber?: string) =>
    program({ locations: { branch: calling(numbers, mainNumber) } });
  beforeAll(async () => {
    workspace = await createWorkspace({ program: declare(all.slice(0, 2), first) });
  });
  afterAll(() => workspace.close());

  const denver = () => locationNamed(workspace, 'Denver');
  const log = async () => (await workspace.simulator.control('GET', '/requests/log')) as Logged[];

  it('come with the location: connection, numbers, main number', async () => {
    (await workspace.up()).ok();
    expect(await denver()).toMatchObject({
      calling: true,
      pstn: 'Non-integrated CCP',
      numbers: all.slice(0, 2),
      mainNumber: first,
    });
    const done = (await log()).filter(({ method, path }) => method !== 'GET' && !path.includes('/wholesale/'));
    expect(done.map(({ method, path }) => `${method} ${path.replace(/.*\/locations\/[^/]+/, 'its')}`)).toEqual([
      'POST /v1/locations',
      'POST /v1/telephony/config/locations',
      'PUT its/connection',
      'POST its/numbers',
      'PUT its',
    ]);
    await nothingToDo(workspace);
  }, 120_000);

  it('are added in place', async () => {
    await updates(workspace, declare(all, first), ['branch']);
    expect((await denver()).numbers).toEqual(all);
    await nothingToDo(workspace);
  }, 120_000);

  it('in another order are the same numbers', async () => {
    await workspace.setProgram(declare([...all].reverse(), first));
    expect((await workspace.preview()).ok().planned).toEqual([]);
  }, 120_000);

  it('are removed five at a time, after the main number has moved away', async () => {
    await workspace.simulator.resetRequests();
    const kept = all.slice(12);
    await updates(workspace, declare(kept, kept[0]), ['branch']);
    expect(await denver()).toMatchObject({ numbers: kept, mainNumber: kept[0] });
    const done = (await log()).filter(({ method }) => method !== 'GET');
    expect(done.map(({ method, body }) => [method, body?.phoneNumbers?.length])).toEqual([
      ['PUT', undefined],
      ['DELETE', 5],
      ['DELETE', 5],
      ['DELETE', 2],
    ]);
    await nothingToDo(workspace);
  }, 120_000);

  it('are added with the options of the declaration, which say nothing about those that are there', async () => {
    const [kept, added] = [all.slice(12), '+12145557999'];
    const options = { numberOptions: { state: 'INACTIVE', numberType: 'DID', numberUsageType: 'SERVICE' } };
    const branch = calling([...kept, added], kept[0]);
    const withOptions = { ...branch, calling: { ...branch.calling, ...options } };
    await updates(workspace, program({ locations: { branch: withOptions } }), ['branch']);
    const { id, orgId } = await denver();
    const path = `/telephony/config/numbers?orgId=${orgId}&locationId=${id}`;
    const { body } = await workspace.simulator.api('GET', path);
    const { phoneNumbers: found } = body as { phoneNumbers: { phoneNumber: string; state: string }[] };
    expect(found.filter(({ state }) => state === 'INACTIVE').map(({ phoneNumber }) => phoneNumber)).toEqual([added]);
    await updates(workspace, declare(kept, kept[0]), ['branch']);
    expect((await denver()).numbers).toEqual(kept);
  }, 120_000);

  it('that are no longer declared at all are left alone', async () => {
    await updates(workspace, program({ locations: { branch: { ...DENVER, calling: {} } } }), ['branch']);
    expect((await denver()).numbers).toEqual(all.slice(12));
    (await workspace.refresh()).ok();
    expect((await workspace.preview()).ok().planned).toEqual([]);
  }, 120_000);

  it('that a user gives up in the same run go in it', async () => {
    const numbers = [first, second, third] as string[];
    const fewer = [first, third] as string[];
    const both = (list: string[], phoneNumber?: string) =>
      program({ locations: { branch: calling(list, first) }, users: { alice: { ...alice, phoneNumber } } });
    await workspace.setProgram(both(numbers, second));
    // The list is the complete one again. Numbers that were not declared before are removed only after a preview has
    // shown it.
    expect((await workspace.up()).ok().all).toMatch(/12145557873/);
    expect((await denver()).numbers).toEqual([...numbers, ...all.slice(12)]);
    expect((await workspace.preview()).ok().planned).toEqual(['update Location branch']);
    (await workspace.up()).ok();
    expect((await denver()).numbers).toEqual(numbers);

    // Number and user change together; Pulumi updates the location first, when the user still has it.
    await workspace.setProgram(both(fewer));
    const run = (await workspace.up()).ok();
    expect(run.all).toMatch(/12145557862 still assigned/);
    expect((await denver()).numbers).toEqual(fewer);
    expect((await backend(workspace)).people.find(({ email }) => email === alice.email)?.phoneNumber).toBeNull();

    // The record has the number until a refresh, and says no change: Webex is asked.
    expect((await workspace.preview()).ok().planned).toEqual([]);
    (await workspace.refresh()).ok();
    await nothingToDo(workspace);
  }, 240_000);

  it('are free again once the location is destroyed', async () => {
    (await workspace.destroy()).ok();
    expect((await backend(workspace)).locations.map(({ name }) => name)).toEqual(['Head Office']);
    const again = { customer: { adopt: true }, locations: { branch: calling(all, first) } };
    await workspace.setProgram(program(again));
    (await workspace.up()).ok();
    expect((await denver()).numbers).toEqual(all);
  }, 240_000);
});
