import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../tools/setup/paths.mjs';
import { createFleet, type FleetWorkspace } from './fleet/workspace';
import { createWorkspace, type Workspace } from './harness';

// docs/simulator.md, Weather: what of the real Webex is in no document, all of it at once.
const simulator = { weather: 'observed' } as const;
const example = (...name: string[]) => readFile(path.join(root, 'examples', ...name), 'utf8');

interface Everything {
  organizations: unknown[];
  customers: { status: string }[];
  locations: { name: string; numbers: string[] }[];
  subscribers: { status: string }[];
  people: unknown[];
}

describe('in the weather that was observed of Webex', () => {
  let workspace: Workspace | FleetWorkspace;
  afterEach(() => workspace.close());
  const everything = async () => (await workspace.simulator.control('GET', '/state')) as Everything;

  it('the quickstart is brought up, does not drift, and leaves nothing', async () => {
    const stack = await createWorkspace({
      program: await example('quickstart', 'index.ts'),
      language: 'ts',
      simulator,
    });
    workspace = stack;
    const before = await everything();

    (await stack.up()).ok();
    const { customers, locations, subscribers } = await everything();
    expect(customers).toMatchObject([{ status: 'provisioned' }]);
    expect(locations.find(({ name }) => name === 'San Jose')?.numbers).toHaveLength(3);
    expect(subscribers.map(({ status }) => status)).toEqual(Array(4).fill('provisioned'));

    expect((await stack.refresh()).ok().changes).toEqual({ unchanged: 8 });
    expect((await stack.up()).ok().changes).toEqual({ unchanged: 8 });

    (await stack.destroy()).ok();
    expect(await left()).toEqual([before.organizations.length, 0, before.locations.length, 0, before.people.length]);
  }, 240_000);

  it('the fleet example is brought up, does not drift, and leaves nothing', async () => {
    const { fleet, write } = await openFleet();
    const before = await everything();
    await write(parse(await example('fleet', 'roster.yaml')) as object);

    const first = await fleet('up');
    first.run.ok();
    expect(first.report?.totals).toMatchObject({ customers: 3, byStatus: { changed: 3 } });

    const looked = await fleet('refresh');
    looked.run.ok();
    expect(looked.report?.totals).toMatchObject({ customers: 3, byStatus: { unchanged: 3 } });

    (await fleet('destroy', ['--yes'])).run.ok();
    expect(await left()).toEqual([before.organizations.length, 0, before.locations.length, 0, before.people.length]);
  }, 240_000);

  async function openFleet(): Promise<FleetWorkspace> {
    const made = await createFleet({ simulator });
    workspace = made;
    return made;
  }

  /** How many objects of each kind there are. */
  async function left(): Promise<number[]> {
    const { organizations, customers, locations, subscribers, people } = await everything();
    return [organizations, customers, locations, subscribers, people].map(({ length }) => length);
  }
});
