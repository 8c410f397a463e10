// `npm run bench:simulator`: measures the requests a second that the simulator answers, with few and with many
// subscribers in its database.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ADDRESS } from '../bench/samples.ts';
import { root } from '../setup/paths.mjs';

const SIZES = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1, 1000, 100_000];
const SECONDS = 3;
const CONNECTIONS = 8;

type Row = Record<string, string | number | null>;
interface Snapshot {
  version: number;
  tables: Record<string, Row[]>;
}

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

async function call(url: string, method: string, body?: unknown): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: 'Bearer simulator-token', 'content-type': 'application/json' };
    // A snapshot gets a new connection: it takes longer than an idle connection is kept.
    const connection = method === 'PUT' ? false : agent;
    const sent = request(url, { method, headers, agent: connection }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

async function expectCall(url: string, method: string, body?: unknown): Promise<string> {
  const { status, text } = await call(url, method, body);
  if (status >= 300) throw new Error(`${method} ${url}: ${status} ${text.slice(0, 300)}`);
  return text;
}

async function start(folder: string): Promise<{ url: string; child: ChildProcess }> {
  const program = path.join(root, 'simulator', 'bin', 'webex-wholesale-simulator.js');
  const options = ['--port', '0', '--database', path.join(folder, 'bench.db'), '--provisioning-seconds', '0'];
  const child = spawn(process.execPath, [program, 'serve', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^listening on (\S+)/.exec(line)?.[1];
    if (url !== undefined) return { url, child };
  }
  throw new Error('the simulator did not start');
}

function customerBody() {
  const externalId = randomUUID();
  const timezone = 'America/Los_Angeles';
  return {
    provisioningId: 'ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2',
    packages: ['webex_calling', 'webex_meetings'],
    externalId,
    address: ADDRESS,
    customerInfo: { name: "John's Pizza", primaryEmail: `${externalId}@example.com` },
    provisioningParameters: {
      calling: { location: { name: 'Head Office', address: ADDRESS, timezone, language: 'en_us' } },
      packages: { limits: { webex_calling: 10_000_000 } },
    },
  };
}

const subscriberBody = (customerId: string, number: number) => ({
  customerId,
  email: `user${number}@example.com`,
  packages: ['webex_calling'],
  provisioningParameters: { firstName: 'John', lastName: 'Andersen', extension: String(10_000_000 + number) },
});

/**
 * Makes a customer with that many subscribers: one is created through the API and multiplied in the snapshot.
 */
async function fill(url: string, size: number): Promise<{ customerId: string; subscriberId: string }> {
  const accepted = await expectCall(`${url}/v1/wholesale/customers`, 'POST', customerBody());
  const customerId = (JSON.parse(accepted) as { url: string }).url.split('/').pop() ?? '';
  const made = await expectCall(`${url}/v1/wholesale/subscribers`, 'POST', subscriberBody(customerId, 0));
  const subscriberId = (JSON.parse(made) as { id: string }).id;
  const snapshot = JSON.parse(await expectCall(`${url}/simulator/snapshot`, 'GET')) as Snapshot;
  const { subscribers = [], people = [] } = snapshot.tables;
  const [subscriber] = subscribers;
  const person = people.find(({ id }) => id === subscriber?.person_id);
  if (!subscriber || !person) throw new Error('the snapshot holds no subscriber');
  for (let number = 1; number < size; number += 1) {
    const email = `user${number}@example.com`;
    const id = idOf('PEOPLE');
    const sequence = number + 1_000;
    people.push({ ...person, sequence, id, email, extension: String(10_000_000 + number) });
    subscribers.push({ ...subscriber, sequence, id: idOf('SUBSCRIBER'), email, person_id: id });
  }
  await expectCall(`${url}/simulator/snapshot`, 'PUT', snapshot);
  return { customerId, subscriberId };
}

const idOf = (kind: string) => Buffer.from(`ciscospark://us/${kind}/${randomUUID()}`).toString('base64url');

/** Requests a second over several connections; each sends the next request when it has an answer. */
async function measure(send: (number: number) => Promise<unknown>): Promise<number> {
  let sent = 0;
  const began = performance.now();
  const until = began + SECONDS * 1000;
  const connection = async () => {
    while (performance.now() < until) await send(sent++);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  return (sent * 1000) / (performance.now() - began);
}

async function bench(size: number): Promise<Record<string, string>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'simulator-bench-'));
  const { url, child } = await start(folder);
  try {
    const { customerId, subscriberId } = await fill(url, size);
    const api = `${url}/v1/wholesale`;
    const page = `${api}/subscribers?customerId=${customerId}&max=100`;
    const last = `${page}&offset=${Math.max(0, size - 100)}`;
    const operations: [string, (number: number) => Promise<unknown>][] = [
      ['get a subscriber', () => expectCall(`${api}/subscribers/${subscriberId}`, 'GET')],
      ['list 100, first page', () => expectCall(page, 'GET')],
      ['list 100, last page', () => expectCall(last, 'GET')],
      ['create a customer', () => expectCall(`${api}/customers`, 'POST', customerBody())],
      [
        'create a subscriber',
        (number) => expectCall(`${api}/subscribers`, 'POST', subscriberBody(customerId, size + number)),
      ],
    ];
    const row: Record<string, string> = {};
    for (const [name, send] of operations) row[name] = String(Math.round(await measure(send)));
    return row;
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

process.stdout.write(
  `Requests a second, ${CONNECTIONS} connections, ${SECONDS} s each, Node.js ${process.version}\n\n`,
);
const columns: Record<string, string>[] = [];
for (const size of SIZES) columns.push(await bench(size));
const cells = (first: string, rest: string[]) =>
  `| ${first.padEnd(22)} |${rest.map((cell) => ` ${cell.padStart(8)} |`).join('')}\n`;
const names = Object.keys(columns[0] ?? {});
process.stdout.write(cells('subscribers', SIZES.map(String)));
process.stdout.write(
  cells(
    '---',
    SIZES.map(() => '---:'),
  ),
);
for (const name of names)
  process.stdout.write(
    cells(
      name,
      columns.map((column) => column[name] ?? ''),
    ),
  );
agent.destroy();
