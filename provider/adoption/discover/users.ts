import { isAdministratorRole } from '../../packages';
import { namesIn } from '../../resources/lookups/roles';
import { readListed } from '../../resources/user/read';
import { inputsOf, isPending, type UserInputs, userInputs, userRules } from '../../resources/user/schema';
import { isSameId, uuidOf } from '../../webex/ids';
import { failuresOf } from './failures';
import type { FoundInputs, FoundLocation, FoundUser } from './found';
import type { Organization } from './organization';

/** Reads the users of a customer. */
export async function readUsers(
  { run, subscribers, notes, customerId }: Organization,
  locations: readonly FoundLocation[],
  headquartersId: string | undefined,
): Promise<FoundUser[]> {
  const names = new Map(locations.map(({ id, name }) => [uuidOf(id), name]));
  const users: FoundUser[] = [];
  for (const subscriber of subscribers) {
    const { id, email } = subscriber;
    if (isPending(subscriber)) {
      notes.push(`user ${email} is left out: the person must consent to the move to this organization first`);
      continue;
    }
    const state = await readListed(run, { ...subscriber, customerId });
    const { locationId, ...inputs } = inputsOf(state);
    const declared = declarationOf(inputs);
    const isElsewhere = locationId !== undefined && !isSameId(locationId, headquartersId);
    const location = isElsewhere ? names.get(uuidOf(locationId)) : undefined;
    if (isElsewhere && location === undefined) {
      notes.push(`user ${email} is left out, because the user's location is`);
      continue;
    }
    const failures = failuresOf(userInputs, { ...declared, customerId }, (checked) => userRules(checked, undefined));
    if (failures.length === 0) users.push({ id, email, inputs: declared, ...(location !== undefined && { location }) });
    else notes.push(`user ${email} is left out, because it can't be declared as it is: ${failures.join('; ')}`);
  }
  return users;
}

/** The inputs of the resource, without default values. */
function declarationOf(inputs: Omit<UserInputs, 'locationId'>): FoundInputs {
  const { customerId: _, onBehalfOfSubPartnerOrgId: _subPartner, roles, attendantConsole, ...rest } = inputs;
  return {
    ...rest,
    ...(attendantConsole === true && { attendantConsole }),
    ...(roles && roles.length > 0 && { roles }),
  };
}

/**
 * Notes the people of the organization that aren't users of the customer: they can't be declared.
 * @param primaryEmail address of the first administrator, which is declared with the customer
 */
export function noteStrangers({ people, subscribers, roles, notes }: Organization, primaryEmail: unknown): void {
  const ids = new Set(subscribers.map(({ personId }) => personId && uuidOf(personId)));
  for (const { id, emails, roles: held = [] } of people) {
    if (ids.has(uuidOf(id)) || emails[0] === primaryEmail) continue;
    const administrator = namesIn(roles, held).filter(isAdministratorRole);
    const as = administrator.length > 0 ? ` (${administrator.join(', ')})` : '';
    notes.push(`${emails[0] ?? id}${as} is a person of the organization and no user of the customer`);
  }
}
