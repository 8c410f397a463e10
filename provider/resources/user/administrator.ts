import { UNKNOWN } from '../../lifecycle';
import { isDowngrade, userPackages } from '../../packages';
import { type DeclaredUser, guardPackageChange, type Reading } from '../administrators/guard';
import { isAdministrator } from '../administrators/roles';
import { changedKeys, hasUnknown } from '../inputs/compare';
import { personById, subscriberById } from '../lookups/users';
import { DeclarationError } from '../outcomes/errors';
import type { Run } from '../run/run';
import { listed, type UserInputs, type UserState } from './schema';

/**
 * Refuses in a preview, and before a replacement, what the write would refuse: only diff knows the ID of the user and
 * its state; check sees the e-mail address and the old inputs. In other updates the write itself comes next.
 * @throws DeclarationError
 */
export async function guard(
  run: Run,
  id: string,
  state: UserState,
  inputs: UserInputs,
  isReplacement: boolean,
): Promise<void> {
  if (!run.isPreview && !isReplacement) return;
  if (hasUnknown([inputs.package, inputs.attendantConsole])) return;
  // At another customer it is another user, and takes nothing from this one.
  if (changedKeys(['customerId'] as const, state, inputs).length > 0) return;
  if (changedKeys(['package', 'attendantConsole'] as const, state, inputs).length === 0) return;
  const declared: DeclaredUser = { ...inputs, roles: listed(inputs.roles), customerId: state.customerId };
  await guardPackageChange(run, id, state.personId, declared, fromLists(run, state)).catch((error: unknown) => {
    if (error instanceof DeclarationError) throw new Error(`user ${inputs.email}: ${error.message}`);
    throw error;
  });
}

/** In a preview nothing is written, so that lists are as good as single requests. */
function fromLists(run: Run, { customerId, onBehalfOfSubPartnerOrgId: onBehalfOf }: UserState): Reading {
  const { webex } = run;
  return {
    subscriber: async (id) =>
      (await subscriberById(run, id, customerId, onBehalfOf)) ?? (await webex.subscribers.get(id, onBehalfOf)),
    person: async (id) => (await personById(run, id, customerId, onBehalfOf)) ?? (await webex.people.get(id)),
  };
}

/**
 * Warns in a preview that the rule about administrators can't be judged yet, for a user that is an administrator or may
 * be one: the update judges it before the write.
 * @param was the user before the change
 */
export function adviseUnknown({ warn }: Run, inputs: UserInputs, was: UserInputs | undefined): void {
  const unknown = (['email', 'package', 'attendantConsole', 'roles'] as const).filter((key) => hasUnknown(inputs[key]));
  if (unknown.length === 0 || !mayLose(inputs, was)) return;
  const title = hasUnknown(inputs.email) ? 'a user' : `user ${inputs.email}`;
  const are = unknown.length > 1 ? 'are' : 'is';
  warn(
    `${title}: ${unknown.join(' and ')} ${are} not known yet, so preview can't tell whether an administrator's package is ` +
      'lowered. pulumi up tells before it writes',
  );
}

function mayLose(inputs: UserInputs, was: UserInputs | undefined): boolean {
  if (hasUnknown(inputs.email)) return true;
  if (was === undefined) return false;
  const isOne = isAdministrator(was.roles) || isAdministrator(listed(inputs.roles)) || hasUnknown(inputs.roles);
  if (!isOne) return false;
  if ((inputs.package as string) === UNKNOWN) return true;
  const from = userPackages(was.package, was.attendantConsole);
  const to = userPackages(inputs.package, hasUnknown(inputs.attendantConsole) ? false : inputs.attendantConsole);
  return isDowngrade(from, to);
}
