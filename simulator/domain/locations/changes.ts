import { conflict } from '../../api-error';
import { newId } from '../../ids';
import { fromJson, type LocationRow } from '../../storage/rows';
import type { World } from '../../world';
import type { LocationAddress } from '../fields';
import { getLocation } from './find';
import type { LocationInput } from './schema';

/** Makes a location. Errors: 409 where the organization has one of that name (assumption). */
export function createLocation(world: World, orgId: string, input: LocationInput, created: number): LocationRow {
  checkName(world, orgId, input.name);
  const id = newId('LOCATION');
  world.db.insert('locations', {
    id,
    org_id: orgId,
    name: input.name,
    time_zone: input.timeZone,
    preferred_language: input.preferredLanguage,
    announcement_language: input.announcementLanguage,
    address: JSON.stringify(input.address),
    latitude: input.latitude ?? null,
    longitude: input.longitude ?? null,
    notes: input.notes ?? null,
    calling: 0,
    created,
  });
  return getLocation(world, id);
}

/** Changes what is given. Errors: 409 where another location of the organization has the name. */
export function updateLocation(
  world: World,
  location: LocationRow,
  changes: { [Field in 'name' | 'timeZone' | 'preferredLanguage']?: string | undefined } & {
    address?: { [Field in keyof LocationAddress]?: LocationAddress[Field] | undefined } | undefined;
  },
): void {
  if (changes.name !== undefined) checkName(world, location.org_id, changes.name, location.id);
  const address = { ...fromJson<LocationAddress>(location.address), ...changes.address };
  world.db.update('locations', 'id', location.id, {
    name: changes.name ?? location.name,
    time_zone: changes.timeZone ?? location.time_zone,
    preferred_language: changes.preferredLanguage ?? location.preferred_language,
    address: JSON.stringify(address),
  });
}

/** Deletes a location. Errors: 409 while it is enabled for calling ("Disabling Webex Calling ... is required prior"). */
export function deleteLocation(world: World, location: LocationRow): void {
  if (location.calling) throw conflict('Disabling Webex Calling for the location is required prior to deleting it.');
  world.db.run('UPDATE people SET location_id = NULL WHERE location_id = ?', location.id);
  world.db.run('DELETE FROM locations WHERE id = ?', location.id);
}

function checkName(world: World, orgId: string, name: string, except = ''): void {
  if (world.db.first('SELECT 1 FROM locations WHERE org_id = ? AND name = ? AND id <> ?', orgId, name, except))
    throw conflict(`The organization already has a location named ${name}.`);
}
