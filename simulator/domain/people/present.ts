import { fromJson, isoDate, type LocationRow, type PersonRow } from '../../storage/rows';
import type { World } from '../../world';
import { numberOf } from '../calling/lines';

/** Fields of a person that the simulator only stores. */
export interface Profile {
  avatar?: string | undefined;
  department?: string | undefined;
  managerId?: string | undefined;
  title?: string | undefined;
  addresses?: Record<string, string | undefined>[] | undefined;
  siteUrls?: string[] | undefined;
}

/**
 * The Person object. Extension, numbers and location are "Webex Calling user details", shown with `callingData=true`
 * only. `loginEnabled` and `invitePending` are texts in the document's schema and booleans in Webex (Cisco's own client
 * fails on texts). Presence is always unknown.
 */
export function presentPerson(world: World, row: PersonRow, callingData: boolean): Record<string, unknown> {
  return {
    id: row.id,
    emails: [row.email],
    ...(callingData ? callingDetails(world, row) : {}),
    displayName: row.display_name,
    ...(row.first_name === null ? {} : { nickName: row.first_name, firstName: row.first_name }),
    ...(row.last_name === null ? {} : { lastName: row.last_name }),
    ...fromJson<Profile>(row.profile),
    orgId: row.org_id,
    roles: fromJson<string[]>(row.roles),
    licenses: fromJson<string[]>(row.licenses),
    created: isoDate(row.created),
    lastModified: isoDate(row.modified),
    status: 'unknown',
    invitePending: false,
    loginEnabled: row.login_enabled === 1,
    type: 'person',
  };
}

function callingDetails(world: World, row: PersonRow): Record<string, unknown> {
  if (row.calling && world.weather.lacksCalling(`${row.id} ${row.modified}`))
    return { errors: { callingData: { code: 'calling_failure', reason: 'The calling data could not be read.' } } };
  const number = numberOf(world, row.id);
  const phoneNumbers = [
    ...(number === undefined ? [] : [{ type: 'work', value: number, primary: true }]),
    ...(row.extension === null
      ? []
      : [{ type: 'work_extension', value: `${routingPrefixOf(world, row)}${row.extension}`, primary: false }]),
  ];
  return {
    ...(phoneNumbers.length ? { phoneNumbers } : {}),
    ...(row.extension === null ? {} : { extension: row.extension }),
    ...(row.location_id === null ? {} : { locationId: row.location_id }),
  };
}

/** "For the Webex Calling person, the value will have a routing prefix along with the extension." */
function routingPrefixOf(world: World, { location_id }: PersonRow): string {
  const sql = 'SELECT routing_prefix FROM locations WHERE id = ?';
  return world.db.first<LocationRow>(sql, location_id)?.routing_prefix ?? '';
}
