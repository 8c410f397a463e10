import type { Location } from '../../webex';
import { callingDifferences } from '../calling/differences';
import type { Comparison } from '../define/definition';
import { describeDifferences } from '../inputs/compare';
import { keysBy, pick, without } from '../inputs/keys';
import { customerById } from '../lookups/customers';
import { listedLocation, locationByName } from '../lookups/locations';
import { organizationOf } from '../lookups/organizations';
import { isConflict } from '../outcomes/errors';
import { whenPossible } from '../outcomes/when-possible';
import type { Run } from '../run/run';
import { read } from './read';
import { CHANGES, type LocationInputs, type LocationState } from './schema';
import { TIMEOUTS } from './timeouts';

/**
 * The location of the customer's organization that has the declared name. Where Webex refused to create it because the
 * name is taken, the location exists, although lists may lack it for a while: it is waited for.
 * @param refusal why Webex did not create it
 */
export async function find(run: Run, inputs: LocationInputs, refusal?: unknown): Promise<Location | undefined> {
  const orgId = await organizationOf(run, inputs);
  const byName = () => locationByName(run, orgId, inputs.name);
  if (!isNameTaken(refusal, inputs.name)) return byName();
  const seconds = inputs.timeouts?.create ?? TIMEOUTS.create;
  const wait = {
    what: `Finding the existing location "${inputs.name}"`,
    seconds,
    isTemporary: (error: unknown) => error === refusal,
  };
  return whenPossible(wait, run.warn, async () => {
    const found = await byName();
    if (found === undefined) throw refusal;
    return found;
  });
}

/**
 * Whether Webex refused a location because its name is taken. Cisco documents no code for that, so its text decides;
 * any other 409 is reported at once.
 */
function isNameTaken(refusal: unknown, name: string): boolean {
  return (
    isConflict(refusal) &&
    (refusal.description.includes(name) || /already|exists|duplicate|taken/i.test(refusal.description))
  );
}

/**
 * As {@link find}, from one list for all locations of an organization. Undefined before the customer has an
 * organization.
 */
export async function lookUp(run: Run, inputs: LocationInputs): Promise<Location | undefined> {
  const customer = await customerById(run, inputs.customerId, inputs.onBehalfOfSubPartnerOrgId);
  if (!customer?.orgId) return undefined;
  return listedLocation(run, customer.orgId, inputs.name);
}

/**
 * Inputs that must be as declared in a location that is adopted: all, but the keys, what says how the location is
 * managed, and a language that Webex doesn't return. Calling is compared on its own.
 */
const COMPARED = without(keysBy(CHANGES, 'PUT', 'announcement'), ['name', 'preferredLanguage']);

/** Compares an existing location with the declaration. */
export async function compare(run: Run, { id }: Location, inputs: LocationInputs): Promise<Comparison<LocationState>> {
  const orgId = await organizationOf(run, inputs);
  // An announcement language that Webex doesn't return is no difference. The update writes it, because an earlier run
  // may not have written it.
  const state = await read(run, id, { ...inputs, orgId, announcementLanguage: '' }, 'full');
  if (state === undefined) throw new Error(`location "${inputs.name}" vanished from Webex while it was taken over`);
  const compared = state.announcementLanguage ? COMPARED : without(COMPARED, ['announcementLanguage']);
  return {
    differences: [
      ...describeDifferences(state, pick(inputs, compared)),
      ...callingDifferences(state.calling, inputs.calling, 'calling'),
    ],
    state: async () => state,
  };
}
