import { request as send } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { responseProblems } from '../../contract/check';
import { haveDocuments } from '../../contract/documents';
import { type Made, requests } from './fuzz/requests';
import { collect, fillIn } from './fuzz/values';
import { simulator } from './support';

/** More with FUZZ_REQUESTS; other ones with FUZZ_SEED. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 2000);
const SEED = Number(process.env.FUZZ_SEED ?? 1);

interface Answer {
  status: number;
  trackingId: string | undefined;
  text: string;
}

// Skipped where Cisco's documents don't lie beside the checkout: the requests are made from them.
describe.skipIf(!haveDocuments)(`${REQUESTS} requests made from the published documents`, () => {
  it('are all answered, never with 5xx, and every answer follows the documents', {
    timeout: 60 * REQUESTS + 60_000,
  }, async () => {
    const sim = await simulator({ provisioningSeconds: 0.02 });
    const known = await furnish(sim);
    const problems = new Set<string>();
    const statuses = new Map<number, number>();
    const succeeded = new Set<string>();
    const look = async (made: Made) => {
      const answer = await perform(sim.baseUrl, sim.token, made, known);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status < 300 && made.method !== 'HEAD') {
        succeeded.add(`${made.method} ${made.template}`);
        collect(answer.text, known);
      }
      for (const problem of problemsOf(made, answer)) problems.add(problem);
    };
    await fc.assert(fc.asyncProperty(requests(), look), { numRuns: REQUESTS, seed: SEED, endOnFailure: true });
    const share = (least: number, below: number) =>
      [...statuses].reduce((sum, [status, count]) => sum + (status >= least && status < below ? count : 0), 0) /
      REQUESTS;
    console.log(
      `fuzz: seed ${SEED}, ${Math.round(100 * share(200, 300))} % done, ${Math.round(100 * share(400, 500))} % refused, ` +
        `${succeeded.size} operations done at least once; ${JSON.stringify(Object.fromEntries([...statuses].sort()))}`,
    );
    expect([...problems]).toEqual([]);
    // Requests that are all refused at the door would prove nothing.
    expect(share(200, 300)).toBeGreaterThan(0.2);
    expect(succeeded.size).toBeGreaterThan(30);
  });

  it('are all answered in observed weather too, with no status of 5xx but those of the weather', {
    timeout: 60 * REQUESTS + 60_000,
  }, async () => {
    const sim = await simulator({ provisioningSeconds: 0.02 });
    const known = await furnish(sim);
    await sim.call('PUT', '/simulator/weather', { weather: 'observed' });
    const broken = new Set<string>();
    const look = async (made: Made) => {
      const { status, text } = await perform(sim.baseUrl, sim.token, made, known);
      if (status >= 500 && status !== 502 && status !== 504)
        broken.add(`${made.method} ${made.path}: ${status} ${text}`);
    };
    const numRuns = Math.ceil(REQUESTS / 4);
    await fc.assert(fc.asyncProperty(requests(), look), { numRuns, seed: SEED, endOnFailure: true });
    expect([...broken]).toEqual([]);
  });
});

/** Customers, locations with every kind of connection, users, a job and a sub-partner, for the requests to find. */
async function furnish(sim: Awaited<ReturnType<typeof simulator>>): Promise<Map<string, string[]>> {
  const known = new Map<string, string[]>();
  const customer = await sim.onboard();
  await sim.branch(customer, ...Array.from({ length: 6 }, (_, index) => `+1408555010${index}`));
  for (const index of [0, 1, 2])
    await sim.subscribe(customer, {
      email: `user${index}@example.com`,
      provisioningParameters: { extension: `10${index}` },
    });
  const other = { customerInfo: { name: 'Acme', primaryEmail: 'user9@example.com' }, externalId: 'other' };
  await sim.onboard({ ...other, packages: ['webex_meetings', 'webex_calling', 'attendant_console'] });
  await sim.call('POST', '/simulator/subPartners', { displayName: 'A sub-partner' });
  for (const path of ['/roles', '/organizations', `/licenses?orgId=${customer.orgId}`, '/wholesale/subscribers'])
    collect(JSON.stringify((await sim.get(path)).body), known);
  const details = await sim.get(`/wholesale/customers/${customer.id}?includePackageLicenseInfo=true`);
  const [location = ''] = (await sim.callingLocations(customer)).map(({ id }) => id);
  const options = await sim.get(`/telephony/pstn/locations/${location}/connectionOptions`);
  for (const value of [await sim.state(), details.body, options.body]) collect(JSON.stringify(value), known);
  return known;
}

async function perform(base: string, token: string, made: Made, known: Map<string, string[]>): Promise<Answer> {
  const url = new URL(base + fillIn(made.path, known));
  for (const [name, value] of made.query) url.searchParams.append(name, fillIn(value, known));
  const body = made.body === undefined ? undefined : fillIn(made.body, known);
  const headers: Record<string, string> = { authorization: `Bearer ${token}` };
  if (made.contentType !== undefined) headers['content-type'] = made.contentType;
  // Node says nothing of a body's length where the method has none usually.
  if (body !== undefined) headers['content-length'] = String(Buffer.byteLength(body));
  return new Promise((resolve, reject) => {
    const sent = send(url, { method: made.method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        const { statusCode: status = 0, headers: answered } = response;
        resolve({ status, text, trackingId: answered.trackingid as string | undefined });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function problemsOf(made: Made, { status, trackingId, text }: Answer): string[] {
  const where = `${made.method} ${made.path} ${JSON.stringify(made.query)} ${made.body}`;
  const problems: string[] = [];
  if (status >= 500) problems.push(`${where}: ${status} ${text}`);
  if (trackingId === undefined) problems.push(`${where}: no trackingid`);
  if (made.method === 'HEAD') return problems;
  const response: unknown = text === '' ? undefined : JSON.parse(text);
  const exchange = { method: made.method, path: made.path, query: [], request: undefined, status, response };
  return [...problems, ...responseProblems(exchange)];
}
