import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PartialFailure, UNKNOWN } from '../../../../provider/lifecycle';
import { Run } from '../../../../provider/resources/run/run';
import { WebexError } from '../../../../provider/webex';
import { type Inputs, Rooms, refusal, type State, workspaces } from './workspace';

const declared: Inputs = { customerId: 'customer-1', name: 'Sierra', floor: '2', notes: 'North side' };
const recorded: State = { ...declared, status: 'done' };
const caller = (name: string, dryRun = false) => ({ urn: `urn::${name}`, name, dryRun, secrets: [] });

beforeEach(
  () =>
    void vi
      .spyOn(Run.prototype, 'webex', 'get')
      .mockReturnValue({ identity: async () => Promise.reject(new WebexError('may not read people')) } as never),
);
afterEach(() => void vi.restoreAllMocks());

describe('check', () => {
  it('reports failures of the schema and of the rules together', async () => {
    const { check } = workspaces();
    const wrong = await check({ ...declared, name: ' ', floor: '13' }, undefined, caller('sierra'));
    expect(wrong.failures.map(({ property }) => property)).toEqual(['name', 'floor']);
    const unruly = await check({ ...declared, floor: '13' }, undefined, caller('sierra'));
    expect(unruly.failures).toEqual([{ property: 'floor', reason: 'does not exist' }]);
  });

  it('takes null and undefined as left out: the outputs of a class arrive so', async () => {
    const { check } = workspaces();
    const { inputs, failures } = await check(
      { ...declared, status: undefined, url: null },
      undefined,
      caller('sierra'),
    );
    expect([inputs, failures]).toEqual([declared, []]);
    const { failures: refused } = await check({ ...declared, status: 'done' }, undefined, caller('sierra'));
    expect(refused).toMatchObject([{ property: 'status' }]);
  });

  it('adds the configured sub-partner, unless the resource names one', async () => {
    const { check } = workspaces(undefined, { onBehalfOfSubPartnerOrgId: 'b3Jn' });
    const { inputs } = await check({ ...declared }, undefined, caller('sierra'));
    expect(inputs.onBehalfOfSubPartnerOrgId).toBe('b3Jn');
    const own = await check({ ...declared, onBehalfOfSubPartnerOrgId: 'b3du' }, undefined, caller('sierra'));
    expect(own.inputs.onBehalfOfSubPartnerOrgId).toBe('b3du');
  });

  it('refuses a silent replacement', async () => {
    const { check } = workspaces();
    const { failures } = await check({ ...declared, notes: 'South side' }, declared, caller('sierra'));
    expect(failures).toMatchObject([{ property: 'notes', reason: expect.stringContaining('allowReplacement: true') }]);
    const allowed = { ...declared, notes: 'South side', allowReplacement: true };
    expect((await check(allowed, declared, caller('sierra'))).failures).toEqual([]);
    const moved = await check({ ...declared, customerId: UNKNOWN }, declared, caller('sierra'));
    expect(moved.failures).toMatchObject([{ property: 'customerId' }]);
  });

  it('refuses a key that another resource declares, and names that resource', async () => {
    const { check } = workspaces();
    await check({ ...declared }, undefined, caller('sierra'));
    expect((await check({ ...declared }, declared, caller('sierra'))).failures).toEqual([]);
    expect((await check({ ...declared }, undefined, caller('other'))).failures).toEqual([
      {
        property: 'name',
        reason: '"Sierra" is declared twice for this customer: resource "sierra" has it too. It must be unique',
      },
    ]);
    const elsewhere = { ...declared, customerId: 'customer-2' };
    expect((await check(elsewhere, undefined, caller('third'))).failures).toEqual([]);
    for (const name of ['fourth', 'fifth']) {
      const unknown = { ...declared, customerId: UNKNOWN };
      expect((await check(unknown, undefined, caller(name))).failures).toEqual([]);
    }
  });
});

describe('the precheck in preview', () => {
  it('is sent for a new object only, and not while something is unknown', async () => {
    const { check, rooms } = workspaces();
    await check({ ...declared }, declared, caller('recorded', true));
    await check({ ...declared, name: 'A', customerId: UNKNOWN }, undefined, caller('unknown', true));
    await check({ ...declared, name: 'B' }, undefined, caller('update', false));
    expect(rooms.requests).toEqual([]);
    await check({ ...declared, name: 'C' }, undefined, caller('new', true));
    expect(rooms.requests).toEqual(['precheck']);
  });

  it.each(['off', 'customers'])('is left out with precheck: %s', async (precheck) => {
    const { check, rooms } = workspaces(undefined, { precheck });
    await check({ ...declared }, undefined, caller('new', true));
    expect(rooms.requests).toEqual([]);
  });

  it('fails with the property that Cisco means, where the object does not exist', async () => {
    const { check, rooms } = workspaces();
    rooms.failures.set('precheck', refusal(409, 'this room name is reserved'));
    const { failures } = await check({ ...declared }, undefined, caller('new', true));
    expect(failures).toEqual([{ property: 'name', reason: "Cisco's precheck says: this room name is reserved" }]);
  });

  it('passes for an object that create will adopt, and expects that', async () => {
    const rooms = new Rooms();
    rooms.byName.set('Sierra', { id: 'id-1', floor: '2', notes: 'North side' });
    rooms.failures.set('precheck', refusal(409, 'this room name is taken'));
    const { check, run, warnings } = workspaces(rooms);
    expect((await check({ ...declared }, undefined, caller('new', true))).failures).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('room "Sierra" exists already; pulumi up will take it over')]);
    expect(run.claims.isAdoptionExpected('workspace', 'id-1')).toBe(true);
  });
});

describe('diff', () => {
  it('finds what differs, and nothing else', async () => {
    const { diff } = workspaces();
    expect(await diff('id-1', recorded, declared)).toEqual({ changes: false });
    expect(await diff('id-1', recorded, { ...declared, floor: '3' })).toEqual({ changes: true });
    expect(await diff('id-1', recorded, { ...declared, floor: UNKNOWN })).toEqual({ changes: false });
  });

  it('replaces only with allowReplacement', async () => {
    const { diff } = workspaces();
    const other = { ...declared, notes: 'South side' };
    expect(await diff('id-1', recorded, other)).toEqual({ changes: true });
    const allowed = { ...other, allowReplacement: true };
    expect(await diff('id-1', recorded, allowed)).toEqual({ changes: true, replaces: ['notes'] });
    const unknown = { ...declared, customerId: UNKNOWN, allowReplacement: true };
    expect(await diff('id-1', recorded, unknown)).toEqual({ changes: true, replaces: ['customerId'] });
  });

  it('claims an object that is declared, so that delete leaves it alone; a replacement releases it', async () => {
    const { check, create, diff, delete: remove, rooms, warnings } = workspaces();
    await create({ ...declared, name: 'Other' });
    await check(declared, declared, caller('sierra'));
    await diff('id-1', recorded, declared);
    await remove('id-1', recorded);
    expect(rooms.requests).toEqual(['post', 'complete']);
    expect(warnings).toEqual(['webex-wholesale: room "Sierra" is kept: another resource of this program has it now']);
    const replacing = { ...declared, notes: 'South side', allowReplacement: true };
    await check(replacing, declared, caller('sierra'));
    await diff('id-1', recorded, replacing);
    await remove('id-1', recorded);
    expect(rooms.requests.at(-1)).toBe('delete id-1');
  });
});

describe('a replacement that Pulumi forces', () => {
  const allowed = { ...declared, allowReplacement: true };

  it('is refused by delete, which runs first, unless the program or the record allows it', async () => {
    const { check, delete: remove } = workspaces();
    await remove('id-1', recorded);
    await check(declared, undefined, caller('sierra'));
    await expect(remove('id-1', recorded)).rejects.toThrow(
      /^room "Sierra" is not deleted, because this program declares it.* allowReplacement: true/,
    );
    await remove('id-1', { ...recorded, allowReplacement: true });
    await remove('id-1', { ...recorded, name: 'Other' });
    await check(allowed, undefined, caller('sierra'));
    await remove('id-1', recorded);
  });

  it('is refused by check where Pulumi decides on it after diff', async () => {
    const { check } = workspaces();
    await check(declared, declared, caller('sierra'));
    const { failures } = await check(declared, undefined, caller('sierra'));
    expect(failures).toMatchObject([{ property: 'allowReplacement' }]);
    expect((await check(allowed, undefined, caller('sierra'))).failures).toEqual([]);
  });
});

describe('create', () => {
  it('creates, claims and completes', async () => {
    const { create, run } = workspaces();
    expect(await create(declared)).toEqual({ id: 'id-Sierra', state: { ...declared, status: 'done' } });
    expect(run.claims.isClaimed('workspace', 'id-Sierra')).toBe(true);
  });

  it('keeps the ID of what failed half-way', async () => {
    const { create, rooms } = workspaces();
    rooms.failures.set('complete', new Error('no power'));
    const failure = await create(declared).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PartialFailure);
    expect(failure).toMatchObject({ id: 'id-Sierra', state: { status: 'created' }, reasons: ['no power'] });
  });

  it('adopts an existing object that is as declared', async () => {
    const rooms = new Rooms();
    rooms.byName.set('Sierra', { id: 'id-1', floor: '2', notes: 'North side' });
    const { create, warnings } = workspaces(rooms);
    expect(await create(declared)).toMatchObject({ id: 'id-1', state: { floor: '2', status: 'done' } });
    expect(warnings).toEqual(['webex-wholesale: room "Sierra" exists already; it was taken over']);
    expect(rooms.requests).toEqual(['post', 'put']);
  });

  it('adopts one that differs only with adopt, and never where no operation can change it', async () => {
    const rooms = new Rooms();
    rooms.byName.set('Sierra', { id: 'id-1', floor: '1', notes: 'North side' });
    const { create } = workspaces(rooms);
    await expect(create(declared)).rejects.toThrow(
      'name: a room "Sierra" exists and differs from what is declared: floor is "1", declared is "2". Correct the ' +
        'declaration, choose another name, or set adopt: true to take it over and change it',
    );
    expect(await create({ ...declared, adopt: true })).toMatchObject({ id: 'id-1', state: { floor: '2' } });
    const other = { ...declared, notes: 'South side', adopt: true };
    await expect(workspaces(rooms).create(other)).rejects.toThrow(
      'in what Webex has no operation to change: notes is "North side", declared is "South side"',
    );
  });

  it('never adopts an object of another resource', async () => {
    const { create } = workspaces();
    await create(declared);
    await expect(create(declared)).rejects.toThrow(
      'name: "Sierra" is declared twice: another resource of this program has this workspace',
    );
  });

  it('passes a refusal on, where nothing exists', async () => {
    const { create, rooms } = workspaces();
    rooms.failures.set('post', refusal(400, 'no rooms here'));
    await expect(create(declared)).rejects.toThrow('no rooms here');
  });
});

describe('what was read', () => {
  it('is used until the next write, also one that fails', async () => {
    const { create, read, update, delete: remove, rooms } = workspaces();
    const { id, state } = await create(declared);
    const lists = () => rooms.requests.filter((name) => name === 'list').length;
    await read(id, state);
    await read(id, state);
    expect(lists()).toBe(1);
    rooms.failures.set('put', new Error('refused'));
    await update(id, state, { ...declared, floor: '3' }).catch(() => undefined);
    await read(id, state);
    expect(lists()).toBe(2);
    // The removal itself must not believe what was read before it, either.
    await remove('id-2', state);
    expect(lists()).toBe(3);
    expect(await read(id, state)).toMatchObject({ id, inputs: declared });
    expect(lists()).toBe(4);
  });

  it('is not remembered by another run', async () => {
    const rooms = new Rooms();
    const { id, state } = await workspaces(rooms).create(declared);
    await workspaces(rooms).read(id, state);
    await workspaces(rooms).read(id, state);
    expect(rooms.requests.filter((name) => name === 'list')).toHaveLength(2);
  });
});
