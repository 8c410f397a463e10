import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runFor } from '../../../provider/adoption/cli/run';
import { type DiscoverOptions, discover } from '../../../provider/adoption/discover/discover';
import type { FoundCustomer } from '../../../provider/adoption/discover/found';
import { newFolder } from '../new-folder';
import { backend } from '../reconciliation/support';
import { makeLargePartner } from './large-partner';
import { PROVISIONING_ID } from './partner';

const simulator = backend();
const folder = newFolder();
beforeAll(async () => {
  const { at } = await makeLargePartner(simulator);
  // Wait for the customer in progress, which takes the simulator no time here.
  await at.wait();
}, 60_000);
beforeEach(async () => {
  await simulator.control('DELETE', '/requests');
  await simulator.control('DELETE', '/faults');
});

/** Requests since the last count. */
async function counted() {
  const { byOperation, writes } = (await simulator.control('GET', '/requests')) as {
    byOperation: Record<string, number>;
    writes: number;
  };
  await simulator.control('DELETE', '/requests');
  expect(writes).toBe(0);
  return byOperation;
}

async function discovered(name: string, more: Partial<DiscoverOptions> = {}) {
  const printed: string[] = [];
  const run = runFor(new Map([['retryTimeoutSeconds', '1']]), () => {});
  const options: DiscoverOptions = {
    as: 'json',
    out: path.join(folder, name),
    externalIds: [],
    statuses: [],
    provisioningId: PROVISIONING_ID,
    versions: { own: '0.1.0', sdk: '3.270.0' },
    ...more,
  };
  const screen = { isTerminal: false, line: (text: string) => printed.push(text), status: () => {} };
  const lines = await discover(run, options, screen);
  return { lines, printed: printed.join('\n'), out: options.out };
}

function read(out: string): FoundCustomer[] {
  return JSON.parse(readFileSync(path.join(out, 'customers.json'), 'utf8')).customers;
}

describe('a discovery', () => {
  it('reads twenty customers and 300 users with lists for all of them', async () => {
    const { lines } = await discovered('whole');
    const first = await counted();
    expect(first['GET /people']).toBe(19);
    expect(first['GET /wholesale/subscribers']).toBe(6);
    expect(lines[0]).toContain('17 customers, 9 locations besides headquarters, 301 users');
  });

  it('says how to go on where Webex goes away, and asks then only for what is new', async () => {
    const fault = { operation: 'GET /telephony/config/numbers', probability: 1, seed: 1, status: 503 };
    await simulator.control('POST', '/faults', fault);
    await expect(discovered('gone')).rejects.toThrow(/of 20 customers were read\. Run the same command again/);
    await simulator.control('DELETE', '/faults');
    await simulator.api('POST', '/wholesale/subscribers', {
      customerId: (await simulator.state()).customers.find(({ externalId }) => externalId === 'left-alone')?.id,
      email: 'new@left-alone.example.com',
      packages: ['webex_meetings'],
      provisioningParameters: { firstName: 'Alice', lastName: 'Anderson' },
    });
    const { printed, lines, out } = await discovered('gone');
    expect(printed).toMatch(/, \d+ of them read before/);
    expect(lines[0]).toContain('17 customers');
    expect(readdirSync(out)).toEqual(['customers.json']);
    // The lists have other data of this customer than when it was read.
    const users = read(out).find(({ externalId }) => externalId === 'left-alone')?.declaration?.users ?? [];
    expect(users.map(({ email }) => email)).toContain('new@left-alone.example.com');
  });

  it('leaves out customers whose organization this token can not read', async () => {
    await simulator.control('POST', '/faults', { operation: 'GET /locations', probability: 1, seed: 1, status: 403 });
    const { lines, out } = await discovered('refused');
    expect(lines[0]).toContain(': 0 customers');
    expect(lines.filter((line) => line.includes("is left out, because it can't be read: "))).toHaveLength(18);
    expect(existsSync(path.join(out, '.discovering'))).toBe(false);
  });
});
