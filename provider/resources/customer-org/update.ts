import { WebexApiError } from '../../webex';
import { inSteps } from '../define/steps';
import { changedKeys } from '../inputs/compare';
import { all, pick } from '../inputs/keys';
import { Organizations } from '../lookups/organizations';
import type { Run } from '../run/run';
import { CHANGED_BY_PUT, changeBody, outputsFromApi } from './api';
import { TIMEOUTS } from './args';
import { applyHeadquarters } from './headquarters';
import { withPackagesInUse } from './packages-in-use';
import { finishProvisioning, isSettled, settled, warnOfReview } from './provisioning';
import { type CustomerOrgInputs, type CustomerOrgState, INPUT_KEYS, isFinished } from './schema';

/** Brings an existing customer to the declaration, from whatever state an earlier run left it in. */
export async function update(
  run: Run,
  id: string,
  state: CustomerOrgState,
  declared: CustomerOrgInputs,
): Promise<CustomerOrgState> {
  const inputs = await withPackagesInUse(run, id, state, declared, (kept) => update(run, id, kept, declared));
  const seconds = inputs.timeouts?.update ?? TIMEOUTS.update;
  return inSteps(id, state, false, async (record, current) => {
    if (!isFinished(state)) record(await currentOutputs(run, id, inputs, seconds));
    if (current().status === 'pending_rpl_review') return warnOfReview(run, inputs);
    const { orgId } = current();
    if (orgId) Organizations.of(run).set(id, orgId);

    const headquarters = () => applyHeadquarters(run, current(), inputs, record);
    // First, where it exists: the PUT names the headquarters, and Webex should find it under that name.
    const exists = current().headquartersLocationId !== undefined;
    if (exists) await headquarters();
    if (changedKeys(CHANGED_BY_PUT, current(), inputs).length > 0 || !isFinished(current())) {
      const { trackingId } = await put(run, id, inputs, seconds);
      record({ ...pick(inputs, CHANGED_BY_PUT), status: 'updating' });
      await finishProvisioning(run, id, inputs, seconds, trackingId, record, headquarters);
    } else if (!exists) {
      await headquarters();
    }
    record(declaredOf(inputs, current()));
  });
}

/** What is declared, once all of it is done. The headquarters is recorded as it was applied. */
function declaredOf(inputs: CustomerOrgInputs, { headquarters }: CustomerOrgState): Partial<CustomerOrgState> {
  const attached = inputs.orgId === undefined ? undefined : true;
  return { ...all(inputs, INPUT_KEYS), attached, headquarters: inputs.headquarters && headquarters };
}

async function currentOutputs(
  run: Run,
  id: string,
  { onBehalfOfSubPartnerOrgId: onBehalfOf }: CustomerOrgInputs,
  seconds: number,
): Promise<Partial<CustomerOrgState>> {
  const now = await run.webex.customers.get(id, onBehalfOf);
  const customer = isSettled(now) ? now : await settled(run, id, onBehalfOf, seconds);
  if (customer === undefined) throw new Error('the customer vanished from Webex; run pulumi refresh, then pulumi up');
  return outputsFromApi(customer);
}

/** The PUT; another change that is under way (409) is waited for once. */
async function put(run: Run, id: string, inputs: CustomerOrgInputs, seconds: number): Promise<{ trackingId?: string }> {
  const { customers } = run.webex;
  const { onBehalfOfSubPartnerOrgId: onBehalfOf } = inputs;
  const send = () => customers.update(id, changeBody(inputs), onBehalfOf);
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof WebexApiError) || !error.isConflict) throw error;
    // With an answer lost before, the change that is or was under way may be this one.
    const customer = await customers.get(id, onBehalfOf);
    if (isSettled(customer) && !error.outcomeUnknown) throw error;
    if (!isSettled(customer)) await settled(run, id, onBehalfOf, seconds);
    return send();
  }
}
