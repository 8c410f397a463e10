import { WebexApiError } from '../../webex';
import { Organizations } from '../lookups/organizations';
import { Backoff } from '../outcomes/backoff';
import { orGone } from '../outcomes/errors';
import type { Run } from '../run/run';
import { TIMEOUTS } from './args';
import { isSettled, removed, settled } from './provisioning';
import type { CustomerOrgState } from './schema';

/**
 * Removes the mapping of a customer and, with `removal: "delete"`, the Webex organization behind it, also where the
 * mapping is gone already.
 */
export async function remove(run: Run, id: string, state: CustomerOrgState): Promise<void> {
  const seconds = state.timeouts?.delete ?? TIMEOUTS.delete;
  const { onBehalfOfSubPartnerOrgId: onBehalfOf, removal } = state;
  const orgId = state.orgId ?? (await orGone(run.webex.customers.get(id, onBehalfOf)))?.orgId;
  Organizations.of(run).delete(id);
  await unlink(run, id, onBehalfOf, seconds);
  if (removal === 'delete' && orgId !== undefined) await deleteOrganization(run, orgId, state, seconds);
}

async function unlink(run: Run, id: string, onBehalfOf: string | undefined, seconds: number): Promise<void> {
  const { customers } = run.webex;
  const send = () => orGone(customers.remove(id, onBehalfOf));
  try {
    await send();
  } catch (error) {
    if (!(error instanceof WebexApiError) || !error.isConflict) throw error;
    // Another change may be under way; any other conflict is reported.
    const customer = await orGone(customers.get(id, onBehalfOf));
    if (customer !== undefined && isSettled(customer)) throw error;
    if (customer !== undefined && (await settled(run, id, onBehalfOf, seconds)) !== undefined) await send();
  }
  const left = await removed(run, id, onBehalfOf, seconds);
  if (left !== undefined)
    throw new Error(`the customer was not removed: its status is ${left.status}; run pulumi destroy again`);
}

/**
 * Deletes the organization. Webex answers 409 while licenses or users remain, which it removes some time after their
 * mappings: the request is repeated until the time is over.
 */
async function deleteOrganization(run: Run, orgId: string, state: CustomerOrgState, seconds: number): Promise<void> {
  const what = `Deleting the organization of customer "${state.externalId}" (orgId ${orgId})`;
  const backoff = new Backoff(seconds, what);
  for (;;) {
    try {
      await orGone(run.webex.organizations.remove(orgId));
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
      await backoff.pause().catch((timeout: Error) => {
        throw new Error(`${timeout.message}; the organization stays. ${error.message}`);
      });
    }
  }
}
