import { afterEach, describe, expect, it } from 'vitest';
import { EXTERNAL_ID } from '../../samples/cisco';
import {
  backend,
  backendCustomer,
  backendHeadquarters,
  customerOrganizations,
  customerProgram,
  declare,
  headquarters,
  johnsPizza,
  noChange,
  nothingLeft,
  requestsTo,
} from '../../samples/customer';
import { createWorkspace, type Workspace } from '../harness';

const NUMBER = '+12145557861';
const calling = { pstn: { displayName: 'Non-integrated CCP' }, phoneNumbers: [NUMBER], mainNumber: NUMBER };
const inputs = johnsPizza({ headquarters: headquarters({ calling }) });

let workspace: Workspace;
afterEach(() => workspace.close());

/** The recorded ID of the customer. */
async function recordedId(): Promise<string | undefined> {
  const { resources = [] } = (await workspace.stackExport()).deployment;
  return resources.find(({ urn }) => urn.endsWith('::johns-pizza'))?.id;
}

/** The customer is as declared, and the next run has nothing to do. */
async function endsWell(id: string | undefined): Promise<void> {
  expect(await backendCustomer(workspace)).toMatchObject({ id, status: 'provisioned' });
  expect(await backendHeadquarters(workspace)).toMatchObject({ pstn: 'Non-integrated CCP', mainNumber: NUMBER });
  const { id: exported, status } = await workspace.outputs();
  expect({ exported, status }).toEqual({ exported: id, status: 'provisioned' });
  expect(await noChange(workspace)).toEqual({ requests: 0, up: { unchanged: 2 } });
}

describe('a customer that Webex can not provision wholly', () => {
  it('provisioned_with_errors: up says why, the ID stays, a refresh hides nothing, the next up goes on', async () => {
    workspace = await createWorkspace({ program: customerProgram(inputs) });
    const status = 'provisioned_with_errors';
    const description = 'The meetings site could not be set up';
    const failure = { package: 'webex_meetings', errorCode: 2560, description };
    await workspace.simulator.outcome({ kind: 'customer', externalId: EXTERNAL_ID, status, ...failure });

    const failed = (await workspace.up()).fails();
    expect(failed.all).toMatch(
      /package webex_meetings is in error: error 2560: The meetings site could not be set up \(trackingId \S+\)/,
    );
    expect(failed.all).not.toContain('webex_calling is in error');
    const { id } = await backendCustomer(workspace);
    expect(await recordedId()).toBe(id);
    // What works is configured all the same.
    expect(await backendHeadquarters(workspace)).toMatchObject({ mainNumber: NUMBER });

    (await workspace.refresh()).ok();
    expect((await workspace.preview()).ok().planned).toContain('update CustomerOrg johns-pizza');
    (await workspace.up()).ok();
    await endsWell(id);
  }, 240_000);

  it('error: up tells the error of each package, and the next up goes on with the same customer', async () => {
    workspace = await createWorkspace({ program: customerProgram(inputs) });
    await workspace.simulator.outcome({ kind: 'customer', externalId: EXTERNAL_ID, status: 'error', errorCode: 2560 });

    const failed = (await workspace.up()).fails();
    expect(failed.all).toMatch(/package webex_calling is in error: error 2560: .+ \(trackingId \S+\)/);
    expect(failed.all).toMatch(/package webex_meetings is in error: error 2560: .+ \(trackingId \S+\)/);
    const { id, status } = await backendCustomer(workspace);
    expect(status).toBe('error');
    expect(await recordedId()).toBe(id);

    (await workspace.refresh()).ok();
    expect(await recordedId()).toBe(id);
    (await workspace.up()).ok();
    expect((await backend(workspace)).customers).toHaveLength(1);
    await endsWell(id);
  }, 240_000);

  it('errors of an update are told as well, and the next up ends it', async () => {
    workspace = await createWorkspace({ program: customerProgram(inputs) });
    (await workspace.up()).ok();
    const id = await recordedId();
    const failure = { status: 'provisioned_with_errors', package: 'webex_suite' };
    await workspace.simulator.outcome({ kind: 'customer', externalId: EXTERNAL_ID, ...failure });

    const changed = { ...inputs, packages: ['webex_calling', 'webex_meetings', 'webex_suite'] };
    const failed = (await declare(workspace, changed)).fails();
    expect(failed.all).toMatch(/package webex_suite is in error: error 2560: .+ \(trackingId \S+\)/);
    expect((await workspace.preview()).ok().planned).toEqual(['update CustomerOrg johns-pizza']);
    (await workspace.up()).ok();
    expect((await backendCustomer(workspace)).packages).toEqual(['webex_calling', 'webex_meetings', 'webex_suite']);
    await endsWell(id);
  }, 240_000);
});

describe('a customer that Cisco reviews for export control', () => {
  it('up ends well with that status; the next up after the review goes on', async () => {
    workspace = await createWorkspace({ program: customerProgram(inputs) });
    await workspace.simulator.outcome({ kind: 'customer', externalId: EXTERNAL_ID, status: 'pending_rpl_review' });

    const first = (await workspace.up()).ok();
    expect(first.all).toContain("waits for Cisco's export control review (RPL)");
    const { id } = await backendCustomer(workspace);
    expect(await workspace.outputs()).toMatchObject({ id, status: 'pending_rpl_review' });
    expect(await customerOrganizations(workspace)).toEqual([]);

    (await workspace.refresh()).ok();
    await workspace.simulator.resetRequests();
    expect((await workspace.up()).ok().all).toContain('export control review');
    expect((await workspace.simulator.requests()).writes).toBe(0);

    await workspace.simulator.endReview(EXTERNAL_ID);
    (await workspace.up()).ok();
    await endsWell(id);
    expect(await customerOrganizations(workspace)).toHaveLength(1);
  }, 240_000);
});

describe('a Webex that takes longer than a resource waits', () => {
  it('ends with a clear error, and the next run goes on: create, update, delete', async () => {
    const impatient = johnsPizza({ timeouts: { create: 1, update: 1, delete: 1 } });
    workspace = await createWorkspace({
      program: customerProgram(impatient),
      simulator: { provisioningSeconds: 3600 },
    });
    expect((await workspace.up()).fails().all).toContain("wasn't finished within 1 second");
    const id = await recordedId();
    expect(id).toBe((await backendCustomer(workspace)).id);

    // Still not finished: still an error, and no second customer.
    expect((await workspace.up()).fails().all).toContain("wasn't finished within 1 second");
    await workspace.simulator.advanceClock(3600);
    (await workspace.up()).ok();
    expect(await requestsTo(workspace, /POST/, /customers$/)).toHaveLength(1);
    expect(await workspace.outputs()).toMatchObject({ id, status: 'provisioned' });

    const changed = { ...impatient, packages: ['webex_calling'] };
    expect((await declare(workspace, changed)).fails().all).toContain("wasn't finished within 1 second");
    await workspace.simulator.advanceClock(3600);
    (await workspace.up()).ok();
    expect(await backendCustomer(workspace)).toMatchObject({ id, packages: ['webex_calling'], status: 'provisioned' });

    expect((await workspace.destroy()).fails().all).toContain("wasn't finished within 1 second");
    await workspace.simulator.advanceClock(3600);
    (await workspace.destroy()).ok();
    expect(await nothingLeft(workspace)).toBe(true);
  }, 240_000);
});
