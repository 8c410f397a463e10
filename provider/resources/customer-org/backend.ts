import type { Customer, CustomerCreate, CustomerParameters, CustomerPrecheck } from '../../webex';
import type { CallingTarget } from '../calling/target';
import { toLocationApi } from '../inputs/address';
import { customerLookup } from '../lookups/customer-lookup';
import { SharedPoller, type Source } from '../outcomes/poller';
import { session } from '../run/session';
import type { CustomerOrgInputs, Headquarters } from './schema';

/** Statuses in which Webex is still at work by itself. */
const UNDER_WAY = ['provisioning', 'updating', 'deleting'];

/**
 * Whether Webex is done with a customer, for good or bad; RPL review takes days and isn't waited for. One that is
 * provisioned and names no organization isn't: without that, neither headquarters nor users can be reached.
 */
export function isSettled({ status, orgId }: Pick<Customer, 'status' | 'orgId'>): boolean {
  return !UNDER_WAY.includes(status) && (status !== 'provisioned' || orgId !== undefined);
}

const pollers = new Map<string, SharedPoller<Customer>>();

/** Waits until Webex is done with a customer; undefined when it is gone. One poller for all customers of a (sub-)partner. */
export function settled(id: string, behalf: string | undefined, seconds: number): Promise<Customer | undefined> {
  return pollerOf('Provisioning the customer', behalf).wait(id, seconds);
}

/** Milliseconds after which a customer may be gone that was removed: those that are removed together are asked for together. */
const FIRST_LOOK_AFTER_REMOVAL = 100;

/** Waits until a customer is removed; what Webex has of it where it is done with it and it is still there. */
export function removed(id: string, behalf: string | undefined, seconds: number): Promise<Customer | undefined> {
  return pollerOf('Removing the customer', behalf, FIRST_LOOK_AFTER_REMOVAL).wait(id, seconds);
}

function pollerOf(what: string, behalf: string | undefined, firstMs?: number): SharedPoller<Customer> {
  const key = `${what} ${behalf}`;
  const poller = pollers.get(key) ?? new SharedPoller<Customer>(customersOf(behalf), what, firstMs);
  pollers.set(key, poller);
  return poller;
}

function customersOf(behalf: string | undefined): Source<Customer> {
  return {
    listUnfinished: async (scope) => {
      let isComplete = true;
      const goOn = async () => {
        isComplete = scope === 'all';
        return isComplete;
      };
      const unfinished = await session.webex.customers.list({ status: UNDER_WAY }, behalf, goOn);
      return { ids: new Set(unfinished.map(({ id }) => id)), isComplete };
    },
    // Anew each time: what is looked up has just changed.
    lookUp: () => {
      const lookup = customerLookup(behalf);
      return (id) => lookup.find(id);
    },
    isFinished: isSettled,
  };
}

/** Status of each package, by name. */
export function packageStatusOf(customer: Customer): Record<string, string> {
  const details = customer.resourceDetails?.packages ?? [];
  return Object.fromEntries(details.map(({ name, status }) => [name, status ?? customer.status]));
}

/** Why a customer isn't wholly provisioned: one text for each package or error. Empty when all is well. */
export function troubles(customer: Customer, trackingId: string | undefined): string[] {
  if (customer.status !== 'error' && customer.status !== 'provisioned_with_errors') return [];
  const tracking = trackingId ? ` (trackingId ${trackingId})` : '';
  const tell = (entries: { errorCode?: number | string; description?: string }[]) =>
    entries
      .map(({ errorCode, description }) => [errorCode && `error ${errorCode}`, description].filter(Boolean).join(': '))
      .join('; ');
  const found: string[] = [];
  for (const { name, status, errors, warnings } of customer.resourceDetails?.packages ?? []) {
    if (status !== 'error' && errors.length === 0) continue;
    found.push(`package ${name} is in error: ${tell([...errors, ...warnings]) || 'no reason given'}${tracking}`);
  }
  if (customer.errors.length > 0) found.push(`${tell(customer.errors)}${tracking}`);
  return found.length > 0
    ? found
    : [`the customer's status is ${customer.status} and Webex gives no reason${tracking}`];
}

/** `provisioningParameters` of what is declared. */
export function parametersOf(inputs: CustomerOrgInputs): CustomerParameters | undefined {
  const { headquarters: hq, meetingsTimeZone, packageLimits } = inputs;
  const parameters: CustomerParameters = {};
  if (hq) {
    const { name, address, timeZone: timezone, language, emergencyLocationIdentifier } = hq;
    parameters.calling = { location: { name, address, timezone, language, emergencyLocationIdentifier } };
  }
  if (meetingsTimeZone !== undefined) parameters.meetings = { timezone: meetingsTimeZone };
  const limits = Object.entries(packageLimits ?? {}).filter(
    (entry): entry is [string, number] => entry[1] !== undefined,
  );
  if (limits.length > 0) parameters.packages = { limits: Object.fromEntries(limits) };
  return Object.keys(parameters).length > 0 ? parameters : undefined;
}

/** Body of POST /wholesale/customers. */
export function creationOf(inputs: CustomerOrgInputs): CustomerCreate {
  const { provisioningId, externalId, packages, orgId, address, subPartnerAdminEmail, name, primaryEmail, language } =
    inputs;
  return {
    provisioningId,
    externalId,
    packages,
    orgId,
    address,
    ...(name !== undefined && primaryEmail !== undefined && { customerInfo: { name, primaryEmail, language } }),
    provisioningParameters: parametersOf(inputs),
    subPartnerAdminEmail,
  };
}

/** Body of POST /wholesale/customers/validate: as for creation, without what the precheck doesn't know. */
export function precheckOf(inputs: CustomerOrgInputs): CustomerPrecheck {
  const { subPartnerAdminEmail: _, customerInfo, ...body } = creationOf(inputs);
  if (customerInfo === undefined) return body;
  const { name, primaryEmail } = customerInfo;
  return { ...body, customerInfo: { name, primaryEmail } };
}

/** The headquarters as a location whose calling is reconciled. */
export function headquartersTarget(orgId: string, locationId: string, hq: Headquarters): CallingTarget {
  return {
    orgId,
    locationId,
    name: hq.name,
    timeZone: hq.timeZone,
    preferredLanguage: hq.language,
    announcementLanguage: hq.language,
    address: toLocationApi(hq.address),
    path: 'headquarters.calling',
  };
}
