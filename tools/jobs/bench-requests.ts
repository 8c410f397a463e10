// `npm run bench:requests`: counts the requests of each operation, beside the fewest that the API allows. It calls the
// handlers without Pulumi, so that large numbers take seconds; `npm run bench` counts the same with Pulumi.
import { parseArgs } from 'node:util';
import { startSimulator } from 'webex-wholesale-simulator';
import type { Resource } from '../bench/handlers.ts';
import type { Phase } from '../bench/phase.ts';
import { moreUsersOf, runPhase, type Size, stackOf } from '../bench/stack.ts';
import { control, type RequestCounts, requestCount } from '../lib/requests.ts';

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '100' },
    locations: { type: 'string', default: '1' },
    users: { type: 'string', default: '4' },
    width: { type: 'string', default: '100' },
    'provisioning-seconds': { type: 'string', default: '3' },
    /** Delay of each answer of the simulator, in milliseconds. */
    latency: { type: 'string', default: '0' },
    details: { type: 'boolean', default: false },
  },
});
const width = Number(values.width);
const size: Size = {
  customers: Number(values.customers),
  locationsEach: Number(values.locations),
  usersEach: Number(values.users),
};
const simulator = await startSimulator({ provisioningSeconds: Number(values['provisioning-seconds']) });

/** Runs a phase and counts its requests. */
async function counted(phase: Phase, resources: Resource[]) {
  await control(simulator, 'DELETE', '/requests');
  const start = performance.now();
  const after = await runPhase(simulator, { phase, resources, width });
  const seconds = (performance.now() - start) / 1000;
  return { resources: after, counts: { ...(await requestCount(simulator)), seconds } };
}

function row(operation: string, objects: number, counts: RequestCounts & { seconds: number }, minimum: number): void {
  const ratio = minimum === 0 ? (counts.total === 0 ? '1.00' : '-') : (counts.total / minimum).toFixed(2);
  process.stdout.write(
    `| ${operation} | ${objects} | ${counts.total} | ${minimum} | ${ratio} | ${counts.seconds.toFixed(1)} |\n`,
  );
  if (values.details) process.stdout.write(`${JSON.stringify(counts.byOperation, null, 1)}\n`);
}

const pages = (objects: number) => Math.ceil(objects / 100);
const { customers, locationsEach, usersEach } = size;
const locations = customers * locationsEach;
const users = customers * usersEach;
try {
  process.stdout.write(`${customers} customers, ${locations} locations, ${users} users; ${width} at the same time; `);
  process.stdout.write(`provisioning takes ${values['provisioning-seconds']} s\n\n`);
  process.stdout.write('| Operation | Objects | Requests | Minimum of the API | Ratio | Seconds |\n');
  process.stdout.write('|---|---:|---:|---:|---:|---:|\n');
  const delayMs = Number(values.latency);
  if (delayMs > 0) await control(simulator, 'POST', '/faults', { operation: '*', probability: 1, delayMs });
  const declared = stackOf(size);
  const onlyCustomers = declared.filter(({ kind }) => kind === 'customer');
  row('precheck in preview: new customers', customers, (await counted('preview', onlyCustomers)).counts, customers);
  const { resources: all, counts } = await counted('create', declared);
  // A POST for each, one request for the headquarters (its ID is an output), and one list for all finished customers.
  row('create', all.length, counts, all.length + customers + pages(customers));
  row('up without changes', all.length, (await counted('no-op', all)).counts, 0);
  const more = moreUsersOf(all, size);
  row('precheck in preview: new users', users, (await counted('preview', more)).counts, users);
  const least = pages(customers) + pages(users) + 6 * customers + 2 * locations;
  row('refresh', all.length, (await counted('refresh', all)).counts, least);
  row('destroy', all.length, (await counted('destroy', all)).counts, all.length + pages(customers));
} finally {
  await simulator.stop();
}
