import type { RosterCustomer } from '../roster/load';
import type { EngineEvents } from './engine-events';
import type { ResourceProblem, StackJob } from './jobs';
import { customerKey, keyOf, keysOf, locationKey, userKey } from './resources';

/**
 * Resources that a policy, Cisco's precheck or the provider refused before any request changed them. They stay as they
 * are, and the rest of the stack continues.
 *
 * An existing resource is excluded from Pulumi's operations (`--exclude`), because Pulumi would delete it if the
 * program omitted it. A resource that doesn't exist is omitted from the program, because the policies would receive an
 * excluded one with empty inputs.
 */
export class RefusedResources {
  private readonly reasons = new Map<string, ResourceProblem[]>();
  /** URNs in the stack's state by {@link keyOf}; read when the first resource is refused. */
  private recorded: ReadonlyMap<string, string> = new Map();
  private readonly dependents: ReadonlyMap<string, readonly string[]>;

  /** @param readUrns reads the URNs of the resources in the stack's state */
  constructor(
    { customers }: Pick<StackJob, 'customers'>,
    private readonly readUrns: () => Promise<string[]>,
  ) {
    this.dependents = new Map(customers.flatMap(dependentsIn));
  }

  /** Adds the resources that were refused in an attempt. @returns the number of new ones */
  async add({ problems, tried }: EngineEvents): Promise<number> {
    const news = [...problems].filter(([urn]) => !tried.has(urn) && !this.reasons.has(keyOf(urn)));
    if (news.length > 0 && this.reasons.size === 0) {
      this.recorded = new Map((await this.readUrns()).map((urn) => [keyOf(urn), urn]));
    }
    for (const [urn, reasons] of news) this.reasons.set(keyOf(urn), reasons);
    return news.length;
  }

  /** Problems by resource key. */
  get problems(): ReadonlyMap<string, readonly ResourceProblem[]> {
    return this.reasons;
  }

  /** URNs that are excluded from Pulumi's operations. */
  get excluded(): string[] {
    return [...this.affected()].flatMap((key) => this.recorded.get(key) ?? []);
  }

  /** True if the program omits the resource. */
  leavesOut(key: string): boolean {
    return !this.recorded.has(key) && this.affected().has(key);
  }

  /** Keys of the refused resources, and of the resources that depend on them. */
  private affected(): Set<string> {
    const keys = new Set<string>();
    for (const key of this.reasons.keys()) {
      keys.add(key);
      if (!this.recorded.has(key)) for (const dependent of this.dependents.get(key) ?? []) keys.add(dependent);
    }
    return keys;
  }
}

/** Resources of a customer that others depend on, each with its dependents. */
function dependentsIn(customer: RosterCustomer): [string, string[]][] {
  const { externalId, locations, users } = customer;
  return [
    [customerKey(externalId), keysOf(customer).slice(1)],
    ...locations.map(({ name }): [string, string[]] => [
      locationKey(externalId, name),
      users.filter(({ location }) => location === name).map(({ email }) => userKey(externalId, email)),
    ]),
  ];
}
