import { badRequest, conflict } from '../../api-error';
import { fromJson, type PersonRow } from '../../storage/rows';
import type { World } from '../../world';
import { planCalling } from '../calling/line-rules';
import { assignCalling, releaseCalling } from '../calling/lines';
import { customerOfOrganization } from '../customers/find';
import { hasCalling, LIMITED_PACKAGES } from '../packages/catalogue';
import { consumedUnits, packageOfLicense } from '../packages/licenses';
import { workNumber } from './line';
import type { CreatePerson, UpdatePerson } from './schema';

/**
 * Licenses in the People API. Those of a wholesale subscriber follow from its packages and can't be changed here
 * (assumption). Other people can get free licenses, and with a calling license a location and an extension or number.
 */
export function setLicenses(
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
