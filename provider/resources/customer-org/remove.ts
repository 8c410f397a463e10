import { setTimeout as sleep } from 'node:timers/promises';
import type { WebexApiError } from '../../webex';
import { Organizations } from '../lookups/organizations';
import { isForbidden, messageOf, orGone } from '../outcomes/errors';
import { whenPossible } from '../outcomes/when-possible';
import type { Run } from '../run/run';
import { isChanging, removed } from './provisioning';
import type { CustomerOrgState } from './schema';
import { TIMEOUTS } from './timeouts';

/**
 * Removes the mapping of a customer and, with `removal: "delete"`, the Webex organization behind it, also where the
 * mapping is gone already.
 */
export async function remove(run: Run, id: string, state: CustomerOrgState): Promise<void> {
  const seconds = state.timeouts?.delete ?? TIMEOUTS.delete;
  const { onBehalfOfSubPartnerOrgId: onBehalfOf, removal } = state;
  const orgId = state.orgId ?? (await orGone(run.webex.customers.get(id, onBehalfOf)))?.orgId;
  Organizations.of(run).delete(id);
  await unlink(run, id, state, seconds);
  if (removal === 'delete' && orgId !== undefined) await deleteOrganization(run, orgId, state, seconds);
}

async function unlink(run: Run, id: string, state: CustomerOrgState, seconds: number): Promise<void> {
  const { customers } = run.webex;
  const { externalId, onBehalfOfSubPartnerOrgId: onBehalfOf } = state;
  const since = Date.now();
  const write = {
    what: `Removing customer "${externalId}"`,
    seconds,
    isTemporary: (error: WebexApiError) =>
      isChanging(run, id, onBehalfOf, { seconds, since, error }, () => keepsUsers(run, id, onBehalfOf)),
  };
  await whenPossible(write, run.warn, () => orGone(customers.remove(id, onBehalfOf)));
  const left = await removed(run, id, onBehalfOf, seconds);
  if (left !== undefined)
    throw new Error(`the customer was not removed: its status is ${left.status}; run pulumi destroy again`);
}

/** How often the users of a customer are listed before they count as the reason of a refusal, and the pause between. */
const LOOKS_FOR_USERS = 6;
const MS_BETWEEN_LOOKS = 500;

/**
 * Whether a customer still has users after a while: without recorded dependencies, as after an import, Pulumi removes
 * them at the same time as the customer.
 */
async function keepsUsers(
  { webex: { subscribers } }: Run,
  id: string,
  onBehalfOf: string | undefined,
): Promise<boolean> {
  for (let looks = 1; ; looks++) {
    const { value: users } = await subscribers.pages({ customerId: id }, onBehalfOf).next();
    if (users.length === 0) return false;
    if (looks === LOOKS_FOR_USERS) return true;
    await sleep(MS_BETWEEN_LOOKS);
  }
}

/**
 * Deletes the organization. Webex answers 409 while licenses remain, which it removes some time after their mappings:
 * the request is repeated until the time is over. People in the organization don't leave by waiting: an error names
 * them at once.
 */
async function deleteOrganization(run: Run, orgId: string, state: CustomerOrgState, seconds: number): Promise<void> {
  const what = `Deleting the organization of customer "${state.externalId}" (orgId ${orgId})`;
  const isTemporary = async (error: WebexApiError) => {
    if (!error.isConflict) return false;
    await refuseWithPeople(run, orgId, what, error);
    return true;
  };
  try {
    await whenPossible({ what, seconds, isTemporary }, run.warn, () => orGone(run.webex.organizations.remove(orgId)));
  } catch (error) {
    if (!isForbidden(error)) throw error;
    throw new Error(
      `${what} is not allowed to this token, so the organization stays; the customer is removed. Delete it in Partner ` +
        `Hub, or set removal: "unlink". ${messageOf(error)}`,
    );
  }
}

/** One person may stay: the first administrator of the organization ("more than 1 user"). */
const MOST_PEOPLE = 1;
/** So many are named. */
const NAMED = 5;

/** @throws Error that names the people who stay in the organization */
async function refuseWithPeople(run: Run, orgId: string, what: string, error: WebexApiError): Promise<void> {
  const { value: listed } = await run.webex.people.pages({ orgId }).next();
  if (listed.length <= MOST_PEOPLE) return;
  // Lists lag behind: those that were deleted just now don't count.
  const asked = await Promise.all(listed.slice(0, NAMED).map(({ id }) => orGone(run.webex.people.get(id))));
  const people = asked.filter((person) => person !== undefined);
  if (people.length <= MOST_PEOPLE) return;
  const named = people.map(({ emails, id }) => emails[0] ?? id).join(', ');
  const others = listed.length > NAMED ? ' and others' : '';
  throw new Error(
    `${what}: people stay in it (${named}${others}), and Webex deletes no organization with people. The customer is removed, the ` +
      `organization stays. Delete the people in Control Hub and run pulumi destroy again; or set removal: "unlink" here; before the ` +
      `next destroy, set removal: "delete" at the users and run pulumi up. ${error.message}`,
  );
}
