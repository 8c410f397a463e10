import type { CheckFailure } from '../../lifecycle';
import { NewCustomers } from '../lookups/new-customers';
import type { Hints } from '../prechecks/precheck';
import { Prechecks } from '../prechecks/precheck';
import type { Run } from '../run/run';
import { precheckBody } from './api';
import { findUnlinkedOrganization, unlinkedReason } from './find';
import type { CustomerOrgInputs } from './schema';

/** Words of Cisco's descriptions, and the input that each is about. */
export const HINTS: Hints = [
  // Before the template: a country may be one that the template's region lacks.
  [/country/i, 'address.country'],
  [/provisioning ?id|template/i, 'provisioningId'],
  [/external ?id/i, 'externalId'],
  [/e-?mail/i, 'primaryEmail'],
  [/limit/i, 'packageLimits'],
  [/timezone|time zone/i, 'headquarters.timeZone'],
  [/location/i, 'headquarters'],
  [/address|state|postal|zip/i, 'address'],
  [/package/i, 'packages'],
  [/organi[sz]ation|orgId/i, 'orgId'],
  [/language/i, 'language'],
  [/name/i, 'name'],
];

/** Sends Cisco's precheck of a customer: POST /wholesale/customers/validate. */
export function sendPrecheck({ webex }: Run, inputs: CustomerOrgInputs): Promise<unknown> {
  return webex.customers.precheck(precheckBody(inputs), inputs.onBehalfOfSubPartnerOrgId);
}

/** An organization of that name without a customer explains the refusal; `adopt` allows to attach it. */
export async function refusedPrecheck(
  run: Run,
  inputs: CustomerOrgInputs,
  failures: CheckFailure[],
): Promise<CheckFailure[]> {
  const orgId = await findUnlinkedOrganization(run, inputs);
  if (orgId === undefined) return failures;
  if (inputs.adopt !== true) return [{ property: 'orgId', reason: unlinkedReason(inputs.name, orgId) }];
  NewCustomers.of(run).addAttached(orgId, inputs.packages);
  return (await Prechecks.of(run).ask(() => sendPrecheck(run, { ...inputs, orgId }), HINTS)) ?? [];
}
