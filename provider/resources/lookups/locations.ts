import type { Location } from '../../webex';
import type { Run } from '../run/run';

/** A location of an organization; undefined where it doesn't exist. One list serves all locations of an organization. */
export async function locationById({ memory, webex }: Run, orgId: string, id: string): Promise<Location | undefined> {
  const all = await memory.untilWrite(`locations:${orgId}`, () => webex.locations.list({ orgId }));
  return all.find((location) => location.id === id);
}

/** The location of an organization that has this name, as it is now. */
export async function locationByName({ webex }: Run, orgId: string, name: string): Promise<Location | undefined> {
  return (await webex.locations.list({ orgId, name })).find((location) => location.name === name);
}
