import type { Customer } from '../../webex';
import { noteWithoutUsers } from '../lookups/new-customers';
import { inSteps, pick } from '../outcomes/lifecycle-helpers';
import { postOnce } from '../outcomes/post';
import { DeclarationError, immutableConflict, mayExist, messageOf } from '../outcomes/refusals';
import { hold, isHeld } from '../run/ownership';
import { session } from '../run/session';
import { warn } from '../run/warnings';
import { creationOf, isSettled, settled } from './backend';
import {
  conflict,
  differencesFrom,
  findExisting,
  findUnlinkedOrganization,
  immutableDifferences,
  unlinked,
} from './existing';
import { applyHeadquarters } from './headquarters';
import { limitsTold } from './limits';
import { read } from './read';
import type { CustomerOrgInputs } from './schema';
import { type CustomerOrgState, declaredOf } from './state';
import { update, waitUntilSettled } from './update';

/** Seconds that creation waits for Webex, unless `timeouts.create` says otherwise. */
const CREATE_SECONDS = 1800;

type Begun = { id: string; trackingId?: string; attaches: boolean } | { existing: Customer };

/**
 * Creates a customer, waits until it is provisioned, and configures its headquarters.
 * @throws PartialFailure with the reasons of each package where Webex can't provision all of it
 * @throws DeclarationError where another customer has the externalId
 */
export async function create(inputs: CustomerOrgInputs): Promise<{ id: string; state: CustomerOrgState }> {
  const begun = await begin(inputs);
  const start: CustomerOrgState = { ...declaredOf(inputs), status: 'provisioning', packageStatus: {} };
  if ('existing' in begun) return takeOver(begun.existing, start, inputs);

  const { id, trackingId, attaches } = begun;
  hold('customer', id);
  if (!attaches) noteWithoutUsers(id);
  const { headquarters: hq } = start;
  // The facts of the headquarters went with the POST; its calling is recorded as it is reached. That of an organization
  // which exists already is as it is: nothing of it is recorded before it was read.
  const posted = hq && !attaches ? { ...hq, calling: undefined } : undefined;
  const first: CustomerOrgState = { ...start, headquarters: posted };
  const seconds = inputs.timeouts?.create ?? CREATE_SECONDS;
  const state = await inSteps(id, first, true, async (note, current) => {
    await waitUntilSettled(id, inputs, seconds, trackingId, note, () => applyHeadquarters(current(), inputs, note));
  });
  return { id, state };
}

/** Sends the POST. Where Webex refuses, or it isn't known whether it arrived, the customer is looked up by its key. */
async function begin(inputs: CustomerOrgInputs): Promise<Begun> {
  const behalf = inputs.onBehalfOfSubPartnerOrgId;
  const body = creationOf(inputs);
  try {
    const post = () => session.webex.customers.create(body, behalf);
    const sent = await postOnce(post, () => findExisting(inputs), mayExist);
    if ('found' in sent) return { existing: await mine(sent.found, inputs) };
    return { ...sent.answer, attaches: inputs.orgId !== undefined };
  } catch (error) {
    if (!mayExist(error)) throw error;
    const orgId = inputs.orgId === undefined ? await findUnlinkedOrganization(inputs) : undefined;
    if (orgId === undefined) throw error;
    if (inputs.adopt !== true) {
      throw new DeclarationError('orgId', `${unlinked(inputs.name, orgId)}. ${messageOf(error)}`);
    }
    warn(`customer "${inputs.externalId}": attaching the existing organization "${inputs.name}"`);
    return { ...(await session.webex.customers.create({ ...body, orgId }, behalf)), attaches: true };
  }
}

/** The existing customer, if this resource may have it. @throws DeclarationError */
async function mine(existing: Customer, inputs: CustomerOrgInputs): Promise<Customer> {
  const { externalId } = inputs;
  if (isHeld('customer', existing.id)) {
    throw new DeclarationError(
      'externalId',
      `"${externalId}" is declared twice: another resource of this program has this customer`,
    );
  }
  const differences = await differencesFrom(existing, inputs);
  if (differences.length > 0 && inputs.adopt !== true)
    throw new DeclarationError('externalId', conflict(externalId, differences));
  const others = await immutableDifferences(existing, inputs);
  if (others.length > 0)
    throw new DeclarationError('externalId', immutableConflict(`a customer with externalId "${externalId}"`, others));
  warn(`customer "${externalId}" exists already; it was taken over`);
  return existing;
}

/**
 * An existing customer is read, and brought to the declaration like any recorded one. It is waited for first: before
 * Webex is done there is nothing to read, and what is declared would be taken for what is.
 */
async function takeOver(existing: Customer, start: CustomerOrgState, inputs: CustomerOrgInputs) {
  const { id } = existing;
  hold('customer', id);
  if (!isSettled(existing))
    await settled(id, inputs.onBehalfOfSubPartnerOrgId, inputs.timeouts?.create ?? CREATE_SECONDS);
  const found = await read(id, start, 'full');
  if (found === undefined)
    throw new Error(`customer "${inputs.externalId}" vanished from Webex while it was taken over`);
  return { id, state: await update(id, await asFound(id, found.state, inputs), inputs) };
}

/**
 * What is known of a customer that is taken over. Reading lets stand as recorded what Webex doesn't tell; here nothing was
 * recorded, so that update() must set it: limits that aren't told, and, where the customer may be another one than
 * declared (`adopt`), what is never told.
 */
async function asFound(id: string, state: CustomerOrgState, inputs: CustomerOrgInputs): Promise<CustomerOrgState> {
  const { orgId, headquartersLocationId, headquarters } = state;
  const behalf = inputs.onBehalfOfSubPartnerOrgId;
  const told =
    orgId !== undefined && inputs.packageLimits !== undefined
      ? await limitsTold(orgId, await session.webex.customers.get(id, behalf, true))
      : {};
  return {
    ...state,
    packageLimits: inputs.packageLimits && pick(told, Object.keys(inputs.packageLimits)),
    headquarters: headquartersLocationId === undefined ? undefined : headquarters,
    ...(inputs.adopt === true && { meetingsTimeZone: undefined, subPartnerAdminEmail: undefined }),
  };
}
