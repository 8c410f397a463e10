import { same } from '../inputs/compare';
import { orGone } from '../outcomes/errors';
import { postOnce } from '../outcomes/post';
import type { Run } from '../run/run';
import { type CallingTarget, type RecordCalling, SETTINGS, settingsToApi, updateCalling } from './api';
import { applyNumbers } from './numbers';
import { applyPstn } from './pstn';
import type { Calling } from './schema';

/**
 * Brings Webex Calling of a location to what is declared, in the order that the API forces: calling, settings, PSTN
 * connection, new numbers, main number, and last the removal of numbers that are no longer declared.
 *
 * @param before what is recorded or was read; undefined where calling is not enabled
 * @param record called with what is true after each step, so that a failure keeps what was done
 */
export async function applyCalling(
  run: Run,
  target: CallingTarget,
  before: Calling | undefined,
  wanted: Calling,
  record: (calling: Calling) => void,
): Promise<void> {
  let now: Calling = before ?? { enabled: false };
  const isNew = !now.enabled;
  const step = (part: Partial<Calling>) => {
    now = { ...now, ...part };
    record(now);
  };
  if (isNew) {
    await enable(run, target);
    // A location has no numbers where calling was off until now.
    step({ enabled: true, phoneNumbers: wanted.phoneNumbers && [] });
  }
  await applySettings(run, target, now, wanted, step);
  await applyPstn(run, target, now, wanted, step);
  await applyNumbers(run, target, now, wanted, isNew, step);
  // An input that is no longer declared isn't managed any more: Webex keeps its value.
  const unmanaged = Object.keys(now).filter((key) => wanted[key as keyof Calling] === undefined);
  step(Object.fromEntries(unmanaged.map((key) => [key, undefined])));
}

async function enable(
  { webex }: Run,
  { path: _, seconds: __, orgId, locationId, ...details }: CallingTarget,
): Promise<void> {
  await postOnce(
    () => webex.calling.enable(orgId, { id: locationId, ...details }),
    () => orGone(webex.calling.get(orgId, locationId)),
  );
}

async function applySettings(
  run: Run,
  target: CallingTarget,
  now: Calling,
  wanted: Calling,
  record: RecordCalling,
): Promise<void> {
  const keys = SETTINGS.filter((key) => wanted[key] !== undefined && !same(now[key], wanted[key]));
  const changed = Object.fromEntries(keys.map((key) => [key, wanted[key]])) as Partial<Calling>;
  if (keys.length > 0) await updateCalling(run, target, settingsToApi(changed));
  record(changed);
}
