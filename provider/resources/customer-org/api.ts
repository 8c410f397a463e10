import {
  type Customer,
  type CustomerCreate,
  type CustomerParameters,
  type CustomerPrecheck,
  type CustomerUpdate,
  tracking,
} from '../../webex';
import type { CallingTarget } from '../calling/api';
import { fromWholesaleApi, toLocationApi } from '../inputs/address';
import { inDeclaredOrder } from '../inputs/compare';
import { keysBy } from '../inputs/keys';
import { CHANGES, type CustomerOrgInputs, type CustomerOrgState, type Headquarters } from './schema';

/** Inputs that PUT /wholesale/customers changes. */
export const CHANGED_BY_PUT = keysBy(CHANGES, 'PUT');

/** Body of POST /wholesale/customers. */
export function creationBody(inputs: CustomerOrgInputs): CustomerCreate {
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

/** Body of POST /wholesale/customers/validate: as for creation, without what the precheck doesn't take. */
export function precheckBody(inputs: CustomerOrgInputs): CustomerPrecheck {
  const { subPartnerAdminEmail: _, customerInfo, ...body } = creationBody(inputs);
  if (customerInfo === undefined) return body;
  const { name, primaryEmail } = customerInfo;
  return { ...body, customerInfo: { name, primaryEmail } };
}

/**
 * Body of PUT /wholesale/customers/{customerId} for the inputs that differ. Left out, Webex keeps what it has, but for
 * the packages: "if a package has already been assigned and is not present in this list, then that package is removed".
 * @param packages the complete list, where it isn't among what differs
 */
export function changeBody(
  changed: Partial<CustomerOrgInputs>,
  packages: CustomerOrgInputs['packages'],
): CustomerUpdate {
  const { externalId, address, subPartnerAdminEmail } = changed;
  const provisioningParameters = parametersOf(changed);
  return { externalId, packages: changed.packages ?? packages, address, provisioningParameters, subPartnerAdminEmail };
}

/** `provisioningParameters` of what is declared. */
function parametersOf(
  inputs: Pick<Partial<CustomerOrgInputs>, 'headquarters' | 'meetingsTimeZone' | 'packageLimits'>,
): CustomerParameters | undefined {
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

/** The headquarters as a location whose calling is applied. */
export function headquartersTarget(
  orgId: string,
  locationId: string,
  hq: Headquarters,
  seconds: number,
): CallingTarget {
  return {
    orgId,
    locationId,
    name: hq.name,
    timeZone: hq.timeZone,
    preferredLanguage: hq.language,
    announcementLanguage: hq.language,
    address: toLocationApi(hq.address),
    path: 'headquarters.calling',
    seconds,
  };
}

/** What a customer returns of its inputs. */
export function inputsFromApi(
  customer: Customer,
  declared: CustomerOrgState | undefined,
): Pick<CustomerOrgState, 'externalId' | 'address' | 'packages'> {
  return {
    externalId: customer.externalId ?? declared?.externalId ?? '',
    address: fromWholesaleApi(customer.address) ?? (declared?.address as CustomerOrgState['address']),
    packages: inDeclaredOrder(declared?.packages, customer.packages as CustomerOrgState['packages']),
  };
}

/** What a customer returns of its provisioning. */
export function outputsFromApi(customer: Customer): Pick<CustomerOrgState, 'status' | 'orgId' | 'packageStatus'> {
  const { status, orgId } = customer;
  const packages = customer.resourceDetails?.packages ?? [];
  const packageStatus = Object.fromEntries(packages.map((entry) => [entry.name, entry.status ?? status]));
  return { status, orgId, packageStatus };
}

/** Why a customer isn't wholly provisioned: one text for each package or error. Empty for one that is. */
export function provisioningErrors(customer: Customer, trackingId: string | undefined): string[] {
  if (customer.status !== 'error' && customer.status !== 'provisioned_with_errors') return [];
  const described = (entries: { errorCode?: number | string; description?: string }[]) =>
    entries
      .map(({ errorCode, description }) => [errorCode && `error ${errorCode}`, description].filter(Boolean).join(': '))
      .join('; ');
  const found: string[] = [];
  for (const { name, status, errors, warnings } of customer.resourceDetails?.packages ?? []) {
    if (status !== 'error' && errors.length === 0) continue;
    found.push(
      `package ${name} is in error: ${described([...errors, ...warnings]) || 'no reason given'}${tracking({ trackingId })}`,
    );
  }
  if (customer.errors.length > 0) found.push(`${described(customer.errors)}${tracking({ trackingId })}`);
  return found.length > 0
    ? found
    : [`the customer's status is ${customer.status} and Webex gives no reason${tracking({ trackingId })}`];
}
