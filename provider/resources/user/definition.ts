import { hasCalling, userPackages } from '../../packages';
import type { Subscriber } from '../../webex';
import { defineResource } from '../define';
import { differs, hasUnknown, same } from '../inputs/compare';
import type { DeclaredUser } from '../program/program';
import type { Run } from '../run/run';
import { creationBody } from './api';
import { complete, post, prepare } from './create';
import { compare, find } from './find';
import { adopted, identify } from './import';
import { roleIds } from './person';
import { beforeChange, previousOf } from './previous';
import { read } from './read';
import { remove } from './remove';
import {
  IMMUTABLE_KEYS,
  INPUT_KEYS,
  inputsOf,
  isPending,
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
  schema: userInputs,
  derived: { previous: ['package', 'attendantConsole', 'roles'] },
  inputKeys: INPUT_KEYS,
  immutable: IMMUTABLE_KEYS,
  followsCustomer: true,
  title: ({ email }) => `user ${email}`,
  existing: ({ email }) => `a user ${email}`,
  keys: ({ email, phoneNumber }) => [
    { kind: 'user', property: 'email', key: email.toLowerCase(), shown: email },
    ...(phoneNumber === undefined
      ? []
      : [{ kind: 'number of a user', property: 'phoneNumber', key: phoneNumber, shown: phoneNumber }]),
  ],

  before: beforeChange,
  rules: (_run, inputs, before) => userRules(inputs, before),
  inProgram: (program, inputs, caller) => program.addUser(caller, neededBy(inputs)),
  previous: previousOf,
  preview: async (run, { roles }, olds) => {
    if (roles && !hasUnknown(roles) && !same(olds?.roles ?? [], roles)) await roleIds(run, roles);
    return [];
  },
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
      if (!isUpdatedBefore(run, inputs)) return failures;
      // Refused now, these users could never be created; Webex may accept them once the update is done.
      for (const { reason } of failures) {
        run.warn(`user ${inputs.email}: ${reason}; what this run updates first may change that`);
      }
      return [];
    },
  },

  // They wait until the person has consented to the migration.
  ignored: (state) => (isPending(state) ? PERSON_KEYS : []),
  replaces: (state, { locationId, package: name, allowReplacement }) => {
    const moves = locationId !== undefined && differs(state.locationId, locationId);
    return moves && hasCalling(state.package) && hasCalling(name) && allowReplacement === true ? ['locationId'] : [];
  },

  find,
  compare,
  create: { prepare, post, complete },
  read,
  inputsOf,
  identify,
  adopted,
  removedWhenLeftOut: ['extension', 'phoneNumber'],
  update,
  remove,
});

/** What the user needs of the rest of the program. */
function neededBy(inputs: UserInputs): DeclaredUser {
  const { customerId, locationId, extension, phoneNumber, package: name, attendantConsole } = inputs;
  const isKnown = !hasUnknown([name, attendantConsole]);
  const packages = isKnown ? userPackages(name, attendantConsole) : undefined;
  return { customerId, locationId, extension, phoneNumber, packages, isCalling: isKnown && hasCalling(name) };
}

/** Whether this run first updates what the user needs: a package or limit of its customer, a number of its location. */
function isUpdatedBefore({ claims }: Run, { customerId, locationId }: UserInputs): boolean {
  return (
    claims.isUpdateExpected('customer', customerId) ||
    (locationId !== undefined && claims.isUpdateExpected('location', locationId))
  );
}
