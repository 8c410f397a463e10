import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { newFolder } from '../new-folder';
import { customerBody, simulator } from './support';

const PROGRAM = path.resolve(import.meta.dirname, '../../../simulator/bin/webex-wholesale-simulator.js');

const running = new Set<ChildProcess>();

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

function newDatabase(): string {
  return path.join(newFolder(), 'simulator.db');
}

/** A simulator in a process of its own. */
async function serve(database: string): Promise<{ url: string; child: ChildProcess }> {
  const options = ['serve', '--port', '0', '--database', database, '--provisioning-seconds', '0.01'];
  const child = spawn(process.execPath, [PROGRAM, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^listening on (\S+)/.exec(line)?.[1];
    if (url !== undefined) return { url, child };
  }
  throw new Error('the simulator did not start');
}

const headers = { authorization: 'Bearer simulator-token', 'content-type': 'application/json' };

const createCustomer = (url: string, externalId: string) =>
  fetch(`${url}/v1/wholesale/customers`, {
    method: 'POST',
    headers,
    body: JSON.stringify(
      customerBody({ externalId, customerInfo: { name: externalId, primaryEmail: `${externalId}@example.com` } }),
    ),
  });

async function externalIds(url: string): Promise<string[]> {
  const found: string[] = [];
  for (let next: string | undefined = `${url}/v1/wholesale/customers?max=100`; next; ) {
    const response: Response = await fetch(next, { headers });
    const { items } = (await response.json()) as { items: { externalId: string }[] };
    found.push(...items.map(({ externalId }) => externalId));
    next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  }
  return found;
}

/** So many acknowledged writes before a simulator is killed. */
const ENOUGH = 12;

/**
 * Writes with several connections until the simulator is gone; answers what was acknowledged and what was only sent.
 */
async function writeUntilKilled(
  url: string,
  round: number,
  kill: () => void,
): Promise<{ acknowledged: string[]; sent: Set<string> }> {
  const acknowledged: string[] = [];
  const sent = new Set<string>();
  const connection = async (name: number) => {
    for (let index = 0; ; index += 1) {
      const externalId = `r${round}c${name}n${index}`;
      sent.add(externalId);
      const response = await createCustomer(url, externalId).catch(() => undefined);
      if (response === undefined) return;
      if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
      acknowledged.push(externalId);
      if (acknowledged.length === ENOUGH) kill();
    }
  };
  await Promise.all([0, 1, 2].map(connection));
  return { acknowledged, sent };
}

describe('a simulator that is killed', () => {
  it('at any moment has every write that it acknowledged, and none that was not sent', {
    timeout: 60_000,
  }, async () => {
    const database = newDatabase();
    const acknowledged: string[] = [];
    const sent = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      const { url, child } = await serve(database);
      // A moment that is another one each time: somewhere within a write, after some that were acknowledged.
      const kill = () => setTimeout(() => child.kill('SIGKILL'), Math.random() * 20);
      const [wrote] = await Promise.all([writeUntilKilled(url, round, kill), once(child, 'exit')]);
      acknowledged.push(...wrote.acknowledged);
      for (const externalId of wrote.sent) sent.add(externalId);
    }
    const { url } = await serve(database);
    const there = await externalIds(url);
    expect(acknowledged.length).toBeGreaterThanOrEqual(3 * ENOUGH);
    expect(acknowledged.filter((externalId) => !there.includes(externalId))).toEqual([]);
    expect(there.filter((externalId) => !sent.has(externalId))).toEqual([]);
    expect(new Set(there).size).toBe(there.length);
  });
});

describe('two processes on one file', () => {
  it('can be started at the same time on a file that is not there yet', { timeout: 60_000 }, async () => {
    const database = newDatabase();
    const both = await Promise.all([serve(database), serve(database), serve(database)]);
    const organizations = await Promise.all(
      both.map(async ({ url }) => (await fetch(`${url}/v1/organizations`, { headers })).json()),
    );
    expect(organizations[1]).toEqual(organizations[0]);
    expect(organizations[2]).toEqual(organizations[0]);
  });

  it('see each other, never answer 5xx, and leave a sound file', { timeout: 60_000 }, async () => {
    const database = newDatabase();
    const both = await Promise.all([serve(database), serve(database)]);
    const statuses: number[] = [];
    const write = async (url: string, name: string) => {
      for (let index = 0; index < 12; index += 1) {
        statuses.push((await createCustomer(url, `${name}${index}`)).status);
        statuses.push((await fetch(`${url}/v1/wholesale/customers`, { headers })).status);
        // The same one from both: one is accepted.
        statuses.push((await createCustomer(url, `both${index}`)).status);
      }
    };
    await Promise.all(both.flatMap(({ url }, at) => [write(url, `a${at}x`), write(url, `b${at}x`)]));
    expect(statuses.filter((status) => ![200, 202, 409].includes(status))).toEqual([]);
    for (const { url } of both) expect(await externalIds(url)).toHaveLength(4 * 12 + 12);
    for (const { child } of both) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    const file = new DatabaseSync(database, { readOnly: true });
    expect(file.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    expect(file.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
    file.close();
  });
});

describe('a file of the first version', () => {
  it('is brought up to date with everything in it', async () => {
    const database = newDatabase();
    const first = await simulator({ database });
    const customer = await first.onboard();
    await first.subscribe(customer);
    const before = await first.state();
    await first.stop();
    makeFirstVersion(database);
    const second = await simulator({ database });
    expect(await second.state()).toEqual(before);
    expect((await second.get(`/wholesale/customers/${customer.id}`)).status).toBe(200);
    await second.stop();
  });

  it('of the second version, with its jobs and mails, is brought up to date, too', async () => {
    const database = newDatabase();
    const first = await simulator({ database });
    const customer = await first.onboard();
    const locationId = await first.headquarters(customer);
    await first.stop();
    makeSecondVersion(database, customer.orgId, locationId);
    const second = await simulator({ database });
    expect((await second.state()).jobs).toMatchObject([{ status: 'FAILED', reasons: ['It is the last one.'] }]);
    const jobs = `/telephony/config/jobs/locations/deleteCallingLocation?orgId=${customer.orgId}`;
    expect((await second.get(jobs)).body).toMatchObject({ items: [{ locationName: 'Head Office' }] });
    const { items } = (await second.get<{ items: unknown[] }>('/simulator/mails')).body;
    expect(items).toMatchObject([{ kind: 'consentMove', subscriberId: 'S' }]);
    await second.stop();
  });

  it('of a version to come is not touched', async () => {
    const database = newDatabase();
    await (await simulator({ database })).stop();
    const file = new DatabaseSync(database);
    file.exec('PRAGMA user_version = 99');
    file.close();
    await expect(simulator({ database })).rejects.toThrow('newer version');
  });
});

/** Takes away what the first version didn't have: the partners of objects, tokens, mails and the number in the file. */
function makeFirstVersion(database: string): void {
  const file = new DatabaseSync(database);
  const tables = ['organizations', 'templates', 'customers', 'subscribers'];
  for (const table of tables) {
    const gone = ['partner_id', 'consent_at', ...(table === 'subscribers' ? ['sub_partner_org_id', 'errors'] : [])];
    const columns = file.prepare('SELECT name FROM pragma_table_info(?)').all(table) as { name: string }[];
    const kept = columns.map(({ name }) => name).filter((name) => !gone.includes(name));
    file.exec(`CREATE TABLE copy_${table} AS SELECT ${kept.join(', ')} FROM ${table}`);
  }
  file.exec('PRAGMA foreign_keys = OFF');
  const triggers = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string }[];
  for (const { name } of triggers) file.exec(`DROP TRIGGER ${name}`);
  for (const table of ['tokens', 'service_apps', 'mails', 'jobs', 'package_use', 'license_use', ...tables])
    file.exec(`DROP TABLE ${table}`);
  for (const table of tables) file.exec(`ALTER TABLE copy_${table} RENAME TO ${table}`);
  file.exec('PRAGMA user_version = 0');
  file.close();
}

/** Gives a file the jobs and mails of the second version. */
function makeSecondVersion(database: string, orgId: string, locationId: string): void {
  const file = new DatabaseSync(database);
  file.exec(`
    DROP TABLE jobs;
    CREATE TABLE jobs (
      instance INTEGER PRIMARY KEY, id TEXT NOT NULL, org_id TEXT NOT NULL, location_id TEXT NOT NULL, location_name TEXT NOT NULL,
      tracking_id TEXT NOT NULL, status TEXT NOT NULL, reasons TEXT NOT NULL, created INTEGER NOT NULL, ready_at INTEGER, ended INTEGER
    ) STRICT;
    ALTER TABLE mails RENAME COLUMN object_id TO subscriber_id;
    INSERT INTO mails (kind, recipient, subscriber_id, sent) VALUES ('consentMove', 'john.anderson@acme.com', 'S', 1);
    PRAGMA user_version = 2;
  `);
  file
    .prepare(
      "INSERT INTO jobs VALUES (1, ?, ?, ?, 'Head Office', 'T', 'FAILED', '[\"It is the last one.\"]', 1, NULL, 2)",
    )
    .run(
      Buffer.from('ciscospark://us/JOB_ID/4a5b6c7d-0000-4000-8000-000000000000').toString('base64'),
      orgId,
      locationId,
    );
  file.close();
}
