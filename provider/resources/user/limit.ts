import { recordedUsers } from '../moves/recorded-users';
import { Program } from '../program/program';
import type { Run } from '../run/run';
import type { UserInputs } from './schema';

/**
 * Webex's reason why a user can't be created; of a limit, with the user that goes in the same run. Pulumi deletes last:
 * a limit that is reached is free for a new user only after the run that removes another one.
 */
export async function withLeaver(run: Run, inputs: UserInputs, reason: string): Promise<string> {
  if (!/limit/i.test(reason)) return reason;
  const program = Program.of(run);
  const leaver = (await recordedUsers(run)).find(
    (recorded) =>
      recorded.state.package === inputs.package &&
      recorded.state.customerId === inputs.customerId &&
      program.removes('user', recorded),
  );
  if (leaver === undefined) return reason;
  const { email } = leaver.state;
  return `${reason}. This run removes user ${email} only after it creates others: remove that user first, in a run of its own, or raise the limit`;
}
