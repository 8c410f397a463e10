import { WebexApiError } from '../../webex';
import { forgetOrganization } from '../lookups/organizations';
import { Patience } from '../outcomes/poller';
import { orGone } from '../outcomes/refusals';
import { isHeld, refuseForcedReplacement } from '../run/ownership';
import { session } from '../run/session';
import { forgetSnapshots } from '../run/snapshot';
import { warn } from '../run/warnings';
import { isSettled, removed, settled } from './backend';
import type { CustomerOrgState } from './state';

/** Seconds that deletion waits for Webex, unless `timeouts.delete` says otherwise. */
const DELETE_SECONDS = 900;

/**
 * Removes the mapping of a customer and, with `removal: "delete"`, the Webex organization behind it. A mapping that is
 * gone already doesn't stop the second part.
 */
export async function remove(id: string, state: CustomerOrgState): Promise<void> {
  if (isHeld('customer', id)) {
    warn(`customer "${state.externalId}" is kept: another resource of this program has it now`);
    return;
  }
  refuseForcedReplacement('customer', state.externalId, `customer "${state.externalId}"`, state);
  const seconds = state.timeouts?.delete ?? DELETE_SECONDS;
  const behalf = state.onBehalfOfSubPartnerOrgId;
  const orgId = state.orgId ?? (await orGone(session.webex.customers.get(id, behalf)))?.orgId;
  forgetSnapshots();
  forgetOrganization(id);
  await unlink(id, behalf, seconds);
  if (state.removal === 'delete' && orgId !== undefined) await deleteOrganization(orgId, state, seconds);
}

async function unlink(id: string, behalf: string | undefined, seconds: number): Promise<void> {
  const ask = () => orGone(session.webex.customers.remove(id, behalf));
  try {
    await ask();
  } catch (error) {
    if (!(error instanceof WebexApiError) || !error.isConflict) throw error;
    // Another change may be under way; anything else that conflicts is for a person.
    const customer = await orGone(session.webex.customers.get(id, behalf));
    if (customer !== undefined && isSettled(customer)) throw error;
    if (customer !== undefined && (await settled(id, behalf, seconds)) !== undefined) await ask();
  }
  const rest = await removed(id, behalf, seconds);
  if (rest !== undefined)
    throw new Error(`the customer was not removed: its status is ${rest.status}; run pulumi destroy again`);
}

/**
 * Deletes the organization. 409 while licenses or users remain, which Webex takes away some time after their mappings:
 * asked again until the time is over.
 */
async function deleteOrganization(orgId: string, state: CustomerOrgState, seconds: number): Promise<void> {
  const what = `Deleting the organization of customer "${state.externalId}" (orgId ${orgId})`;
  const patience = new Patience(seconds, what);
  for (;;) {
    try {
      await orGone(session.webex.organizations.remove(orgId));
      return;
    } catch (error) {
      if (!(error instanceof WebexApiError)) throw error;
      if (error.status === 403) {
        throw new Error(
          `${what} is not allowed to this token, so the organization stays; the customer is removed. Delete it in Partner ` +
            `Hub, or set removal: "unlink". ${error.message}`,
        );
      }
      if (!error.isConflict) throw error;
      await patience.pause().catch((timeout: Error) => {
        throw new Error(`${timeout.message}; the organization stays. ${error.message}`);
      });
    }
  }
}
