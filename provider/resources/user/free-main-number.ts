import { isSameId } from '../../webex/ids';
import { setMainNumber } from '../calling/main-number';
import { text } from '../moves/recorded-users';
import { numbersIn } from '../program/main-numbers';
import { Program } from '../program/program';
import type { Run } from '../run/run';

/**
 * Gives a location another main number, where its declaration no longer has the one that is to leave with its user.
 * Pulumi updates a user after the location that it goes to, and maybe before the one that it leaves.
 * @returns whether the number is free to leave; false where it was no main number, or no declared number is there yet
 */
export async function freeMainNumber(run: Run, orgId: string, number: string): Promise<boolean> {
  const listed = await run.webex.numbers.list({ orgId });
  const locationId = listed.find((entry) => entry.phoneNumber === number && entry.mainNumber)?.location?.id;
  if (locationId === undefined) return false;
  const recorded = (await run.recorded()).find(
    ({ id, state }) => isSameId(id, locationId) || isSameId(text(state.headquartersLocationId), locationId),
  );
  if (recorded === undefined) return false;
  const kind = isSameId(recorded.id, locationId) ? 'location' : 'customer';
  const { numbers = [], main } = numbersIn(kind, Program.of(run).all(kind).get(recorded.urn));
  if (numbers.includes(number)) return false;
  const isHere = (declared: string) =>
    listed.some(({ phoneNumber, location }) => phoneNumber === declared && isSameId(location?.id, locationId));
  const standIn = [...(main === undefined ? [] : [main]), ...numbers].find(isHere);
  if (standIn === undefined) return false;
  await setMainNumber(run, { orgId, locationId, path: 'phoneNumber' }, standIn);
  return true;
}
