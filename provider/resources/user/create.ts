import type { Subscriber } from '../../webex';
import { inSteps, pick } from '../outcomes/lifecycle-helpers';
import { postOnce } from '../outcomes/post';
import { DeclarationError, mayExist } from '../outcomes/refusals';
import { hold, isHeld } from '../run/ownership';
import { session } from '../run/session';
import { warn } from '../run/warnings';
import { askForConsent, creationOf } from './backend';
import { compared, conflict, findExisting } from './existing';
import { applyPerson, roleIds } from './person';
import { INPUT_KEYS, isPending, type UserInputs, type UserState } from './schema';
import { update } from './update';

/**
 * Creates a user. A person of another organization is pending migration at first: that is success, and what belongs
 * to the person is applied once a refresh shows it provisioned.
 * @throws DeclarationError for a role that doesn't exist, or an e-mail address that another user has
 */
export async function create(inputs: UserInputs): Promise<{ id: string; state: UserState }> {
  // Before anything is made: a role that doesn't exist must leave nothing behind.
  await roleIds(inputs.roles ?? []);
  const begun = await begin(inputs);
  if ('existing' in begun)
    return { id: begun.existing.id, state: await update(begun.existing.id, begun.state, inputs) };

  const { id, personId, status } = begun.made;
  hold('user', id);
  const start: UserState = { ...pick(inputs, INPUT_KEYS), roles: undefined, personId, status };
  const state = await inSteps(id, start, true, async (note) => {
    if (isPending(start)) await askForConsent(id, inputs);
    else if (personId !== undefined && (inputs.roles ?? []).length > 0) await applyPerson(personId, {}, inputs);
    note({ roles: inputs.roles });
  });
  return { id, state };
}

type Begun = { made: Subscriber } | { existing: Subscriber; state: UserState };

/** Sends the POST. Where Webex refuses, or it isn't known whether it arrived, the user is looked up by e-mail address. */
async function begin(inputs: UserInputs): Promise<Begun> {
  const behalf = inputs.onBehalfOfSubPartnerOrgId;
  const post = () => session.webex.subscribers.create(creationOf(inputs), behalf);
  const sent = await postOnce(post, () => findExisting(inputs), mayExist);
  if ('answer' in sent) return { made: sent.answer };

  const { found: existing } = sent;
  if (isHeld('user', existing.id)) {
    throw new DeclarationError(
      'email',
      `${inputs.email} is declared twice: another resource of this program has this user`,
    );
  }
  const { state, differences } = await compared(existing, inputs);
  if (existing.customerId !== inputs.customerId || (differences.length > 0 && inputs.adopt !== true)) {
    throw new DeclarationError('email', conflict(inputs.email, differences));
  }
  warn(`user ${inputs.email} exists already; it was taken over`);
  return { existing, state };
}
