// How long a fleet takes: a calculation from counted requests and measured milliseconds, for sizes that are too large
// to wait for.

/** A fleet, and what it runs on. */
export interface Fleet {
  customers: number;
  locationsEach: number;
  usersEach: number;
  machines: number;
  coresEach: number;
  /** Requests a minute that Webex allows one token, from all processes together. */
  requestsPerMinute: number;
  /** Customers that a stack holds. */
  customersPerStack: number;
}

export const OPERATIONS = ['create', 'no-op', 'refresh', 'destroy'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Core-milliseconds a resource, everything included, in stacks of 100 resources (`npm run bench -- --sizes 100`). */
export const CORE_MS: Record<Operation, number> = { create: 62, 'no-op': 40, refresh: 19, destroy: 32 };

/** Requests that an operation costs in one stack, as `npm run bench:requests` counts them. */
export function requestsOf(operation: Operation, { customers, locationsEach, usersEach }: Size): number {
  const [locations, users] = [customers * locationsEach, customers * usersEach];
  const pages = Math.ceil(customers / 100);
  switch (operation) {
    case 'create':
      // A POST each, where each headquarters is, and lists until all are provisioned.
      return customers + customers + locations + users + pages * POLLS;
    case 'no-op':
      return 0;
    case 'refresh':
      // Organization, headquarters, its calling, the lists of locations, users and people; a location's calling.
      return pages + customers * (3 + 2 * Math.max(1, Math.ceil(usersEach / 100))) + locations;
    case 'destroy':
      return customers + locations + users + pages * POLLS;
  }
}

/** Lists until a stack's customers are done, in the simulator. */
const POLLS = 8;

type Size = Pick<Fleet, 'customers' | 'locationsEach' | 'usersEach'>;

/** What an operation takes, and what it waits for. */
export interface Estimate {
  requests: number;
  minutes: number;
  boundBy: 'requests' | 'processors' | 'nothing';
  /** From so many machines on, more don't help: Webex's limit is the bound. 0 where there is no request. */
  enoughMachines: number;
}

/** Machines share one token's limit; each does its part of the stacks. */
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

/** Megabytes of state that Pulumi writes while it creates a stack: the whole of it after each step. */
export function stateMegabytes(resources: number, bytesEach: number): number {
  return (resources * (resources + 1) * bytesEach) / 2 / 1e6;
}
