import { KINDS } from '../../kinds';
import { type CheckFailure, UNKNOWN } from '../../lifecycle';
import { hasCalling } from '../../packages';
import type { Subscriber } from '../../webex';
import { guardRemoval } from '../administrators/declared';
import { isAdministrator } from '../administrators/roles';
import { defineResource } from '../define';
import { keysBy } from '../inputs/keys';
import { comparable, isSameText } from '../inputs/spelling';
import { withHeadquarters } from '../lookups/headquarters';
import { warnIfLeftBehind } from '../moves/closing-sites';
import { heldReason, keptFailures, Lines } from '../moves/lines';
import { Program } from '../program/program';
import type { DeclaredKey } from '../run/claims';
import type { Run } from '../run/run';
import { guard } from './administrator';
import { creationBody } from './api';
import { complete, post, postAfterExchange, prepare } from './create';
import { compare, find } from './find';
import { adopted, identify } from './import';
import { leaverReason } from './leavers';
import { lineOf } from './place';
import { previewFailures } from './preview';
import { beforeChange, previousOf } from './previous';
import { pendingNow, read } from './read';
import { remove } from './remove';
import {
  CHANGES,
  INPUT_KEYS,
  inputsOf,
  isPending,
  listed,
  PERSON_KEYS,
  type UserInputs,
  type UserState,
  userInputs,
  userRules,
} from './schema';
import { update } from './update';

/** Handlers of a user: a wholesale subscriber. */
export const user = defineResource<UserInputs, UserState, Subscriber, Subscriber>({
  kind: 'user',
  type: KINDS.User.type,
  schema: userInputs,
  derived: { previous: ['package', 'attendantConsole', 'roles'] },
  inputKeys: INPUT_KEYS,
  immutable: keysBy(CHANGES, 'never'),
  followsCustomer: true,
  title: ({ email }) => `user ${email}`,
  existing: ({ email }) => `a user ${email}`,
  keys: ({ email, phoneNumber, ...line }, isNew) => [
    { kind: 'user', property: 'email', key: comparable(email, 'email'), shown: email },
    ...(phoneNumber === undefined
      ? []
      : [{ kind: 'number of a user', property: 'phoneNumber', key: phoneNumber, shown: phoneNumber }]),
    ...declaredExtension(line, isNew),
  ],

  withKnown: withHeadquarters,
  before: beforeChange,
  rules: (_run, inputs, before) => userRules(inputs, before),
  previous: previousOf,
  customerForPolicies: ({ roles }, references) => {
    const [customer, ...others] = references?.customerId ?? [];
    return isAdministrator(listed(roles)) && others.length === 0 ? customer : undefined;
  },
  preview: previewFailures,
  precheck: {
    scope: 'all',
    body: creationBody,
    send: ({ webex }, inputs) => webex.subscribers.precheck(creationBody(inputs), inputs.onBehalfOfSubPartnerOrgId),
    hints: [
      [/extension/i, 'extension'],
      [/phone ?number|primaryPhoneNumber/i, 'phoneNumber'],
      [/location/i, 'locationId'],
      [/package|limit|administrator/i, 'package'],
      [/e-?mail|user|subscriber/i, 'email'],
      [/customer/i, 'customerId'],
      [/first ?name/i, 'firstName'],
      [/last ?name/i, 'lastName'],
    ],
    refused: async (run, inputs, failures) => {
      const isOfLine = failures.some(({ property }) => property === 'extension' || property === 'phoneNumber');
      const line = lineOf(undefined, inputs);
      const held = isOfLine ? await Lines.of(run).heldBy(line) : [];
      const kept = keptFailures(held, line);
      if (kept.length > 0) return kept;
      if (held.length === 0 && !failures.every((failure) => isUpdatedBefore(run, inputs, failure)))
        return Promise.all(
          failures.map(async (each) => ({
            ...each,
            reason: (await leaverReason(run, inputs, each.reason)) ?? each.reason,
          })),
        );
      // Refused now, these users could never be created; Webex may accept them once the update is done.
      for (const each of held) run.warn(`user ${inputs.email}: ${heldReason(each, line)}; it is released first`);
      for (const { reason } of held.length > 0 ? [] : failures) {
        const about = reason.replace(/ \(trackingId .*/, '');
        run.warn(`user ${inputs.email}: ${reason}; what this run updates first may change that`, about);
      }
      return [];
    },
  },

  current: async (run, id, state, inputs) => {
    if (run.isPreview && inputs.locationId === undefined && hasCalling(inputs.package))
      await warnIfLeftBehind(run, inputs.email, state.locationId);
    return pendingNow(run, id, state);
  },
  isSureToChange: (run, { email, locationId }) => locationId === UNKNOWN && Program.of(run).goesToNewLocation(email),
  guard,
  // They wait until the person has consented to the migration.
  ignored: (state, { locationId }) => [
    ...(isPending(state) ? PERSON_KEYS : []),
    // Left out, the user stays where it is.
    ...(locationId === undefined ? (['locationId'] as const) : []),
  ],
  refuse: (state, { email }) => {
    if (!isPending(state) || email === UNKNOWN || isSameText(email, state.email, 'email')) return;
    throw new Error(
      `user ${state.email}: email: can't be changed to ${email} while the user is pending migration. Put ${state.email} back until ` +
        'the person has consented',
    );
  },

  find,
  compare,
  create: { prepare, post, otherwise: postAfterExchange, complete },
  read,
  inputsOf,
  identify,
  adopted,
  removedWhenLeftOut: ['extension', 'phoneNumber'],
  update,
  guardRemoval,
  remove,
});

/** Whether this run first updates what the user needs: a package or limit of its customer, a number of its location. */
function isUpdatedBefore({ claims }: Run, { customerId, locationId }: UserInputs, { property }: CheckFailure): boolean {
  return (
    claims.isUpdateExpected('customer', customerId) ||
    (property !== 'package' && locationId !== undefined && claims.isUpdateExpected('location', locationId))
  );
}

/** A user that exists and declares no location is where it is; a new one goes to the headquarters. */
function declaredExtension(
  { customerId, locationId, extension }: Pick<UserInputs, 'customerId' | 'locationId' | 'extension'>,
  isNew: boolean,
): DeclaredKey[] {
  const where = locationId ?? (isNew ? 'headquarters' : undefined);
  if (extension === undefined || where === undefined) return [];
  const key = `${customerId}/${where}/${extension}`;
  const among = ' at this location';
  return [{ kind: 'extension of a user', property: 'extension', key, shown: extension, among }];
}
