import { afterEach, describe, expect, it } from 'vitest';
import { customer, location, NUMBERS, program, user } from '../../samples/declarations';
import { createWorkspace, type Workspace } from '../harness';
import { again, backend, NOTHING, warnings } from './backend';

// The write took effect, and its answer was lost.
describe('a create whose answer never came', () => {
  let workspace: Workspace;
  afterEach(() => workspace.close());

  it('is found again by its key in the same run, and nothing is doubled', async () => {
    workspace = await createWorkspace({ program: program(customer(), location(), user()) });
    const { simulator } = workspace;
    for (const operation of ['POST /wholesale/customers', 'POST /locations', 'POST /wholesale/subscribers']) {
      await simulator.fault({ operation, count: 1, reset: 'after' });
    }
    const run = (await workspace.up()).ok();
    expect(warnings(run).sort()).toEqual([
      'customer "c1677a16-557a-4fb4-b48f-24adde57ec99" exists already; it was taken over',
      'location "Denver" exists already; it was taken over',
      'user alice.anderson@acme.com exists already; it was taken over',
    ]);

    const { customers, locations, subscribers, organizations } = await backend(simulator);
    expect(customers.map(({ status }) => status)).toEqual(['provisioned']);
    expect(organizations.filter(({ kind }) => kind === 'customer')).toHaveLength(1);
    expect(locations.map(({ name, numbers }) => ({ name, numbers }))).toEqual([
      { name: 'Head Office', numbers: [] },
      { name: 'Denver', numbers: [...NUMBERS].sort() },
    ]);
    expect(subscribers.map(({ email }) => email)).toEqual(['alice.anderson@acme.com']);
    expect(await again(workspace)).toEqual(NOTHING);
  }, 240_000);

  it('is waited for where Webex is still at work, before its headquarters is configured', async () => {
    const pstn = { pstn: { displayName: 'Non-integrated CCP' }, phoneNumbers: NUMBERS, mainNumber: NUMBERS[0] };
    const { headquarters } = customer().args as { headquarters: object };
    const declared = customer({ args: { headquarters: { ...headquarters, calling: pstn } } });
    workspace = await createWorkspace({ program: program(declared), simulator: { provisioningSeconds: 2 } });
    const { simulator } = workspace;
    await simulator.fault({ operation: 'POST /wholesale/customers', count: 1, reset: 'after' });
    (await workspace.up()).ok();
    const [headOffice] = (await backend(simulator)).locations;
    expect(headOffice).toMatchObject({ numbers: [...NUMBERS].sort(), mainNumber: NUMBERS[0] });
    expect(await again(workspace)).toEqual(NOTHING);
  }, 240_000);

  it('of a part of a location is no reason to fail either', async () => {
    workspace = await createWorkspace({ program: program(customer(), location()) });
    const { simulator } = workspace;
    const parts = ['POST /telephony/config/locations', 'POST /telephony/config/locations/{locationId}/numbers'];
    for (const operation of parts) await simulator.fault({ operation, count: 1, reset: 'after' });
    const run = (await workspace.up()).ok();
    expect(await simulator.control('GET', '/faults')).toMatchObject({ items: [] });
    expect(warnings(run)).toEqual([]);
    const denver = (await backend(simulator)).locations.find(({ name }) => name === 'Denver');
    expect(denver).toMatchObject({ numbers: [...NUMBERS].sort(), mainNumber: NUMBERS[0] });
    expect(await again(workspace)).toEqual(NOTHING);
  }, 240_000);
});
