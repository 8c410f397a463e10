import type { Customer } from '../../webex';
import { orGone } from '../outcomes/errors';
import type { Run } from '../run/run';
import { customerLookup } from './customers';

/** The customer isn't provisioned yet: Webex names the organization only then. */
export class NoOrganizationError extends Error {
  override readonly name = 'NoOrganizationError';
}

/** The organizations of customers, looked up once a customer and run. */
export class Organizations {
  private readonly byCustomer = new Map<string, Promise<string>>();

  static of(run: Run): Organizations {
    return run.memory.forRun('organizations', () => new Organizations(run));
  }

  private constructor(private readonly run: Run) {}

  /** Records a customer's organization, so that its users and locations need no request for it. */
  set(customerId: string, orgId: string): void {
    this.byCustomer.set(customerId, Promise.resolve(orgId));
  }

  /** Whether a customer's organization is known or being asked for. */
  has(customerId: string): boolean {
    return this.byCustomer.has(customerId);
  }

  /** A customer's organization must be asked for again. */
  delete(customerId: string): void {
    this.byCustomer.delete(customerId);
  }

  /**
   * Organization ID of a customer.
   * @throws NoOrganizationError
   */
  get(customerId: string, onBehalfOf: string | undefined): Promise<string> {
    const found = this.byCustomer.get(customerId);
    if (found) return found;
    const asked = this.find(customerId, onBehalfOf).then(({ orgId, status }) => {
      if (orgId) return orgId;
      throw new NoOrganizationError(
        `The customer has no Webex organization yet: its status is ${status}. ` +
          (status === 'pending_rpl_review'
            ? 'Cisco reviews it for export control; run pulumi up once that is done.'
            : 'Run pulumi up again once it is provisioned.'),
      );
    });
    this.byCustomer.set(customerId, asked);
    // Unless it became known meanwhile, it must be asked for again.
    asked.catch(() => this.byCustomer.get(customerId) === asked && this.byCustomer.delete(customerId));
    return asked;
  }

  /**
   * A customer never gets another organization, so an old list is good enough if the organization is in it.
   * @throws WebexApiError (404) for a customer that doesn't exist
   */
  private async find(customerId: string, onBehalfOf: string | undefined): Promise<Customer> {
    const { memory, webex } = this.run;
    const lookup = memory.forRun(`organizations:${onBehalfOf}`, () => customerLookup(this.run, onBehalfOf));
    let asked: Customer | undefined;
    const ask = async () => {
      asked = await webex.customers.get(customerId, onBehalfOf);
      return asked;
    };
    const listed = await lookup.find(customerId, ask);
    return asked ?? (listed?.orgId ? listed : ask());
  }
}

/** Name of an organization, where the token may read it. */
export async function organizationName({ memory, webex }: Run, orgId: string): Promise<string | undefined> {
  const asked = memory.untilWrite(`organization:${orgId}`, () => orGone(webex.organizations.get(orgId)));
  return (await asked)?.displayName;
}

/** Organization ID of the customer that an object belongs to. @throws Error where the customer isn't provisioned yet */
export function organizationOf(
  run: Run,
  { customerId, onBehalfOfSubPartnerOrgId }: { customerId: string; onBehalfOfSubPartnerOrgId?: string },
): Promise<string> {
  return Organizations.of(run).get(customerId, onBehalfOfSubPartnerOrgId);
}
