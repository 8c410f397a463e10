import { z } from 'zod';
import { badRequest, conflict } from '../http/errors';
import { canonicalId } from '../ids';
import { fromJson, type PersonRow, type SubscriberRow } from '../storage/rows';
import type { World } from '../world';
import { assignCalling, planCalling, planLine, releaseCalling } from './callingUsers';
import { EMAIL_IN_USE } from './customerRules';
import { customerOfOrganization } from './customers';
import { email, text } from './fields';
import { consumedUnits, packageOfLicense } from './licenses';
import { getLocation } from './locations';
import { getOrganization, organizationOf } from './organizations';
import { hasCalling, LIMITED_PACKAGES } from './packages';
import { createPerson, getPerson, type Profile, personByEmail } from './people';
import { checkRoles } from './roles';

const address = z.object({
  type: z.string().optional(),
  country: z.string().optional(),
  locality: z.string().optional(),
  region: z.string().optional(),
  streetAddress: z.string().optional(),
  postalCode: z.string().optional(),
});

const fields = {
  // "Only one email address is allowed per person."
  emails: z.array(email).length(1, 'must hold exactly one email address'),
  // Only `work` can be set; the other types of an answer are accepted and ignored, so that a client can put back what it got.
  phoneNumbers: z
    .array(
      z.object({ type: z.enum(['work', 'work_extension', 'mobile', 'fax']).optional(), value: z.string().optional() }),
    )
    .optional(),
  extension: z.string().optional(),
  locationId: text.optional(),
  firstName: z.string().max(256).optional(),
  lastName: z.string().max(256).optional(),
  avatar: z.string().max(2048).optional(),
  orgId: text.optional(),
  roles: z.array(z.string()).optional(),
  licenses: z.array(z.string()).optional(),
  department: z.string().max(256).optional(),
  manager: z.string().max(256).optional(),
  managerId: z.string().max(256).optional(),
  title: z.string().max(256).optional(),
  addresses: z.array(address).optional(),
  siteUrls: z.array(z.string()).optional(),
};

/** POST /people. "At least one of ... `displayName`, `firstName`, `lastName`." */
export const createPersonBody = z
  .object({ ...fields, displayName: text.optional() })
  .refine(
    (person) => person.displayName || person.firstName || person.lastName,
    'displayName, firstName or lastName is required',
  );
export type CreatePerson = z.infer<typeof createPersonBody>;

/** PUT /people/{personId}. `displayName` is the one required field; `nickName` follows firstName. */
export const updatePersonBody = z.object({
  ...fields,
  emails: fields.emails.optional(),
  displayName: text,
  nickName: z.string().optional(),
  loginEnabled: z.boolean().optional(),
});
export type UpdatePerson = z.infer<typeof updatePersonBody>;

/** Makes a person with what POST /people may give: roles, licenses and, with a calling license, location and line. */
export function addPerson(world: World, input: CreatePerson): PersonRow {
  const organization = organizationOf(world, input.orgId);
  const [address = ''] = input.emails;
  if (personByEmail(world, address))
    throw conflict(`The email is already associated with an existing user: ${address}.`, EMAIL_IN_USE);
  const person = createPerson(world, { ...input, orgId: organization.id, email: address });
  world.db.update('people', 'id', person.id, { profile: JSON.stringify(profileOf(input)) });
  if (input.roles)
    world.db.update('people', 'id', person.id, { roles: JSON.stringify(checkRoles(world, input.roles)) });
  if (input.licenses) setLicenses(world, person, input.licenses, input);
  return getPerson(world, person.id);
}

/**
 * Replaces a person: "this action expects all user details to be present", so names and profile fields that are left out are cleared.
 * Assumptions: `roles`, `licenses`, `emails` and `loginEnabled` stay where they are left out, and so do extension and numbers where both
 * are (a client that doesn't ask for calling data can't take somebody's line); one of the two clears the other.
 */
export function replacePerson(world: World, person: PersonRow, input: UpdatePerson): PersonRow {
  if (input.orgId !== undefined && getOrganization(world, input.orgId).id !== person.org_id)
    throw badRequest("Invalid field 'orgId': a person cannot be moved to another organization.");
  changeEmail(world, person, input.emails?.[0]);
  world.db.update('people', 'id', person.id, {
    display_name: input.displayName,
    first_name: input.firstName || null,
    last_name: input.lastName || null,
    profile: JSON.stringify(profileOf(input)),
    modified: world.clock.now(),
    ...(input.loginEnabled === undefined ? {} : { login_enabled: input.loginEnabled ? 1 : 0 }),
    ...(input.roles ? { roles: JSON.stringify(checkRoles(world, input.roles)) } : {}),
  });
  if (input.licenses) setLicenses(world, person, input.licenses, input);
  changeLine(world, getPerson(world, person.id), input);
  return getPerson(world, person.id);
}

/** Deletes a person and, since it is the same user, the subscriber (assumption). Number and extension are free again. */
export function deletePerson(world: World, person: PersonRow): void {
  world.db.run('DELETE FROM subscribers WHERE person_id = ?', person.id);
  world.db.run('UPDATE numbers SET person_id = NULL WHERE person_id = ?', person.id);
  world.db.run('DELETE FROM people WHERE id = ?', person.id);
}

function profileOf(input: CreatePerson | UpdatePerson): Profile {
  const { avatar, department, manager, managerId, title, addresses, siteUrls } = input;
  return { avatar, department, manager, managerId, title, addresses, siteUrls };
}

function changeEmail(world: World, person: PersonRow, address: string | undefined): void {
  if (address === undefined || address === person.email) return;
  const other = personByEmail(world, address);
  const subscriber = world.db.first<SubscriberRow>('SELECT * FROM subscribers WHERE email = ?', address);
  if ((other && other.id !== person.id) || (subscriber && subscriber.person_id !== person.id))
    throw conflict(`The email is already associated with an existing user: ${address}.`, EMAIL_IN_USE);
  world.db.update('people', 'id', person.id, { email: address });
  world.db.run('UPDATE subscribers SET email = ? WHERE person_id = ?', address, person.id);
}

function changeLine(world: World, person: PersonRow, input: UpdatePerson): void {
  if (input.extension === undefined && input.phoneNumbers === undefined && input.locationId === undefined) return;
  if (!person.calling) {
    // "Only settable for a person with a Webex Calling license"; an empty list is what such a person has anyway.
    if (input.extension || workNumber(input))
      throw badRequest('Extension and phone numbers need a Webex Calling license.');
    if (input.locationId !== undefined)
      world.db.update('people', 'id', person.id, {
        location_id: getLocation(world, input.locationId, person.org_id).id,
      });
    return;
  }
  if (input.locationId !== undefined && canonicalId('LOCATION', input.locationId) !== person.location_id)
    throw badRequest(
      "Invalid field 'locationId': it cannot be changed if the user is already an existing calling user.",
    );
  if (input.extension === undefined && input.phoneNumbers === undefined) return;
  const location = getLocation(world, person.location_id ?? '');
  const line = planLine(
    world,
    location,
    { extension: input.extension, primaryPhoneNumber: workNumber(input) },
    person.id,
  );
  assignCalling(world, person.id, { location, ...line });
}

function workNumber(input: CreatePerson | UpdatePerson): string | undefined {
  return input.phoneNumbers?.find(({ type, value }) => (type ?? 'work') === 'work' && value)?.value;
}

/**
 * Licenses through the People API. A wholesale subscriber's follow from its packages and can't be changed here (assumption); anybody
 * else can be given free ones, and "for creating a `Webex Calling` user" a location and an extension or number with it.
 */
function setLicenses(
  world: World,
  person: PersonRow,
  sent: readonly string[],
  input: CreatePerson | UpdatePerson,
): void {
  const current = fromJson<string[]>(person.licenses);
  if (current.length === new Set(sent).size && current.every((id) => sent.includes(id))) return;
  if (world.db.first('SELECT 1 FROM subscribers WHERE person_id = ?', person.id))
    throw badRequest("Invalid field 'licenses': a wholesale subscriber's licenses follow from its package.");
  const packages = sent.map((id) => {
    const name = packageOfLicense(world, person.org_id, id);
    if (!name) throw badRequest(`Invalid field 'licenses': the organization has no license ${id}.`);
    if (!current.includes(id)) checkFree(world, person.org_id, id, name);
    return name;
  });
  if (hasCalling(packages) && !person.calling) {
    const request = { locationId: input.locationId, extension: input.extension, primaryPhoneNumber: workNumber(input) };
    assignCalling(world, person.id, planCalling(world, person.org_id, request, person.id));
  } else if (!hasCalling(packages) && person.calling) releaseCalling(world, person.id);
  world.db.update('people', 'id', person.id, { licenses: JSON.stringify([...new Set(sent)]) });
}

function checkFree(world: World, orgId: string, licenseId: string, name: string): void {
  const customer = customerOfOrganization(world, orgId);
  const limits = fromJson<Record<string, number>>(customer?.limits ?? '{}');
  const limit = LIMITED_PACKAGES.some((limited) => limited === name) ? limits[name] : undefined;
  if (limit !== undefined && consumedUnits(world, licenseId) >= limit)
    throw conflict(`No free license of ${name} is left.`);
}
