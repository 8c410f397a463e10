import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { customer, location, program, user } from '../../samples/declarations';
import { howToLines } from '../../unit/docs/markdown';
import { createWorkspace, type Workspace } from '../harness';
import { again, backend, NOTHING, warnings } from './backend';

/** Long enough for the kill to come in between on a busy machine. */
const DELAY_MS = 8000;

// kill -9 of pulumi and its plugins, after Webex has made the object and before Pulumi has recorded it.
describe('a run that is killed', () => {
  let workspace: Workspace;
  afterEach(() => workspace.close());

  it('is gone on with by the next one, for each kind of object', async () => {
    // Slow enough to be killed in between.
    workspace = await createWorkspace({
      program: program(customer()),
      simulator: { provisioningSeconds: 6 },
    });
    const { simulator } = workspace;
    const recorded = async () => {
      const { resources = [] } = (await workspace.stackExport()).deployment;
      return resources.flatMap(({ type }) => type.match(/:([A-Za-z]+)$/)?.[1] ?? []);
    };
    // What docs/how-to.md shows of a locked stack, and of the run after a kill.
    let printed = '';
    const killAfter = async (kind: 'customers' | 'locations' | 'subscribers', count: number) => {
      const killed = await workspace.upKilled(async () => (await backend(simulator))[kind].length >= count);
      killed.fails();
      if (kind === 'customers') printed += (await workspace.up()).fails().all;
      (await workspace.pulumi('cancel', '--yes')).ok();
    };

    await killAfter('customers', 1);
    expect(await recorded()).not.toContain('CustomerOrg');

    await workspace.setProgram(program(customer(), location()));
    // What comes next takes time too, so that it isn't recorded when the run is killed.
    await simulator.fault({ operation: 'POST /telephony/config/locations', count: 1, delayMs: DELAY_MS });
    await killAfter('locations', 2);
    expect(await recorded()).toContain('CustomerOrg');
    expect(await recorded()).not.toContain('Location');

    await simulator.clearFaults();
    // Roles are applied with a second request, which never gets its answer. Without adopt, an existing user does not
    // get them in the next run.
    const roles = { roles: ['Full Administrator'], adopt: true };
    await workspace.setProgram(program(customer(), location(), user({ args: roles })));
    await simulator.fault({ operation: 'GET /people/{personId}', count: 1, delayMs: DELAY_MS });
    await killAfter('subscribers', 1);
    expect(await recorded()).not.toContain('User');

    await simulator.clearFaults();
    // The killed run's last request is still being held: it must not be counted among those of the runs below.
    await sleep(DELAY_MS);
    const run = (await workspace.up()).ok();
    printed += run.all;
    for (const line of howToLines('killed')) expect(printed).toContain(line);
    expect(warnings(run)).toContain('user alice.anderson@acme.com exists already; it was taken over');
    const { customers, locations, subscribers, people } = await backend(simulator);
    expect(customers).toHaveLength(1);
    expect(locations.map(({ name }) => name)).toEqual(['Head Office', 'Denver']);
    expect(subscribers).toHaveLength(1);
    const alice = people.find(({ email }) => email === 'alice.anderson@acme.com');
    expect(alice?.roles).toEqual(['Full Administrator']);
    expect(await again(workspace)).toEqual(NOTHING);

    (await workspace.destroy()).ok();
    expect((await backend(simulator)).subscribers).toEqual([]);
  }, 300_000);
});
