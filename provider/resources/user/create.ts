import { hasCalling } from '../../packages';
import { type Subscriber, WebexApiError } from '../../webex';
import { guardNewSubscriber } from '../administrators/guard';
import { inSteps } from '../define/steps';
import { pick } from '../inputs/keys';
import { NewCustomers } from '../lookups/new-customers';
import { NewPeople } from '../lookups/new-people';
import { organizationOf } from '../lookups/organizations';
import { Leftovers } from '../moves/leftovers';
import { Lines } from '../moves/lines';
import { DeclarationError, messageOf } from '../outcomes/errors';
import type { Run } from '../run/run';
import { creationBody } from './api';
import { requestConsent } from './consent';
import { leaverReason } from './leavers';
import { applyPerson, roleIds } from './person';
import { lineOf } from './place';
import { INPUT_KEYS, isLocationDeclared, isPending, PERSON_KEYS, type UserInputs, type UserState } from './schema';

/** Nothing may be created for a user with a role that doesn't exist. @throws DeclarationError */
export async function prepare(run: Run, { roles = [] }: UserInputs): Promise<void> {
  await roleIds(run, roles);
}

/** Sends POST /wholesale/subscribers, unless it would take something from an administrator. @throws DeclarationError */
export async function post(run: Run, inputs: UserInputs): Promise<Subscriber> {
  await guardNewSubscriber(run, inputs);
  const write = () => run.webex.subscribers.create(creationBody(inputs), inputs.onBehalfOfSubPartnerOrgId);
  return Leftovers.of(run).besides(write);
}

/**
 * Applies what the POST doesn't take: roles. A person of another organization is pending migration at first: that is
 * success, and what belongs to the person is applied once a refresh shows it provisioned.
 */
export async function complete(run: Run, created: Subscriber, inputs: UserInputs): Promise<UserState> {
  const { id, personId, status } = created;
  const start: UserState = { ...pick(inputs, INPUT_KEYS), roles: undefined, personId, status };
  return inSteps(id, start, true, async (record) => {
    const declared = PERSON_KEYS.filter((key) => inputs[key] !== undefined);
    if (isPending(start)) await requestConsent(run, id, inputs);
    else if (personId !== undefined && (inputs.roles ?? []).length > 0)
      await applyPerson(run, personId, declared, inputs);
    const locationId = await whereItIs(run, start, inputs);
    record({ roles: inputs.roles, locationId, locationIsDeclared: isLocationDeclared(inputs, locationId) });
  });
}

/** Webex chooses the location of a calling user that is created without one, and doesn't answer which. */
async function whereItIs(
  run: Run,
  { personId, locationId }: UserState,
  { package: name, customerId, onBehalfOfSubPartnerOrgId }: UserInputs,
): Promise<string | undefined> {
  if (locationId !== undefined || personId === undefined || !hasCalling(name)) return locationId;
  const orgId = await organizationOf(run, { customerId, onBehalfOfSubPartnerOrgId });
  const only = NewCustomers.of(run).onlyCallingLocation(orgId);
  if (only !== undefined) return only;
  const person = await NewPeople.of(run).find(personId, customerId, onBehalfOfSubPartnerOrgId);
  return person?.locationId;
}

/** Another user of the program may have the extension or number that a new one is to get. */
export async function postAfterExchange(run: Run, inputs: UserInputs, error: unknown): Promise<Subscriber> {
  if (!(error instanceof WebexApiError)) throw error;
  const reason = await leaverReason(run, inputs, messageOf(error));
  if (reason !== undefined) throw new DeclarationError('package', reason);
  let isFirst = true;
  return Lines.of(run).assign(lineOf(undefined, inputs), async () => {
    if (!isFirst) return post(run, inputs);
    isFirst = false;
    throw error;
  });
}
