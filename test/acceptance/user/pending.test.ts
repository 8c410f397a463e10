import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALICE, BRANCH, NUMBERS, personOf, subscriberOf } from '../../samples/people';
import { type Args, program } from '../../samples/program';
import { createWorkspace, type Workspace } from '../harness';
import { backend, nothingToDo, updates } from '../harness/backend';

describe('a user who must consent to move from another organization', () => {
  let workspace: Workspace;
  const CONSENT_MAIL = 'POST /subscribers/{subscriberId}/emails/consentMove';
  const alice = {
    ...ALICE,
    package: 'webex_suite',
    extension: '51301',
    phoneNumber: NUMBERS[1],
    roles: ['Support Administrator'],
    at: 'branch',
  };
  const declare = (changes: Args) =>
    `${program({ locations: { branch: BRANCH } })}
    const alice = new webex.User('alice', { customerId, locationId: locations.branch.id, ...${JSON.stringify({ ...alice, at: undefined, ...changes })} });
    exports.status = alice.status;
    exports.personId = alice.personId;`;
  const consentMails = async () => (await workspace.simulator.requests()).byOperation[CONSENT_MAIL] ?? 0;
  beforeAll(async () => {
    workspace = await createWorkspace({ program: declare({}) });
    await workspace.simulator.outcome({ kind: 'subscriber', email: ALICE.email, status: 'pending_user_migration' });
  });
  afterAll(() => workspace.close());

  it('is created with that status, and no person', async () => {
    const run = (await workspace.up()).ok();
    expect(run.all).toMatch(/alice\.anderson@acme\.com is pending migration/);
    expect(await subscriberOf(workspace, ALICE)).toMatchObject({ status: 'pending_user_migration', personId: null });
    expect(await workspace.outputs()).toEqual({ status: 'pending_user_migration' });
    expect(await consentMails()).toBe(0);
  }, 120_000);

  /** One request asks whether the user has consented since. */
  const stillPending = () => nothingToDo(workspace, { 'GET /wholesale/subscribers': 1 });

  it('is no difference until then, for any declaration of the person', async () => {
    await stillPending();
    await workspace.setProgram(declare({ firstName: 'Alicia', roles: ['Read-only Administrator'] }));
    await stillPending();
    (await workspace.refresh()).ok();
    await stillPending();
  }, 120_000);

  it('is sent the consent mail once that is asked for', async () => {
    const asked = declare({ firstName: 'Alicia', sendConsentMoveEmail: true });
    await updates(workspace, asked, ['alice']);
    expect(await consentMails()).toBe(1);
    await stillPending();
    (await workspace.refresh()).ok();
    (await workspace.up()).ok();
    expect(await consentMails()).toBe(0);
  }, 120_000);

  it('once it consented and a refresh shows that, gets its roles and the name of the declaration', async () => {
    await workspace.simulator.consent(ALICE.email);
    (await workspace.refresh()).ok();
    expect((await workspace.preview()).ok().planned).toEqual(['update User alice']);
    (await workspace.up()).ok();
    const person = await personOf(workspace, ALICE);
    expect(person).toMatchObject({
      firstName: 'Alicia',
      extension: '51301',
      phoneNumber: NUMBERS[1],
      roles: ['Support Administrator'],
    });
    expect(await workspace.outputs()).toEqual({ status: 'provisioned', personId: person.id });
    await nothingToDo(workspace);
  }, 120_000);

  it('asks at once if declared from the beginning, and can be destroyed while it waits', async () => {
    await workspace.setProgram(program({ locations: { branch: BRANCH } }));
    (await workspace.up()).ok();
    await workspace.simulator.outcome({ kind: 'subscriber', email: ALICE.email, status: 'pending_user_migration' });
    await workspace.simulator.resetRequests();
    await workspace.setProgram(declare({ sendConsentMoveEmail: true, removal: 'delete' }));
    (await workspace.up()).ok();
    expect(await consentMails()).toBe(1);
    (await workspace.destroy()).ok();
    expect((await backend(workspace)).subscribers).toEqual([]);
  }, 120_000);
});
