import type { CheckFailure, Recorded } from '../../lifecycle';
import { isSameId } from '../../webex/ids';
import { Program } from '../program/program';
import type { Run } from '../run/run';
import { text } from './recorded-users';

type Inputs = Readonly<{ email: string; locationId?: string; phoneNumber?: string }>;

/**
 * Whether a user would take the main number of a location with it that this run removes. Webex moves no main number,
 * and a location that is removed gets no other one in this run.
 */
export async function mainNumberFailures(run: Run, inputs: Inputs, olds: Inputs): Promise<CheckFailure[]> {
  const { locationId, phoneNumber } = inputs;
  const moves = locationId !== undefined && locationId !== olds.locationId;
  if (!moves || phoneNumber === undefined || phoneNumber !== olds.phoneNumber) return [];
  const closing = await closingSite(run, ({ state }) => {
    const calling = state.calling as { mainNumber?: unknown } | undefined;
    return calling?.mainNumber === phoneNumber;
  });
  if (closing === undefined) return [];
  const reason =
    `${phoneNumber} is the main number of location "${closing}", which this run removes, and Webex moves no main number with its ` +
    `user. Give "${closing}" another mainNumber, or the user another number, and run pulumi up; then remove the location`;
  return [{ property: 'phoneNumber', reason }];
}

/** Warns in preview of a user that names no location, and so stays at one that this run removes. */
export async function warnIfLeftBehind(run: Run, email: string, locationId: string | undefined): Promise<void> {
  if (locationId === undefined || run.claims.isClaimed('location', locationId)) return;
  const closing = await closingSite(run, ({ id }) => isSameId(id, locationId));
  if (closing === undefined) return;
  run.warn(
    `location "${closing}" can be removed only when nobody is at it, but user ${email} declares no locationId and stays there. ` +
      'Declare where the user goes, such as headquartersLocationId of the customer',
    `left behind at ${locationId}`,
  );
}

/** Name of the location that the stack recorded and the program no longer declares, if one passes the test. */
async function closingSite(run: Run, test: (location: Recorded) => boolean): Promise<string | undefined> {
  const program = Program.of(run);
  const found = (await run.recorded()).find((each) => test(each) && program.removes('location', each));
  return found && text(found.state.name);
}
