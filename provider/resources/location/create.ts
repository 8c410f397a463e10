import { PartialFailure } from '../../lifecycle';
import { applyCalling } from '../calling/apply';
import { removeCalling } from '../calling/remove-calling';
import { inSteps } from '../define/steps';
import { pick } from '../inputs/keys';
import { NewCustomers } from '../lookups/new-customers';
import { organizationOf } from '../lookups/organizations';
import { isRefusal, messageOf } from '../outcomes/errors';
import type { Run } from '../run/run';
import { callingTarget, creationBody } from './api';
import { deleteLocation } from './remove';
import { INPUT_KEYS, type LocationInputs, type LocationState } from './schema';
import { TIMEOUTS } from './timeouts';

/** A location needs the organization of its customer. @throws Error where the customer isn't provisioned yet */
export async function prepare(run: Run, inputs: LocationInputs): Promise<void> {
  await organizationOf(run, inputs);
}

/** Sends POST /locations. */
export async function post(run: Run, inputs: LocationInputs): Promise<{ id: string }> {
  return run.webex.locations.create(await organizationOf(run, inputs), creationBody(inputs));
}

/**
 * Adds calling, PSTN connection and numbers to a new location.
 * @throws Error (and nothing is left behind) where Webex refuses a part of the declaration
 * @throws PartialFailure where something else failed half-way
 */
export async function complete(run: Run, { id }: { id: string }, inputs: LocationInputs): Promise<LocationState> {
  const orgId = await organizationOf(run, inputs);
  const { calling } = inputs;
  const start: LocationState = { ...pick(inputs, INPUT_KEYS), calling: undefined, orgId };
  try {
    return await inSteps(id, start, true, async (record) => {
      if (calling?.enabled) {
        const target = callingTarget(orgId, id, inputs, inputs.timeouts?.create ?? TIMEOUTS.create);
        NewCustomers.of(run).addCalling(orgId);
        await applyCalling(run, target, undefined, calling, (applied) => record({ calling: applied }));
      } else {
        record({ calling });
      }
    });
  } catch (error) {
    throw await undone(run, id, error, orgId, inputs);
  }
}

/** Webex refused a part of a new location: the location is removed again, so that nothing half-made is left behind. */
async function undone(run: Run, id: string, error: unknown, orgId: string, inputs: LocationInputs): Promise<unknown> {
  if (!(error instanceof PartialFailure) || !isRefusal(error.cause)) return error;
  const { calling } = error.state as LocationState;
  try {
    const seconds = inputs.timeouts?.create ?? TIMEOUTS.create;
    if (calling?.enabled) await removeCalling(run, orgId, id, inputs.name, seconds);
    await deleteLocation(run, orgId, id, inputs.name, seconds);
  } catch (second) {
    const reason = `The location stays half-made, because it can't be removed again: ${messageOf(second)}`;
    return new PartialFailure(id, error.state, [...error.reasons, reason]);
  }
  run.claims.release('location', id);
  return new Error(`${messageOf(error)} (the location was removed again; nothing is left behind)`);
}
