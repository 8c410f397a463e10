import { z } from 'zod';
import { type CheckFailure, UNKNOWN } from '../../lifecycle';
import { CUSTOMER_PACKAGES, dependenciesOf, hasCalling, LIMITED_PACKAGES } from '../../packages';
import { calling, callingFailures, nameFailures } from '../calling/schema';
import type { OfPartner } from '../define/partner';
import { address, locationAddress } from '../inputs/address';
import { idOf, provisioningId, subPartnerId } from '../inputs/ids';
import { type Changes, keysOf, pick } from '../inputs/keys';
import { email, language, oneOf, optional, reconciliation, required, text, timeZone } from '../inputs/validation';

const headquarters = z.strictObject({
  name: required(text),
  address: required(locationAddress),
  timeZone: required(timeZone),
  language: required(language),
  emergencyLocationIdentifier: optional(text),
  supportedLocationVerified: required(z.boolean()),
  calling: optional(calling),
});

const limit = optional(z.number().int('must be a whole number').min(0, 'must not be below 0'));
const packageLimits = z.strictObject(
  Object.fromEntries(LIMITED_PACKAGES.map((name) => [name, limit])) as Record<
    (typeof LIMITED_PACKAGES)[number],
    typeof limit
  >,
);

/** Inputs of a customer organization (args.ts), as `check` lets them pass. */
export const customerOrgInputs = z.strictObject({
  provisioningId: required(provisioningId),
  externalId: required(text),
  name: optional(text.refine((value) => !value.includes('%'), 'must not contain "%"')),
  primaryEmail: optional(email),
  language: optional(language),
  address: required(address),
  packages: required(z.array(required(oneOf(CUSTOMER_PACKAGES))).min(1, 'must name at least one package')),
  packageLimits: optional(packageLimits),
  headquarters: optional(headquarters),
  meetingsTimeZone: optional(timeZone),
  orgId: optional(idOf(['ORGANIZATION'], 'the organization ID that Partner Hub shows')),
  subPartnerAdminEmail: optional(email),
  onBehalfOfSubPartnerOrgId: optional(subPartnerId),
  removal: optional(oneOf(['unlink', 'delete'])),
  ...reconciliation,
});

/** Checked inputs. `previous` is written by check where packages change, for policies; it is never in a state. */
export type CustomerOrgInputs = z.output<typeof customerOrgInputs> & { previous?: { packages: string[] } };
/** Checked headquarters. */
export type Headquarters = z.output<typeof headquarters>;

/**
 * What is declared of a customer; all of it is recorded in the state. `orgId` is also an output, which is there when
 * it isn't declared: `attached` says which.
 */
export const INPUT_KEYS = keysOf(customerOrgInputs, ['orgId']);

/**
 * What changes each input: PUT /wholesale/customers, which has no customerInfo and no provisioningId, or the operations
 * of the headquarters.
 */
export const CHANGES = {
  provisioningId: 'never',
  externalId: 'PUT',
  name: 'never',
  primaryEmail: 'never',
  language: 'never',
  address: 'PUT',
  packages: 'PUT',
  packageLimits: 'PUT',
  headquarters: 'headquarters',
  meetingsTimeZone: 'PUT',
  orgId: 'never',
  subPartnerAdminEmail: 'PUT',
  onBehalfOfSubPartnerOrgId: 'never',
  removal: 'recorded',
  adopt: 'recorded',
  allowReplacement: 'recorded',
  timeouts: 'recorded',
} as const satisfies Changes<z.output<typeof customerOrgInputs>>;

/** State of a customer organization: what is declared, and what Webex returns. */
export interface CustomerOrgState extends Omit<CustomerOrgInputs, 'previous'>, OfPartner {
  status: string;
  packageStatus: Record<string, string>;
  headquartersLocationId?: string;
  /** The declaration named `orgId`. Without it, `orgId` is what Webex assigned. */
  attached?: boolean;
}

/** The inputs that a state stands for. */
export function inputsOf(state: CustomerOrgState): CustomerOrgInputs {
  return { ...pick(state, INPUT_KEYS), ...(state.attached && { orgId: state.orgId }) };
}

/** The state of a customer that Webex provisions now. */
export function startOf(inputs: CustomerOrgInputs): CustomerOrgState {
  const attached = inputs.orgId !== undefined && { attached: true };
  return { ...pick(inputs, INPUT_KEYS), ...attached, status: 'provisioning', packageStatus: {} };
}

/**
 * Anything but provisioned is a difference, so that the next update continues; a refresh clears Pulumi's own note of
 * it.
 */
export function isFinished({ status, orgId }: Pick<CustomerOrgState, 'status' | 'orgId'>): boolean {
  return status === 'provisioned' && orgId !== undefined;
}

/** Statuses of customers that can be declared and recorded: they have an organization, and Webex is done with them. */
export const RECORDABLE: readonly string[] = ['provisioned', 'provisioned_with_errors'];

/** Rules that need no request. Inputs have the right shape, but may hold {@link UNKNOWN} anywhere. */
export function customerOrgRules(inputs: CustomerOrgInputs): CheckFailure[] {
  const failures: CheckFailure[] = [];
  const fail = (property: string, reason: string) => failures.push({ property, reason });
  if (inputs.orgId === undefined) {
    // customerInfo is "Mandatory for new customer. Optional if Organization ID is provided."
    for (const key of ['name', 'primaryEmail'] as const) {
      if (inputs[key] === undefined)
        fail(key, 'is required for a new organization (or give orgId to attach an existing one)');
    }
  }
  const packages = Array.isArray(inputs.packages) ? inputs.packages : undefined;
  if (packages === undefined || packages.some((name) => (name as string) === UNKNOWN)) return failures;
  packages.forEach((name, index) => {
    if (packages.indexOf(name) !== index) fail(`packages[${index}]`, `${name} is listed twice`);
    const needs = dependenciesOf(name);
    if (needs.length > 0 && !needs.some((other) => packages.includes(other))) {
      fail(`packages[${index}]`, `${name} depends on one of ${needs.join(', ')}; add one of them`);
    }
  });
  const limits = typeof inputs.packageLimits === 'object' ? inputs.packageLimits : {};
  for (const name of Object.keys(limits) as (keyof typeof limits)[]) {
    if (limits[name] !== undefined && !packages.includes(name)) {
      fail(
        `packageLimits.${name}`,
        `is a limit for a package that the organization doesn't have; add ${name} to packages or remove the limit`,
      );
    }
  }
  headquartersRules(inputs, packages, fail);
  return failures;
}

function headquartersRules(
  inputs: CustomerOrgInputs,
  packages: string[],
  fail: (property: string, reason: string) => void,
): void {
  const callingPackages = packages.filter(hasCalling);
  const { headquarters: hq } = inputs;
  if (hq === undefined) {
    if (callingPackages.length > 0)
      fail('headquarters', `is required, because ${callingPackages.join(', ')} brings Webex Calling`);
    return;
  }
  if ((hq as unknown) === UNKNOWN) return;
  if (callingPackages.length === 0) {
    fail(
      'headquarters',
      'is created only with a package that brings Webex Calling; add one (webex_calling, webex_suite) or remove it',
    );
    return;
  }
  if (hq.supportedLocationVerified === false) {
    fail(
      'headquarters.supportedLocationVerified',
      'must be true: it stands for the confirmation in Partner Hub that the headquarters is in a supported location. Verify the ' +
        'country and address with Cisco, then set it',
    );
  }
  for (const failure of nameFailures(hq.name, 'headquarters.name')) fail(failure.property, failure.reason);
  for (const failure of callingFailures(hq.calling, 'headquarters.calling')) fail(failure.property, failure.reason);
  if (hq.calling?.enabled === false) {
    fail('headquarters.calling.enabled', "can't be false: the last calling location of a customer can't be disabled");
  }
}
