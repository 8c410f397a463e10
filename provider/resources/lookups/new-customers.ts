import type { Run } from '../run/run';

/**
 * The customers that this run declares without a record in Pulumi's state. In preview, users of such a customer don't
 * know its ID, but the customer may exist: after a rename of its resource, `pulumi up` adopts it, with its users.
 */
export class NewCustomers {
  private readonly lookups = new Map<string, () => Promise<string | undefined>>();
  private readonly withoutUsers = new Set<string>();
  private readonly attached = new Map<string, readonly string[]>();
  private readonly headquarters = new Map<string, string>();
  private readonly withOtherCalling = new Set<string>();

  static of(run: Run): NewCustomers {
    return run.memory.forRun('new customers', () => new NewCustomers());
  }

  /**
   * Adds a customer that has no record.
   * @param find resolves to its ID where it exists in Webex; called only when a user needs to know
   */
  add(externalId: string, find: () => Promise<string | undefined>): void {
    this.lookups.set(externalId, find);
  }

  /** A customer that will be attached to an organization that exists: there may be people in it. */
  addAttached(orgId: string, packages: readonly string[]): void {
    this.attached.set(orgId, packages);
  }

  /** Organizations that customers will be attached to, with the packages that these are declared with. */
  attachedOrganizations(): { orgId: string; packages: readonly string[] }[] {
    return [...this.attached].map(([orgId, packages]) => ({ orgId, packages }));
  }

  /** This run has created a customer with an organization of its own: it has no users but those of this run. */
  addWithoutUsers(customerId: string): void {
    this.withoutUsers.add(customerId);
  }

  isWithoutUsers(customerId: string): boolean {
    return this.withoutUsers.has(customerId);
  }

  /** The headquarters of a new organization, where Webex has enabled calling. */
  addHeadquarters(orgId: string, locationId: string): void {
    this.headquarters.set(orgId, locationId);
  }

  /** This run enables calling at another location of the organization. To be called before the request. */
  addCalling(orgId: string): void {
    this.withOtherCalling.add(orgId);
  }

  /** The only calling location of an organization that this run has made; undefined where there can be several. */
  onlyCallingLocation(orgId: string): string | undefined {
    return this.withOtherCalling.has(orgId) ? undefined : this.headquarters.get(orgId);
  }

  /** IDs of those that exist and will be adopted or replaced, and how many will be created. */
  async find(): Promise<{ existing: string[]; created: number }> {
    const found = await Promise.all([...this.lookups.values()].map((find) => find()));
    const existing = found.filter((id) => id !== undefined);
    return { existing, created: found.length - existing.length };
  }
}
