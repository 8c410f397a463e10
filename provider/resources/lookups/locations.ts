import type { Location } from '../../webex';
import { isSameId } from '../../webex/ids';
import { isSameText } from '../inputs/spelling';
import { orGone } from '../outcomes/errors';
import type { Run } from '../run/run';

/**
 * A location of an organization; undefined where it doesn't exist. One list serves all locations of an organization. A
 * location that the list lacks is asked for by its ID, because lists lag behind.
 */
export async function locationById(run: Run, orgId: string, id: string): Promise<Location | undefined> {
  const listed = (await locationsOf(run, orgId)).find((location) => isSameId(location.id, id));
  return listed ?? orGone(run.webex.locations.get(orgId, id));
}

/** All locations of an organization. One list request serves all callers. */
export function locationsOf({ memory, webex }: Run, orgId: string): Promise<Location[]> {
  return memory.untilWrite(`locations:${orgId}`, () => webex.locations.list({ orgId }));
}

/** The location of an organization that has exactly this name, from the list of {@link locationsOf}. */
export async function listedLocation(run: Run, orgId: string, name: string): Promise<Location | undefined> {
  return (await locationsOf(run, orgId)).find((location) => location.name === name);
}

/** The location of an organization that has this name, as it is now. */
export async function locationByName({ webex }: Run, orgId: string, name: string): Promise<Location | undefined> {
  return (await webex.locations.list({ orgId, name })).find((location) => isSameText(location.name, name));
}
