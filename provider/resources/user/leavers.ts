import { isSameText } from '../inputs/spelling';
import { type RecordedUser, recordedUrn, recordedUsers, text } from '../moves/recorded-users';
import { Program } from '../program/program';
import type { Run } from '../run/run';
import type { UserInputs } from './schema';

type Wanted = Pick<UserInputs, 'customerId' | 'package'>;

/**
 * Webex's reason why a user can't be created, with the user that goes in the same run; undefined where the reason is no
 * limit, or nobody goes. Pulumi deletes last: a limit that is reached is free for a new user only after the run that
 * removes another one.
 */
export async function leaverReason(run: Run, inputs: UserInputs, reason: string): Promise<string | undefined> {
  if (!/limit/i.test(reason)) return undefined;
  const [leaver] = await leaversWith(run, inputs);
  if (leaver === undefined) return undefined;
  return `${reason}. This run removes user ${leaver.state.email} only after it creates others: ${REMEDY}`;
}

const REMEDY = 'remove that user first, in a run of its own, or raise the limit';

/**
 * Warns in preview, once for each package of a customer, where the declared users are within the limit, but not
 * together with those that this run removes after it.
 */
export async function warnOfLeavers(run: Run, { customerId, package: name }: UserInputs): Promise<void> {
  const program = Program.of(run);
  const isLimited = ({ packageLimits }: Readonly<Record<string, unknown>>) =>
    typeof packageLimits === 'object' && packageLimits !== null && name in packageLimits;
  if (![...program.all('customer').values()].some(isLimited)) return;
  const customer = program.all('customer').get((await recordedUrn(run, customerId)) ?? '');
  const limit = (customer?.packageLimits as Readonly<Record<string, unknown>> | undefined)?.[name];
  if (typeof limit !== 'number') return;
  const users = [...program.all('user').values()];
  const declared = users.filter((user) => user.customerId === customerId && user.package === name).length;
  const [leaver, ...others] = await leaversWith(run, { customerId, package: name });
  if (leaver === undefined || declared > limit || declared + 1 + others.length <= limit) return;
  run.warn(
    `packageLimits.${name} is ${limit}, and ${declared} users are declared with ${name}. Webex may refuse the last of them, because ` +
      `this run removes user ${leaver.state.email} only after it creates and changes others: ${REMEDY}`,
    `leavers with ${name} of ${customerId}`,
  );
}

/** Users of the customer with the package that this run removes, and that no other resource takes over. */
async function leaversWith(run: Run, wanted: Wanted): Promise<RecordedUser[]> {
  const program = Program.of(run);
  const isDeclared = (email: string) =>
    program.find('user', (user) => isSameText(text(user.email) ?? '', email, 'email'));
  return (await recordedUsers(run)).filter(
    (recorded) =>
      recorded.state.package === wanted.package &&
      recorded.state.customerId === wanted.customerId &&
      program.removes('user', recorded) &&
      isDeclared(text(recorded.state.email) ?? '') === undefined,
  );
}
