import type { LocationRow, OrganizationRow } from '../../storage/rows';
import type { World } from '../../world';
import type { CustomerParameters } from '../customers/schema';
import { createLocation } from '../locations/changes';

type HeadquartersInput = NonNullable<CustomerParameters['calling']>['location'];

/**
 * Makes the location of `provisioningParameters.calling` with calling. Its `language` becomes both languages of the
 * location. It has no PSTN connection. An existing location of that name (in a re-attached organization) is enabled.
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
        // State and postal code are required in answers of the locations documents, and optional in the wholesale
        // documents.
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

/** Marks a location as enabled, with the documented defaults: "by default the Org name" for the caller ID. */
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
