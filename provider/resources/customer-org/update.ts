import { exceededLimits } from '../../packages';
import type { WebexApiError } from '../../webex';
import { isSameId } from '../../webex/ids';
import { guardCustomerPackages } from '../administrators/customer-packages';
import { inSteps } from '../define/steps';
import { changedKeys } from '../inputs/compare';
import { all, pick } from '../inputs/keys';
import { Organizations } from '../lookups/organizations';
import { whenPossible } from '../outcomes/when-possible';
import type { Run } from '../run/run';
import { CHANGED_BY_PUT, changeBody, outputsFromApi } from './api';
import { applyHeadquarters } from './headquarters';
import { takesFromUsers, withPackagesInUse } from './packages-in-use';
import { finishProvisioning, isChanging, isSettled, settled, warnOfReview } from './provisioning';
import { type CustomerOrgInputs, type CustomerOrgState, INPUT_KEYS, isFinished } from './schema';
import { TIMEOUTS } from './timeouts';

/** Brings an existing customer to the declaration, from whatever state an earlier run left it in. */
export async function update(
  run: Run,
  id: string,
  state: CustomerOrgState,
  declared: CustomerOrgInputs,
): Promise<CustomerOrgState> {
  let inputs = declared;
  const changesPackages = changedKeys(['packages'] as const, state, declared).length > 0;
  if (changesPackages || takesFromUsers(state, declared)) {
    const { packages, onBehalfOfSubPartnerOrgId } = declared;
    const users = await run.webex.subscribers.list({ customerId: id }, onBehalfOfSubPartnerOrgId);
    if (changesPackages) await guardCustomerPackages(run, { id, packages, onBehalfOfSubPartnerOrgId }, users);
    inputs = await withPackagesInUse(run, id, state, declared, users, (kept) => update(run, id, kept, declared));
  }
  const seconds = inputs.timeouts?.update ?? TIMEOUTS.update;
  return inSteps(id, state, false, async (record, current) => {
    if (!isFinished(state)) record(await currentOutputs(run, id, inputs, seconds));
    if (current().status === 'pending_rpl_review') return warnOfReview(run, inputs);
    const { orgId } = current();
    if (orgId) Organizations.of(run).set(id, orgId);

    const headquarters = () => applyHeadquarters(run, current(), inputs, seconds, record);
    // First, where it exists: after a change of its name, only its ID finds it again.
    const exists = current().headquartersLocationId !== undefined;
    if (exists) await headquarters();
    if (changedKeys(CHANGED_BY_PUT, current(), inputs).length > 0 || !isFinished(current())) {
      const { trackingId } = await put(run, id, current(), inputs, seconds);
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

/**
 * Sends the PUT with the inputs that differ from the state. A customer that Webex could not provision wholly, and a
 * headquarters that doesn't exist yet, get all inputs that are declared.
 */
async function put(
  run: Run,
  id: string,
  state: CustomerOrgState,
  inputs: CustomerOrgInputs,
  seconds: number,
): Promise<{ trackingId?: string }> {
  const { customers } = run.webex;
  const { externalId, onBehalfOfSubPartnerOrgId: onBehalfOf, headquarters } = inputs;
  const keys = changedKeys(CHANGED_BY_PUT, state, inputs);
  const isWhole = !isFinished(state);
  const changed: Partial<CustomerOrgInputs> = isWhole ? pick(inputs, CHANGED_BY_PUT) : pick(inputs, keys);
  // New packages may need parameters; a headquarters that exists has its own operations.
  if (keys.includes('packages')) Object.assign(changed, pick(inputs, ['meetingsTimeZone']));
  const isNewHeadquarters = state.headquartersLocationId === undefined && headquarters !== undefined;
  if (isWhole || (isNewHeadquarters && keys.includes('packages'))) changed.headquarters = headquarters;
  const packages = changed.packages ?? ((await customers.get(id, onBehalfOf)).packages as typeof inputs.packages);
  const since = Date.now();
  const isUsed = () => isInUse(run, id, { ...changed, packages }, onBehalfOf);
  const write = {
    what: `Changing customer "${externalId}"`,
    seconds,
    isTemporary: (error: WebexApiError) => isChanging(run, id, onBehalfOf, { seconds, since, error }, isUsed),
  };
  return whenPossible(write, run.warn, () => customers.update(id, changeBody(changed, packages), onBehalfOf));
}

/**
 * Whether a change of a customer is refused for a reason that waiting doesn't end: another customer has the externalId,
 * a user has a package that would go, or there are more users than a limit allows.
 */
async function isInUse(
  { webex: { customers, subscribers } }: Run,
  id: string,
  { externalId, packages, packageLimits = {} }: Pick<CustomerOrgInputs, 'packages'> & Partial<CustomerOrgInputs>,
  onBehalfOf: string | undefined,
): Promise<boolean> {
  const named = externalId === undefined ? [] : await customers.list({ externalId }, onBehalfOf);
  if (named.some((other) => !isSameId(other.id, id))) return true;
  const names: readonly string[] = packages;
  const held = (await subscribers.list({ customerId: id }, onBehalfOf)).map((user) => user.packages);
  return held.flat().some((name) => !names.includes(name)) || exceededLimits(packageLimits, held).length > 0;
}
