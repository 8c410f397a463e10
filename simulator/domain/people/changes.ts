import { badRequest } from '../../api-error';
import type { PersonRow } from '../../storage/rows';
import type { World } from '../../world';
import { releaseNumbers } from '../calling/lines';
import { getOrganization, organizationOf } from '../organizations/find';
import { createPerson } from './create';
import { changeEmail, checkEmailFree } from './email';
import { getPerson } from './find';
import { setLicenses } from './licenses';
import { changeLine } from './line';
import type { Profile } from './present';
import { checkRoles } from './roles';
import type { CreatePerson, UpdatePerson } from './schema';

/** Creates a person for POST /people, with roles, licenses and, with a calling license, location and line. */
export function addPerson(world: World, input: CreatePerson): PersonRow {
  const organization = organizationOf(world, input.orgId);
  const [address = ''] = input.emails;
  checkEmailFree(world, address);
  const person = createPerson(world, { ...input, orgId: organization.id, email: address });
  world.db.update('people', 'id', person.id, { profile: JSON.stringify(profileOf(input)) });
  if (input.roles)
    world.db.update('people', 'id', person.id, { roles: JSON.stringify(checkRoles(world, input.roles)) });
  if (input.licenses) setLicenses(world, person, input.licenses, input);
  return getPerson(world, person.id);
}

/**
 * Replaces a person: "this action expects all user details to be present", so omitted profile fields are cleared.
 * Omitted names, email and login stay, and so do `roles` and `licenses` (assumption for these two). Extension and
 * numbers stay if both are omitted, so that a client without calling data doesn't remove them; one of the two clears
 * the other (public evidence: tests of wxc_sdk).
 */
export function replacePerson(world: World, person: PersonRow, input: UpdatePerson): PersonRow {
  if (input.orgId !== undefined && getOrganization(world, input.orgId).id !== person.org_id)
    throw badRequest("Invalid field 'orgId': a person cannot be moved to another organization.");
  changeEmail(world, person, input.emails?.[0]);
  world.db.update('people', 'id', person.id, {
    display_name: input.displayName,
    first_name: input.firstName || person.first_name,
    last_name: input.lastName || person.last_name,
    profile: JSON.stringify(profileOf(input)),
    modified: world.clock.now(),
    ...(input.loginEnabled === undefined ? {} : { login_enabled: input.loginEnabled ? 1 : 0 }),
    ...(input.roles ? { roles: JSON.stringify(checkRoles(world, input.roles)) } : {}),
  });
  if (input.licenses) setLicenses(world, person, input.licenses, input);
  changeLine(world, getPerson(world, person.id), input);
  return getPerson(world, person.id);
}

/**
 * Deletes a person and its subscriber (assumption), and frees number and extension.
 */
export function deletePerson(world: World, person: PersonRow): void {
  world.db.run('DELETE FROM subscribers WHERE person_id = ?', person.id);
  releaseNumbers(world, person.id);
  world.db.run('DELETE FROM people WHERE id = ?', person.id);
}

function profileOf(input: CreatePerson | UpdatePerson): Profile {
  const { avatar, department, managerId, title, addresses, siteUrls } = input;
  return { avatar, department, managerId, title, addresses, siteUrls };
}
