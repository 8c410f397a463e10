import type { Customer, WebexApiError } from '../../webex';
import { customerLookup } from '../lookups/customers';
import { Organizations } from '../lookups/organizations';
import { messageOf, orGone } from '../outcomes/errors';
import { SharedPoller, type Source } from '../outcomes/poller';
import type { Run } from '../run/run';
import { outputsFromApi, provisioningErrors } from './api';
import type { CustomerOrgInputs, CustomerOrgState } from './schema';

/** Records a part of the state that is true now. */
export type RecordState = (part: Partial<CustomerOrgState>) => void;

/** Statuses in which Webex is still working. */
const WORKING = ['provisioning', 'updating', 'deleting'];

/** Statuses in which a customer can stay without an organization. */
const STOPPED = ['provisioned_with_errors', 'error', 'pending_rpl_review'];

/**
 * Whether Webex is done with a customer, with or without success; RPL review takes days and isn't waited for. A
 * customer that names no organization isn't done, unless its status explains that: its headquarters and users can't be
 * reached without it.
 */
export function isSettled({ status, orgId }: Pick<Customer, 'status' | 'orgId'>): boolean {
  return !WORKING.includes(status) && (orgId !== undefined || STOPPED.includes(status));
}

/** Waits until Webex is done with a customer. Undefined when it is gone. @throws WaitTimeout */
export function settled(
  run: Run,
  id: string,
  onBehalfOf: string | undefined,
  seconds: number,
): Promise<Customer | undefined> {
  return pollerOf(run, 'Provisioning the customer', onBehalfOf).wait(id, seconds);
}

/** Seconds in which a customer that looks finished takes changes again; seen: less than a minute. */
const BUSY_AT_MOST = 300;

/**
 * Whether a refused change of a customer is worth repeating: another change is under way, for whose end this waits, or
 * has just ended. Webex documents neither codes nor texts for that: the cause is taken to be another change unless
 * `isPermanent` finds another one. After a lost answer, the other change may be this one.
 *
 * @param since when the change was sent first, in milliseconds since 1970
 * @param isPermanent whether the refusal has a cause that waiting doesn't end
 */
export async function isChanging(
  run: Run,
  id: string,
  onBehalfOf: string | undefined,
  { seconds, since, error }: { seconds: number; since: number; error: WebexApiError },
  isPermanent: () => Promise<boolean>,
): Promise<boolean> {
  if (!error.isConflict) return false;
  const customer = await orGone(run.webex.customers.get(id, onBehalfOf));
  // The other change was its removal, which has just ended: the repetition is answered by 404.
  if (customer === undefined) return true;
  if (isSettled(customer)) {
    if (error.outcomeUnknown) return true;
    return Date.now() - since < BUSY_AT_MOST * 1000 && !(await isPermanent());
  }
  await settled(run, id, onBehalfOf, seconds);
  return true;
}

/** Milliseconds before the first look after a removal: customers that are removed together are asked for together. */
const FIRST_LOOK_AFTER_REMOVAL = 100;

/** Waits until a customer is removed. Where Webex is done and still has it, that customer. @throws WaitTimeout */
export function removed(
  run: Run,
  id: string,
  onBehalfOf: string | undefined,
  seconds: number,
): Promise<Customer | undefined> {
  return pollerOf(run, 'Removing the customer', onBehalfOf, FIRST_LOOK_AFTER_REMOVAL).wait(id, seconds);
}

/** One poller for all customers of a (sub-)partner. */
function pollerOf(run: Run, what: string, onBehalfOf: string | undefined, firstMs?: number): SharedPoller<Customer> {
  const make = () => new SharedPoller<Customer>(customersOf(run, onBehalfOf), what, firstMs);
  return run.memory.forRun(`${what} ${onBehalfOf}`, make);
}

function customersOf(run: Run, onBehalfOf: string | undefined): Source<Customer> {
  return {
    listUnfinished: async () => {
      const unfinished = await run.webex.customers.list({ status: WORKING }, onBehalfOf);
      return new Set(unfinished.map(({ id }) => id));
    },
    // A new lookup each time: what is looked up has just changed.
    lookUp: () => {
      const lookup = customerLookup(run, onBehalfOf);
      return (id) => lookup.find(id);
    },
    isFinished: isSettled,
  };
}

/**
 * Waits until Webex is done, records the result, and then configures the headquarters.
 * @throws Error with the reasons of each package that isn't provisioned; the headquarters, which may be usable all
 *   the same, is configured before
 */
export async function finishProvisioning(
  run: Run,
  id: string,
  inputs: CustomerOrgInputs,
  seconds: number,
  trackingId: string | undefined,
  record: RecordState,
  applyHeadquarters: () => Promise<void>,
): Promise<void> {
  const customer = await settled(run, id, inputs.onBehalfOfSubPartnerOrgId, seconds);
  if (customer === undefined) {
    Organizations.of(run).delete(id);
    throw new Error(`customer "${inputs.externalId}" vanished from Webex while it was provisioned; run pulumi refresh`);
  }
  record(outputsFromApi(customer));
  if (customer.orgId) Organizations.of(run).set(id, customer.orgId);
  if (customer.status === 'pending_rpl_review') return warnOfReview(run, inputs);
  const reasons = provisioningErrors(customer, trackingId);
  if (customer.orgId === undefined && reasons.length === 0)
    reasons.push(`the customer's status is ${customer.status} and it has no organization; run pulumi up again`);
  try {
    await applyHeadquarters();
  } catch (error) {
    reasons.push(messageOf(error));
  }
  if (reasons.length > 0) throw new Error(reasons.join('\n'));
}

/** Warns that a customer waits for export control review. */
export function warnOfReview({ warn }: Run, { externalId }: CustomerOrgInputs): void {
  warn(
    `customer "${externalId}" waits for Cisco's export control review (RPL), which can take days; ` +
      'run pulumi up again when it is done',
  );
}
