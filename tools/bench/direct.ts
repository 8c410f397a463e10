// A script as people write it by hand: the same writes with the same concurrency, with undici alone. Arguments: phase,
// customers, and a file through which a phase passes the IDs to the next.
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { EACH } from './projects.ts';
import { customerBody, locationInputs, userInputs } from './samples.ts';

const [phase = '', count = '0', file = ''] = process.argv.slice(2);
const width = Number(process.env.PULUMI_PARALLEL);
const { WEBEX_BASE_URL: base, WEBEX_ACCESS_TOKEN: token } = process.env;
const dispatcher = new Agent({ connections: width });

interface Made {
  customers: { id: string; orgId: string }[];
  locations: { id: string; orgId: string }[];
  users: string[];
}

async function call<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const text = body === undefined ? null : JSON.stringify(body);
  const answer = await request(`${base}${path}`, { method, headers, dispatcher, body: text });
  const answered = await answer.body.text();
  if (answer.statusCode >= 400) throw new Error(`${method} ${path}: ${answer.statusCode} ${answered}`);
  return (answered ? JSON.parse(answered) : undefined) as T;
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

const numbers = (length: number) => Array.from({ length }, (_, number) => number);

async function create(): Promise<Made> {
  const made: Made = { customers: [], locations: [], users: [] };
  await inParallel(numbers(Number(count)), async (number) => {
    const { url } = await call<{ url: string }>('POST', '/wholesale/customers', customerBody(number));
    const id = url.split('/').pop() ?? '';
    for (let wait = 500; ; wait *= 1.5) {
      const { status, orgId = '' } = await call<{ status: string; orgId?: string }>(
        'GET',
        `/wholesale/customers/${id}`,
      );
      if (status === 'provisioned') {
        made.customers[number] = { id, orgId };
        break;
      }
      await sleep(wait);
    }
  });
  await inParallel(made.customers, async ({ id, orgId }) => {
    const { customerId: _, address, ...body } = locationInputs(id, 1);
    const { addressLine1: address1, city, stateOrProvince: state, zipOrPostalCode: postalCode, country } = address;
    const location = { ...body, address: { address1, city, state, postalCode, country } };
    const { id: locationId } = await call<{ id: string }>('POST', `/locations?orgId=${orgId}`, location);
    made.locations.push({ id: locationId, orgId });
  });
  const users = made.customers.flatMap(({ id }, customer) =>
    numbers(EACH - 2).map((user) => userInputs(id, customer * EACH + user)),
  );
  await inParallel(users, async ({ customerId, email, package: name, firstName, lastName, extension }) => {
    const provisioningParameters = { firstName, lastName, extension };
    const body = { customerId, email, packages: [name], provisioningParameters };
    made.users.push((await call<{ id: string }>('POST', '/wholesale/subscribers', body)).id);
  });
  return made;
}

/** One request for each object, as a script without lists does. */
async function refresh({ customers, locations, users }: Made): Promise<void> {
  await inParallel(customers, ({ id }) => call('GET', `/wholesale/customers/${id}`));
  await inParallel(locations, ({ id, orgId }) => call('GET', `/locations/${id}?orgId=${orgId}`));
  await inParallel(users, (id) => call('GET', `/wholesale/subscribers/${id}`));
}

async function destroy({ customers, locations, users }: Made): Promise<void> {
  await inParallel(users, (id) => call('DELETE', `/wholesale/subscribers/${id}`));
  await inParallel(locations, ({ id, orgId }) => call('DELETE', `/locations/${id}?orgId=${orgId}`));
  await inParallel(customers, ({ id }) => call('DELETE', `/wholesale/customers/${id}`));
}

const recorded = () => JSON.parse(readFileSync(file, 'utf8')) as Made;
if (phase === 'create') writeFileSync(file, JSON.stringify(await create()));
else if (phase === 'refresh') await refresh(recorded());
else if (phase === 'destroy') await destroy(recorded());
await dispatcher.close();
