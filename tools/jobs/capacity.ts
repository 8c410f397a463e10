// `npm run capacity`: calculates how long a fleet takes on a number of machines. Arguments: --customers, --locations
// and --users (for each customer), --machines 1,4,16, --cores, --limits 300,3000 (requests a minute), --per-stack.
import { parseArgs } from 'node:util';
import { estimate, OPERATIONS } from '../lib/capacity.ts';

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '100000' },
    locations: { type: 'string', default: '1' },
    users: { type: 'string', default: '4' },
    machines: { type: 'string', default: '1,4,16' },
    cores: { type: 'string', default: '2' },
    limits: { type: 'string', default: '300,1200,3000' },
    'per-stack': { type: 'string', default: '20' },
  },
});
const numbers = (text: string) => text.split(',').map(Number);

function duration(minutes: number): string {
  if (minutes < 90) return `${Math.ceil(minutes)} min`;
  return minutes < 48 * 60 ? `${(minutes / 60).toFixed(1)} h` : `${(minutes / 1440).toFixed(1)} days`;
}

process.stdout.write(
  `${values.customers} customers with ${values.locations} locations and ${values.users} users each, ` +
    `${values['per-stack']} customers a stack, ${values.cores} cores a machine\n\n`,
);
process.stdout.write(
  '| Operation | Limit a minute | Requests | Machines | Time | Bound by | Machines that are enough |\n',
);
process.stdout.write('|---|---:|---:|---:|---:|---|---:|\n');
for (const operation of OPERATIONS) {
  for (const requestsPerMinute of operation === 'no-op' ? [Number.POSITIVE_INFINITY] : numbers(values.limits)) {
    for (const machines of numbers(values.machines)) {
      const found = estimate(operation, {
        customers: Number(values.customers),
        locationsEach: Number(values.locations),
        usersEach: Number(values.users),
        coresEach: Number(values.cores),
        customersPerStack: Number(values['per-stack']),
        machines,
        requestsPerMinute,
      });
      const limit = Number.isFinite(requestsPerMinute) ? requestsPerMinute : 'any';
      const enough = found.enoughMachines || '';
      process.stdout.write(
        `| ${operation} | ${limit} | ${found.requests} | ${machines} | ${duration(found.minutes)} | ${found.boundBy} | ${enough} |\n`,
      );
    }
  }
}
