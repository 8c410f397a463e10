import { type Customer, WebexApiError } from '../../webex';
import { changedKeys } from '../inputs/compare';
import { forgetOrganization, rememberOrganization } from '../lookups/organizations';
import { inSteps, pick } from '../outcomes/lifecycle-helpers';
import { messageOf } from '../outcomes/refusals';
import { hold } from '../run/ownership';
import { session } from '../run/session';
import { warn } from '../run/warnings';
import { isSettled, packageStatusOf, parametersOf, settled, troubles } from './backend';
import { applyHeadquarters, type Note } from './headquarters';
import type { CustomerOrgInputs } from './schema';
import { type CustomerOrgState, INPUT_KEYS } from './state';

/** Seconds that an update waits for Webex, unless `timeouts.update` says otherwise. */
const UPDATE_SECONDS = 1800;

/** Inputs that PUT /wholesale/customers changes. */
const BY_PUT = [
  'externalId',
  'packages',
  'address',
  'packageLimits',
  'meetingsTimeZone',
  'subPartnerAdminEmail',
] as const;

/** Brings an existing customer to the declaration, from whatever state an earlier run left it in. */
export async function update(
  id: string,
  state: CustomerOrgState,
  inputs: CustomerOrgInputs,
): Promise<CustomerOrgState> {
  hold('customer', id);
  const behalf = inputs.onBehalfOfSubPartnerOrgId;
  const seconds = inputs.timeouts?.update ?? UPDATE_SECONDS;
  return inSteps(id, state, false, async (note, current) => {
    if (isUnfinished(state)) note(await whereItIs(id, behalf, seconds));
    if (current().status === 'pending_rpl_review') return tellReview(inputs);
    const { orgId } = current();
    if (orgId) rememberOrganization(id, orgId);

    const headquarters = () => applyHeadquarters(current(), inputs, note);
    // First, where it exists: the PUT names the headquarters, and Webex should find it under that name.
    const exists = current().headquartersLocationId !== undefined;
    if (exists) await headquarters();
    if (changedKeys(BY_PUT, current(), inputs).length > 0 || isUnfinished(current())) {
      const { trackingId } = await put(id, inputs, seconds);
      note({ ...pick(inputs, BY_PUT), status: 'updating' });
      await waitUntilSettled(id, inputs, seconds, trackingId, note, headquarters);
    } else if (!exists) {
      await headquarters();
    }
    note(recordOf(inputs, current()));
  });
}

/** What is declared, once all of it is done. The headquarters is recorded as it was reached. */
function recordOf(inputs: CustomerOrgInputs, { headquarters }: CustomerOrgState): Partial<CustomerOrgState> {
  const all = Object.fromEntries(INPUT_KEYS.map((key) => [key, inputs[key]]));
  const attached = inputs.orgId === undefined ? undefined : true;
  return { ...all, attached, headquarters: inputs.headquarters && headquarters };
}

/** Anything but provisioned is a difference, so that the next update goes on; a refresh clears Pulumi's own note of it. */
export function isUnfinished({ status, orgId }: Pick<CustomerOrgState, 'status' | 'orgId'>): boolean {
  return status !== 'provisioned' || orgId === undefined;
}

/**
 * Waits until Webex is done, records what it says, and then configures the headquarters.
 * @throws Error with the reasons of each package that isn't provisioned; the headquarters, which may be usable all
 *   the same, is configured before.
 */
export async function waitUntilSettled(
  id: string,
  inputs: CustomerOrgInputs,
  seconds: number,
  trackingId: string | undefined,
  note: Note,
  headquarters: () => Promise<void>,
): Promise<void> {
  const customer = await settled(id, inputs.onBehalfOfSubPartnerOrgId, seconds);
  if (customer === undefined) {
    forgetOrganization(id);
    throw new Error(`customer "${inputs.externalId}" vanished from Webex while it was provisioned; run pulumi refresh`);
  }
  note(reportOf(customer));
  if (customer.orgId) rememberOrganization(id, customer.orgId);
  if (customer.status === 'pending_rpl_review') return tellReview(inputs);
  const reasons = troubles(customer, trackingId);
  if (customer.orgId === undefined && reasons.length === 0)
    reasons.push(`the customer's status is ${customer.status} and it has no organization; run pulumi up again`);
  try {
    await headquarters();
  } catch (error) {
    reasons.push(messageOf(error));
  }
  if (reasons.length > 0) throw new Error(reasons.join('\n'));
}

/** What a customer says of itself, as the state records it. */
export function reportOf(customer: Customer): Pick<CustomerOrgState, 'status' | 'orgId' | 'packageStatus'> {
  return { status: customer.status, orgId: customer.orgId, packageStatus: packageStatusOf(customer) };
}

function tellReview({ externalId }: CustomerOrgInputs): void {
  warn(
    `customer "${externalId}" waits for Cisco's export control review (RPL), which can take days; ` +
      'run pulumi up again when it is done',
  );
}

async function whereItIs(id: string, behalf: string | undefined, seconds: number): Promise<Partial<CustomerOrgState>> {
  const now = await session.webex.customers.get(id, behalf);
  const customer = isSettled(now) ? now : await settled(id, behalf, seconds);
  if (customer === undefined) throw new Error('the customer vanished from Webex; run pulumi refresh, then pulumi up');
  return reportOf(customer);
}

/** The PUT; another change that is under way (409) is waited for once. */
async function put(id: string, inputs: CustomerOrgInputs, seconds: number): Promise<{ trackingId?: string }> {
  const { externalId, packages, address, subPartnerAdminEmail, onBehalfOfSubPartnerOrgId: behalf } = inputs;
  const body = { externalId, packages, address, provisioningParameters: parametersOf(inputs), subPartnerAdminEmail };
  try {
    return await session.webex.customers.update(id, body, behalf);
  } catch (error) {
    if (!(error instanceof WebexApiError) || !error.isConflict) throw error;
    // With an answer lost before, the change that is or was under way may be this one.
    const customer = await session.webex.customers.get(id, behalf);
    if (isSettled(customer) && !error.outcomeUnknown) throw error;
    if (!isSettled(customer)) await settled(id, behalf, seconds);
    return session.webex.customers.update(id, body, behalf);
  }
}
