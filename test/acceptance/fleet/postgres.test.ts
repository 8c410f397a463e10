import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROVISIONING_ID } from '../../samples/cisco';
import { type Postgres, postgresPrograms, startPostgres } from './postgres';
import { counts, createFleet, customerOf, type FleetWorkspace, rosterOf } from './workspace';

const programs = postgresPrograms();
const skipped = programs === undefined ? ' (skipped: there is no PostgreSQL on this machine)' : '';

describe.skipIf(programs === undefined)(`two shards of a fleet at once, with state in PostgreSQL${skipped}`, () => {
  let postgres: Postgres;
  let workspace: FleetWorkspace;
  beforeAll(async () => {
    postgres = await startPostgres(programs ?? '');
    workspace = await createFleet({ env: { PULUMI_BACKEND_URL: postgres.url } });
  });
  afterAll(async () => {
    await workspace?.close();
    await postgres?.stop();
  });

  it('make all customers once, and another machine finds nothing to do', async () => {
    const { fleet, simulator, write, folder } = workspace;
    const customers = Array.from({ length: 6 }, (_, number) => customerOf(`customer-${number}`));
    // The template exists in Partner Hub, so that no shard waits for another one.
    await write(rosterOf(customers, { templates: { standard: { provisioningId: PROVISIONING_ID } } }));
    const shards = await Promise.all([
      fleet('up', ['--no-policies', '--shard', '1/2']),
      fleet('up', ['--no-policies', '--shard', '2/2']),
    ]);
    for (const { run } of shards) run.ok();
    const made = shards.map(({ customers }) => Object.keys(customers));
    expect(made.flat().sort()).toEqual(customers.map((_, number) => `customer-${number}`));
    expect(Math.min(...made.map(({ length }) => length))).toBeGreaterThan(0);
    expect(await counts(simulator)).toEqual({ customers: 6, locations: 6, users: 6 });

    // A machine that has seen nothing of this yet.
    await rm(path.join(folder, 'cache'), { recursive: true });
    await simulator.resetRequests();
    const again = await fleet('up', ['--no-policies']);
    again.run.ok();
    expect(again.report?.totals.byStatus).toEqual({ unchanged: 6 });
    expect((await simulator.requests()).total).toBe(0);
  }, 300_000);
});
