import type { LocationRow, OrganizationRow } from '../../storage/rows';
import type { World } from '../../world';
import type { CustomerParameters } from '../customers/schema';
import { createLocation } from '../locations/changes';

type HeadquartersInput = NonNullable<CustomerParameters['calling']>['location'];

/**
 * The location of `provisioningParameters.calling`, enabled for calling. Its one `language` becomes both of the
 * location's. It has no PSTN connection. A location of that name that is there already (a re-attached organization) is
 * enabled instead of doubled.
 */
export function createHeadquarters(
  world: World,
  organization: OrganizationRow,
  input: HeadquartersInput,
  now: number,
): void {
  const same = world.db.first<LocationRow>(
    'SELECT * FROM locations WHERE org_id = ? AND name = ?',
    organization.id,
    input.name,
  );
  const { address } = input;
  const location =
    same ??
    createLocation(
      world,
      organization.id,
      {
        name: input.name,
        timeZone: input.timezone,
        preferredLanguage: world.weather.settings.storedLanguages ? asStored(input.language) : input.language,
        announcementLanguage: input.language,
        // The locations documents require state and postal code in answers; the wholesale ones let them be left out.
        address: {
          address1: address.addressLine1,
          ...(address.addressLine2 === undefined ? {} : { address2: address.addressLine2 }),
          city: address.city,
          state: address.stateOrProvince ?? '',
          postalCode: address.zipOrPostalCode ?? '',
          country: address.country,
        },
      },
      now,
    );
  setCalling(world, location.id, organization.display_name, now);
  if (input.emergencyLocationIdentifier !== undefined)
    world.db.update('locations', 'id', location.id, { access_network_info: input.emergencyLocationIdentifier });
}

/** Marks a location as enabled, with the defaults of the documents: "by default the Org name" for the caller ID. */
export function setCalling(world: World, locationId: string, orgName: string, now: number): void {
  world.db.update('locations', 'id', locationId, {
    calling: 1,
    calling_since: now,
    caller_id_name: orgName,
    external_caller_id_name: orgName,
    outside_dial_digit: '',
    enforce_outside_dial_digit: 0,
    routing_prefix: '',
  });
}

/** A language as Control Hub stores it: en_US (public evidence: exports of a real organization). */
function asStored(language: string): string {
  const [code = '', region] = language.split(/[_-]/);
  return region === undefined ? code.toLowerCase() : `${code.toLowerCase()}_${region.toUpperCase()}`;
}
