import { isWebexId } from '../inputs/ids';
import { pick } from '../inputs/keys';
import { customerByKey } from '../lookups/customers';
import type { Run } from '../run/run';
import { limitsInWebex, withLicenses } from './limits';
import { read } from './read';
import { type CustomerOrgInputs, type CustomerOrgState, type Headquarters, startOf } from './schema';

/** ID of the customer that has this ID or externalId. @throws Error where there is none, or more than one */
export async function identify(run: Run, key: string): Promise<string> {
  if (isWebexId(key)) return key;
  return (await customerByKey(run, key, run.settings.onBehalfOfSubPartnerOrgId)).id;
}

/**
 * An existing customer as a state. Reading keeps the declared value where Webex returns none; but limits that Webex
 * doesn't return, and a headquarters that isn't found, are not taken for those that are declared: the update sets them.
 */
export async function adopted(
  run: Run,
  id: string,
  declared: CustomerOrgInputs,
): Promise<CustomerOrgState | undefined> {
  const state = await read(run, id, startOf(declared), 'full');
  if (state === undefined) return undefined;
  const { packageLimits, onBehalfOfSubPartnerOrgId: onBehalfOf } = declared;
  const { orgId, headquartersLocationId, headquarters } = state;
  const customer = packageLimits && orgId !== undefined ? await withLicenses(run, id, onBehalfOf) : undefined;
  const real = customer && orgId !== undefined ? await limitsInWebex(run, orgId, customer) : {};
  return {
    ...state,
    packageLimits: packageLimits && pick(real, Object.keys(packageLimits)),
    headquarters: headquartersLocationId === undefined ? undefined : headquarters,
  };
}

/** What Webex never returns of a customer. */
const NEVER_RETURNED = [
  'provisioningId',
  'primaryEmail',
  'language',
  'meetingsTimeZone',
  'subPartnerAdminEmail',
] as const;

/** Completes inputs or a state that an import made: only there the provisioning ID is missing. */
export function withUnreturned<T extends object>(recorded: T, inputs: CustomerOrgInputs): T {
  const imported: Partial<CustomerOrgInputs> = recorded;
  if (imported.provisioningId !== undefined) return recorded;
  const headquarters = headquartersWith(imported.headquarters, inputs.headquarters);
  return { ...recorded, ...pick(inputs, NEVER_RETURNED), ...(headquarters && { headquarters }) };
}

/** The identifier for emergency calls is returned for some countries only. */
function headquartersWith(recorded: Headquarters | undefined, now: Headquarters | undefined): Headquarters | undefined {
  const identifier = recorded?.emergencyLocationIdentifier ?? now?.emergencyLocationIdentifier;
  return recorded && { ...recorded, ...(identifier !== undefined && { emergencyLocationIdentifier: identifier }) };
}
