import { comparable } from '../../resources/inputs/spelling';
import type { RosterCustomer } from '../roster/load';

/** A customer that its stack has and the roster no longer has, with what was declared of it. */
export interface RemovedCustomer {
  externalId: string;
  primaryEmail?: unknown;
  orgId?: unknown;
}

/** Decides whether customers may be deleted because the roster no longer has them. For all stacks of a run. */
export class Removals {
  private count = 0;
  /** externalId by what is unique in Webex: the first administrator's address, the organization. */
  private readonly declared: ReadonlyMap<string, string>;

  /** @param most maximum number of deleted customers */
  constructor(
    customers: readonly Pick<RosterCustomer, 'externalId' | 'entry'>[],
    private readonly most: number,
  ) {
    this.declared = new Map(
      customers.flatMap(({ externalId, entry }) => identities(entry).map((key) => [key, externalId])),
    );
  }

  /**
   * Why these customers may not be deleted; undefined if they may.
   * @param isPreview nothing is deleted: these don't count
   */
  refusal(removed: readonly RemovedCustomer[], isPreview: boolean): string | undefined {
    const renamed = removed.flatMap((customer) => this.renamed(customer));
    if (renamed.length > 0) return renamed.join('. ');
    if (isPreview) return undefined;
    this.count += removed.length;
    return this.count > this.most ? tooManyRemoved(removed.map(({ externalId }) => externalId)) : undefined;
  }

  /** A changed externalId is another customer to Pulumi: its users, numbers and locations would be deleted. */
  private renamed({ externalId, ...declared }: RemovedCustomer): string[] {
    const now = identities(declared).flatMap((key) => this.declared.get(key) ?? [])[0];
    if (now === undefined || now === externalId) return [];
    const reason =
      `customer "${externalId}" is no longer in the roster, and "${now}" has its primaryEmail or orgId: with another externalId, all of ` +
      `its users, numbers and locations would be deleted. Put the externalId "${externalId}" back; or, if "${now}" is another customer, ` +
      'remove the old one in a run of its own';
    return [reason];
  }
}

function identities({ primaryEmail, orgId }: Omit<RemovedCustomer, 'externalId'>): string[] {
  return [
    ...(typeof primaryEmail === 'string' ? [`email ${comparable(primaryEmail, 'primaryEmail')}`] : []),
    ...(typeof orgId === 'string' ? [`organization ${comparable(orgId, 'orgId')}`] : []),
  ];
}

function tooManyRemoved(externalIds: string[]): string {
  const { length } = externalIds;
  const named = `${externalIds.slice(0, 5).join(', ')}${length > 5 ? ', …' : ''}`;
  return (
    `${length === 1 ? '1 customer is' : `${length} customers are`} no longer in the roster (${named}), and would be deleted. ` +
    'That is more than --max-removals allows; if it is meant, repeat the command with a higher number'
  );
}
