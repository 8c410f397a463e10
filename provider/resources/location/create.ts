import { PartialFailure } from '../../lifecycle';
import { applyCalling, callingDifferences } from '../calling/apply';
import { disableCalling } from '../calling/disable';
import { toLocationApi } from '../inputs/address';
import { describeDifferences } from '../inputs/compare';
import { organizationOf } from '../lookups/organizations';
import { inSteps, pick } from '../outcomes/lifecycle-helpers';
import { postOnce } from '../outcomes/post';
import { DeclarationError, immutableConflict, isRefusal, mayExist, messageOf } from '../outcomes/refusals';
import { hold, isHeld, release } from '../run/ownership';
import { session } from '../run/session';
import { warn } from '../run/warnings';
import { callingTarget, LOCATION_SECONDS } from './backend';
import { read } from './read';
import { INPUT_KEYS, type LocationInputs, type LocationState } from './schema';
import { update } from './update';

/**
 * Creates a location with its calling, PSTN connection and numbers.
 * @throws DeclarationError (and nothing is left behind) where Webex refuses a part of the declaration
 * @throws PartialFailure where something else failed half-way
 */
export async function create(inputs: LocationInputs): Promise<{ id: string; state: LocationState }> {
  const orgId = await organizationOf(inputs.customerId, inputs.onBehalfOfSubPartnerOrgId);
  const begun = await begin(orgId, inputs);
  if (begun.existing) return { id: begun.id, state: await update(begun.id, begun.existing, inputs) };

  const { id } = begun;
  hold('location', id);
  const start: LocationState = { ...pick(inputs, INPUT_KEYS), calling: undefined, orgId };
  try {
    const state = await inSteps(id, start, true, async (note) => {
      const { calling } = inputs;
      if (calling === undefined) return;
      if (calling.enabled)
        await applyCalling(callingTarget(orgId, id, inputs), undefined, calling, (done) => note({ calling: done }));
      else note({ calling });
    });
    return { id, state };
  } catch (error) {
    throw await undone(id, error, orgId, inputs);
  }
}

type Begun = { id: string; existing?: LocationState };

/** Sends the POST. Where Webex refuses, or it isn't known whether it arrived, the location is looked up by its name. */
async function begin(orgId: string, inputs: LocationInputs): Promise<Begun> {
  const { name, timeZone, preferredLanguage, announcementLanguage, address, coordinates, notes } = inputs;
  const body = {
    name,
    timeZone,
    preferredLanguage,
    announcementLanguage,
    address: toLocationApi(address),
    ...coordinates,
    notes,
  };
  const sent = await postOnce(
    () => session.webex.locations.create(orgId, body),
    async () => (await session.webex.locations.list({ orgId, name })).find((location) => location.name === name),
    mayExist,
  );
  if ('answer' in sent) return sent.answer;
  const { id } = sent.found;
  if (isHeld('location', id)) {
    throw new DeclarationError(
      'name',
      `"${name}" is declared twice: another resource of this program has this location`,
    );
  }
  return { id, existing: await mine(id, orgId, inputs) };
}

/** The existing location, if this resource may have it. @throws DeclarationError */
async function mine(id: string, orgId: string, inputs: LocationInputs): Promise<LocationState> {
  const { name } = inputs;
  const real = await read(id, { ...inputs, orgId }, 'full');
  if (real === undefined) throw new Error(`location "${name}" vanished from Webex while it was taken over`);
  const compared = ['timeZone', 'announcementLanguage', 'address', 'coordinates', 'notes'] as const;
  const differences = [
    ...describeDifferences(pick(real.state, compared), pick(inputs, compared)),
    ...callingDifferences(real.state.calling, inputs.calling, 'calling'),
  ];
  if (differences.length > 0 && inputs.adopt !== true) {
    throw new DeclarationError(
      'name',
      `a location "${name}" exists and differs from what is declared: ${differences.join('; ')}. Correct the declaration, ` +
        'choose another name, or set adopt: true to take it over and change it',
    );
  }
  const immutable = ['coordinates', 'notes'] as const;
  const others = describeDifferences(pick(real.state, immutable), pick(inputs, immutable));
  if (others.length > 0) throw new DeclarationError('name', immutableConflict(`a location "${name}"`, others));
  warn(`location "${name}" exists already; it was taken over`);
  return real.state;
}

/** Webex said no to a part of a new location: it is removed again, so that nothing half-made stays behind. */
async function undone(id: string, error: unknown, orgId: string, inputs: LocationInputs): Promise<unknown> {
  if (!(error instanceof PartialFailure) || !isRefusal(error.cause)) return error;
  const { calling } = error.state as LocationState;
  try {
    if (calling?.enabled) await disableCalling(orgId, id, inputs.name, inputs.timeouts?.create ?? LOCATION_SECONDS);
    await session.webex.locations.remove(orgId, id);
  } catch (second) {
    const reason = `The location stays half-made, because it can't be removed again: ${messageOf(second)}`;
    return new PartialFailure(id, error.state, [...error.reasons, reason]);
  }
  release('location', id);
  return new Error(`${messageOf(error)} (the location was removed again; nothing is left behind)`);
}
