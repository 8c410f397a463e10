import type { KindName } from '../../kinds';
import { UNKNOWN } from '../../lifecycle';
import { RECORDABLE } from '../../resources/customer-org/schema';
import { isSameText } from '../../resources/inputs/spelling';
import { PagedLookup } from '../../resources/lookups/paged-lookup';
import type { Customer, Location, Subscriber, WebexClient } from '../../webex';
import { type Declared, type Listing, SECRET } from './declared';
import { isPlain } from './differences';

/** The result for a declared resource. */
export type Finding =
  | { status: 'found'; id: string; declared: Record<string, unknown> }
  /** Doesn't exist: the next `pulumi up` creates it. */
  | { status: 'absent'; why: string }
  /** Exists, but can't be adopted. */
  | { status: 'refused'; why: string };

/** The customer of a location or user, or its result if it wasn't found. */
type Owner = { headquarters?: Headquarters } & (
  | { customer: Customer; finding?: never }
  | { customer?: never; finding: Finding }
);

/** A customer's headquarters: by its declared name, or by the ID that the state has. */
type Headquarters = { name?: unknown; id?: unknown };

/** An object that was found, or that the state has. */
interface Known {
  id: string;
  /** Of a customer that was found. */
  customer?: Customer;
  /** Of a customer. */
  headquarters?: Headquarters;
}

/**
 * Finds declared objects in Webex by their natural keys, with lists where one replaces several requests. Writes
 * nothing.
 */
export class Finder {
  private readonly customers = new Map<string, CustomersByKey>();
  private readonly owners = new Map<string, Promise<Customer>>();
  private readonly locations = new Map<string, Promise<Location[]>>();
  private readonly users = new Map<string, Promise<Subscriber[]>>();
  private readonly found = new Map<string, Known>();

  /** How each kind is found, in this order: a resource refers to those before it. */
  private readonly byKind: {
    [kind in KindName]: (each: Declared, findings: ReadonlyMap<string, Finding>) => Promise<Finding>;
  } = {
    OnboardingTemplate: (each) => this.template(each),
    CustomerOrg: (each) => this.customer(each),
    Location: (each, findings) => this.location(each, findings),
    User: (each, findings) => this.user(each, findings),
  };

  constructor(private readonly webex: WebexClient) {}

  /**
   * Finds the declared resources: templates and customers before their locations and users.
   * @param recorded the resources in the state
   */
  async find(declared: readonly Declared[], recorded: Listing['recorded'] = []): Promise<Map<string, Finding>> {
    for (const { urn, kind, id, inputs } of recorded) {
      this.found.set(urn, {
        id,
        ...(kind === 'CustomerOrg' && { headquarters: { id: inputs.headquartersLocationId } }),
      });
    }
    const findings = new Map<string, Finding>();
    for (const [kind, find] of Object.entries(this.byKind)) {
      await Promise.all(
        declared
          .filter((each) => each.kind === kind)
          .map(async (each) => {
            findings.set(each.urn, await find(each, findings));
          }),
      );
    }
    return findings;
  }

  private async template({ urn, inputs }: Declared): Promise<Finding> {
    const { provisioningId, name } = inputs;
    if (isKnown(provisioningId)) return this.record(urn, provisioningId, inputs);
    if (name === SECRET) return hidden('name', name);
    if (!isKnown(name)) return { status: 'absent', why: 'it has neither a provisioning ID nor a name' };
    const same = (await this.webex.templates.list()).find((template) => template.name === name);
    if (same === undefined) return { status: 'absent', why: `the template service has no template "${name}"` };
    return this.record(urn, same.provisioningId, inputs);
  }

  private async customer({ urn, inputs }: Declared): Promise<Finding> {
    const { externalId } = inputs;
    if (!isKnown(externalId)) return hidden('externalId', externalId);
    const { customer, count } = await this.customersOf(subPartnerOf(inputs)).find(externalId);
    if (customer === undefined) return { status: 'absent', why: `no customer has the externalId "${externalId}"` };
    if (count > 1) {
      const why = `${count} customers have the externalId "${externalId}"; import the one that is meant by its ID`;
      return { status: 'refused', why };
    }
    if (!RECORDABLE.includes(customer.status) || customer.orgId === undefined) {
      const reasons = customer.errors.flatMap(({ description }) => description || []).join('; ');
      const next = customer.status === 'error' ? 'what went wrong is corrected' : 'Webex is done with it';
      const why = `its status is ${customer.status}${reasons && ` (${reasons})`}; run this again once ${next}`;
      return { status: 'refused', why };
    }
    const { headquarters } = inputs;
    this.found.set(urn, { id: customer.id, customer, ...(isPlain(headquarters) && { headquarters }) });
    return { status: 'found', id: customer.id, declared: { ...known(inputs), ...this.references(inputs, {}) } };
  }

  private async location(each: Declared, findings: ReadonlyMap<string, Finding>): Promise<Finding> {
    const { customer, headquarters, finding } = await this.customerOf(each, findings);
    if (customer === undefined) return finding;
    const { name } = each.inputs;
    if (!isKnown(name)) return hidden('name', name);
    const all = await this.locationsOf(customer.orgId ?? '');
    const found = all.find((location) => location.name === name);
    if (found !== undefined && (headquarters?.name === name || headquarters?.id === found.id))
      return { status: 'refused', why: `it is the headquarters, which its CustomerOrg declares; remove this Location` };
    if (found !== undefined) return this.record(each.urn, found.id, each.inputs, { customerId: customer.id });
    const similar = all.find((location) => location.name.toLowerCase() === name.toLowerCase());
    if (similar === undefined) return { status: 'absent', why: `the organization has no location "${name}"` };
    return {
      status: 'refused',
      why: `the organization has a location "${similar.name}", declared is "${name}": names are compared letter by letter. Correct the declaration`,
    };
  }

  private async user(each: Declared, findings: ReadonlyMap<string, Finding>): Promise<Finding> {
    const { customer, finding } = await this.customerOf(each, findings);
    if (customer === undefined) return finding;
    const { email } = each.inputs;
    if (!isKnown(email)) return hidden('e-mail address', email);
    const onBehalfOf = subPartnerOf(each.inputs);
    const isIt = (subscriber: Subscriber) => isSameText(subscriber.email, email, 'email');
    const found = (await this.usersOf(customer.id, onBehalfOf)).find(isIt);
    if (found !== undefined) {
      const more = { customerId: customer.id, locationId: await this.locationIdOf(each) };
      return this.record(each.urn, found.id, each.inputs, more);
    }
    const elsewhere = (await this.webex.subscribers.list({ email }, onBehalfOf)).find(isIt);
    if (elsewhere === undefined) return { status: 'absent', why: `the customer has no user ${email}` };
    const owner = elsewhere.externalCustomerId ?? elsewhere.customerId ?? 'another one';
    return {
      status: 'refused',
      why: `${email} is a user of another customer (${owner}); remove it there first, or correct the declaration`,
    };
  }

  /** The customer of a location or user, or the result of a customer that wasn't found. */
  private async customerOf({ inputs, from }: Declared, findings: ReadonlyMap<string, Finding>): Promise<Owner> {
    const { customerId } = inputs;
    const urn = (from.customerId ?? []).find((each) => this.found.has(each) || findings.has(each));
    const owner = urn === undefined ? undefined : this.found.get(urn);
    const headquarters = owner?.headquarters && { headquarters: owner.headquarters };
    if (owner?.customer) return { customer: owner.customer, ...headquarters };
    const id = isKnown(customerId) ? customerId : owner?.id;
    if (id !== undefined) return { ...(await this.customerById(id, subPartnerOf(inputs))), ...headquarters };
    const finding = urn === undefined ? undefined : findings.get(urn);
    if (finding === undefined || finding.status === 'found') {
      return { finding: { status: 'refused', why: 'its customer is known only once something else is created' } };
    }
    return { finding: { ...finding, why: `its customer isn't adopted: ${finding.why}` } };
  }

  private async customerById(id: string, onBehalfOf: string | undefined): Promise<Owner> {
    const customer = await once(this.owners, id, () => this.webex.customers.get(id, onBehalfOf));
    if (customer.orgId !== undefined) return { customer };
    const why = `its customer has no organization: its status is ${customer.status}`;
    return { finding: { status: 'refused', why } };
  }

  /** The ID of a location, also of the headquarters (`customer.headquartersLocationId`). */
  private async locationIdOf({ inputs, from }: Declared): Promise<string | undefined> {
    if (isKnown(inputs.locationId)) return inputs.locationId;
    const source = (from.locationId ?? []).map((urn) => this.found.get(urn)).find((known) => known !== undefined);
    const { id, customer, headquarters } = source ?? {};
    if (headquarters === undefined) return customer === undefined ? id : undefined;
    if (customer?.orgId === undefined) return isKnown(headquarters.id) ? headquarters.id : undefined;
    return (await this.locationsOf(customer.orgId)).find(({ name }) => name === headquarters.name)?.id;
  }

  private record(
    urn: string,
    id: string,
    inputs: Record<string, unknown>,
    more: Record<string, unknown> = {},
  ): Finding {
    this.found.set(urn, { id });
    return { status: 'found', id, declared: { ...known(inputs), ...this.references(inputs, more) } };
  }

  /** Replaces unknown values by the found IDs. */
  private references(inputs: Record<string, unknown>, more: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(more).filter(([key, value]) => value !== undefined && key in inputs));
  }

  private customersOf(onBehalfOf: string | undefined): CustomersByKey {
    const key = onBehalfOf ?? '';
    const lookup = this.customers.get(key) ?? new CustomersByKey(this.webex, onBehalfOf);
    this.customers.set(key, lookup);
    return lookup;
  }

  private locationsOf(orgId: string): Promise<Location[]> {
    return once(this.locations, orgId, () => this.webex.locations.list({ orgId }));
  }

  private usersOf(customerId: string, onBehalfOf: string | undefined): Promise<Subscriber[]> {
    return once(this.users, customerId, () => this.webex.subscribers.list({ customerId }, onBehalfOf));
  }
}

/** Customers of a (sub-)partner by externalId, with single requests or, for many, with a list. */
class CustomersByKey {
  private readonly counts = new Map<string, number>();
  private readonly lookup: PagedLookup<Customer>;

  constructor({ customers }: WebexClient, onBehalfOf: string | undefined) {
    const keyOf = ({ externalId = '' }: Customer) => {
      this.counts.set(externalId, (this.counts.get(externalId) ?? 0) + 1);
      return externalId;
    };
    const get = async (externalId: string) => {
      const [first, ...others] = (await customers.list({ externalId }, onBehalfOf)).filter(
        (each) => each.externalId === externalId,
      );
      this.counts.set(externalId, 1 + others.length);
      return first;
    };
    this.lookup = new PagedLookup<Customer>({
      pages: () => customers.pages({}, onBehalfOf),
      keyOf,
      get,
      isSmall: false,
    });
  }

  async find(externalId: string): Promise<{ customer?: Customer; count: number }> {
    const customer = await this.lookup.find(externalId);
    return { ...(customer && { customer }), count: this.counts.get(externalId) ?? 0 };
  }
}

function once<T>(kept: Map<string, Promise<T>>, key: string, load: () => Promise<T>): Promise<T> {
  const value = kept.get(key) ?? load();
  kept.set(key, value);
  return value;
}

function isKnown(value: unknown): value is string {
  return typeof value === 'string' && value !== SECRET && !value.includes(UNKNOWN);
}

/** The result for an object whose key the preview doesn't show. */
function hidden(what: string, key: unknown): Finding {
  const why =
    key === SECRET
      ? `its ${what} is secret, and Pulumi doesn't show it to this command; pulumi up takes the object over if it exists`
      : `its ${what} is known only once something else is created`;
  return { status: 'refused', why };
}

function subPartnerOf({ onBehalfOfSubPartnerOrgId }: Record<string, unknown>): string | undefined {
  return isKnown(onBehalfOfSubPartnerOrgId) ? onBehalfOfSubPartnerOrgId : undefined;
}

/** True if a value or a part of it is unknown or secret. */
function isHidden(value: unknown): boolean {
  const text = JSON.stringify(value ?? '');
  return text.includes(UNKNOWN) || text.includes(JSON.stringify(SECRET));
}

/** The known inputs. */
function known(inputs: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => !isHidden(value)));
}
