import type { Location } from '../../webex';
import { callingDifferences } from '../calling/differences';
import type { Comparison } from '../define/definition';
import { describeDifferences } from '../inputs/compare';
import { pick, without } from '../inputs/keys';
import { locationByName } from '../lookups/locations';
import { Organizations } from '../lookups/organizations';
import type { Run } from '../run/run';
import { readFully } from './read';
import { INPUT_KEYS, type LocationInputs, type LocationState } from './schema';

/** The location of the customer's organization that has the declared name. */
export async function find(run: Run, inputs: LocationInputs): Promise<Location | undefined> {
  const orgId = await Organizations.of(run).get(inputs.customerId, inputs.onBehalfOfSubPartnerOrgId);
  return locationByName(run, orgId, inputs.name);
}

/**
 * Inputs that must be as declared in a location that is adopted: all, but the keys, what says how the location is
 * managed, and a language that Webex doesn't return. Calling is compared on its own.
 */
const COMPARED = without(INPUT_KEYS, [
  'customerId',
  'name',
  'preferredLanguage',
  'calling',
  'onBehalfOfSubPartnerOrgId',
  'adopt',
  'allowReplacement',
  'timeouts',
]);

/** An existing location, held against the declaration. */
export async function compare(run: Run, { id }: Location, inputs: LocationInputs): Promise<Comparison<LocationState>> {
  const orgId = await Organizations.of(run).get(inputs.customerId, inputs.onBehalfOfSubPartnerOrgId);
  const state = await readFully(run, id, { ...inputs, orgId });
  if (state === undefined) throw new Error(`location "${inputs.name}" vanished from Webex while it was taken over`);
  const immutable = ['coordinates', 'notes'] as const;
  return {
    differences: [
      ...describeDifferences(state, pick(inputs, COMPARED)),
      ...callingDifferences(state.calling, inputs.calling, 'calling'),
    ],
    immutable: describeDifferences(state, pick(inputs, immutable)),
    state: async () => state,
  };
}
