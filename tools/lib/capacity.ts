// Calculates how long a fleet takes, from counted requests and measured milliseconds, for sizes that are too large to
// measure.

/** A fleet and the machines that it runs on. */
export interface Fleet {
  customers: number;
  locationsEach: number;
  usersEach: number;
  machines: number;
  coresEach: number;
  /** Requests a minute that Webex permits for one token, in all processes together. */
  requestsPerMinute: number;
  /** Customers in each stack. */
  customersPerStack: number;
}

export const OPERATIONS = ['create', 'no-op', 'refresh', 'destroy'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Total core-milliseconds for each resource, in stacks of 100 resources (`npm run bench -- --sizes 100`). */
export const CORE_MS: Record<Operation, number> = { create: 62, 'no-op': 40, refresh: 19, destroy: 32 };

/** Requests of an operation in one stack, as counted by `npm run bench:requests`. */
export function requestsOf(operation: Operation, { customers, locationsEach, usersEach }: Size): number {
  const [locations, users] = [customers * locationsEach, customers * usersEach];
  const pages = Math.ceil(customers / 100);
  switch (operation) {
    case 'create':
      // A POST for each object, a request for each headquarters, and lists until all customers are provisioned.
      return customers + customers + locations + users + pages * POLLS;
    case 'no-op':
      return 0;
    case 'refresh':
      // Organization, headquarters with calling, lists of locations, users and people; calling of each location.
      return pages + customers * (3 + 2 * Math.max(1, Math.ceil(usersEach / 100))) + locations;
    case 'destroy':
      return customers + locations + users + pages * POLLS;
  }
}

/** Number of lists until a stack's customers are finished, in the simulator. */
const POLLS = 8;

type Size = Pick<Fleet, 'customers' | 'locationsEach' | 'usersEach'>;

/** Duration of an operation, and its bottleneck. */
export interface Estimate {
  requests: number;
  minutes: number;
  boundBy: 'requests' | 'processors' | 'nothing';
  /** Number of machines above which Webex's limit is the bottleneck. 0 without requests. */
  enoughMachines: number;
}

/** The machines share one token's limit and divide the stacks. */
export function estimate(operation: Operation, fleet: Fleet): Estimate {
  const { customers, locationsEach, usersEach, machines, coresEach, requestsPerMinute, customersPerStack } = fleet;
  const wholeStacks = Math.floor(customers / customersPerStack);
  const rest = customers % customersPerStack;
  const inStack = (size: number) => (size > 0 ? requestsOf(operation, { ...fleet, customers: size }) : 0);
  const requests = wholeStacks * inStack(customersPerStack) + inStack(rest);
  const resources = customers * (1 + locationsEach + usersEach);
  const coreMinutes = (resources * CORE_MS[operation]) / 60_000;
  const byRequests = requests / requestsPerMinute;
  const byProcessors = coreMinutes / (machines * coresEach);
  const minutes = Math.max(byRequests, byProcessors);
  const boundBy = minutes === 0 ? 'nothing' : byRequests >= byProcessors ? 'requests' : 'processors';
  const enoughMachines = byRequests === 0 ? 0 : Math.max(1, Math.ceil(coreMinutes / coresEach / byRequests));
  return { requests, minutes, boundBy, enoughMachines };
}

/** Megabytes of state that Pulumi writes while it creates a stack: the whole state after each step. */
export function stateMegabytes(resources: number, bytesEach: number): number {
  return (resources * (resources + 1) * bytesEach) / 2 / 1e6;
}
