import { badRequest, conflict } from '../../api-error';
import { newId } from '../../ids';
import { fromJson, type LocationRow } from '../../storage/rows';
import type { World } from '../../world';
import type { LocationAddress } from '../fields';
import { getLocation } from './find';
import type { CreateLocation, UpdateLocation } from './schema';

/** Longest name of a location with calling (public evidence: wxc_sdk, wxops). */
const MAX_CALLING_NAME = 80;

/** Creates a location. Errors: 409 if the organization has one with that name (assumption). */
export function createLocation(world: World, orgId: string, input: CreateLocation, created: number): LocationRow {
  checkName(world, orgId, input.name);
  const id = newId('LOCATION', world.weather.settings.otherIds);
  world.db.insert('locations', {
    id,
    org_id: orgId,
    name: input.name,
    time_zone: input.timeZone,
    preferred_language: input.preferredLanguage,
    announcement_language: (input.announcementLanguage ?? input.preferredLanguage).toLowerCase(),
    address: JSON.stringify(input.address),
    latitude: input.latitude ?? null,
    longitude: input.longitude ?? null,
    notes: input.notes ?? null,
    calling: 0,
    created,
  });
  return getLocation(world, id);
}

/** Changes the given fields. Errors: 409 if another location of the organization has the name. */
export function updateLocation(world: World, location: LocationRow, changes: UpdateLocation): void {
  if (changes.name !== undefined) {
    checkName(world, location.org_id, changes.name, location.id);
    if (location.calling && changes.name !== location.name) checkCallingName(changes.name);
  }
  const { address2, ...address } = { ...fromJson<LocationAddress>(location.address), ...changes.address };
  world.db.update('locations', 'id', location.id, {
    name: changes.name ?? location.name,
    time_zone: changes.timeZone ?? location.time_zone,
    preferred_language: changes.preferredLanguage ?? location.preferred_language,
    // null and an empty text clear the second line.
    address: JSON.stringify({ ...address, ...(address2 ? { address2 } : {}) }),
    latitude: changes.latitude ?? location.latitude,
    longitude: changes.longitude ?? location.longitude,
    notes: changes.notes ?? location.notes,
  });
}

/**
 * Deletes a location. Errors: 409 while it has calling ("Disabling Webex Calling ... is required prior"), and in some
 * weather for a while afterwards.
 */
export function deleteLocation(world: World, location: LocationRow): void {
  if (location.calling) throw conflict('Disabling Webex Calling for the location is required prior to deleting it.');
  if (world.weather.isWithin(location.calling_ended, 'referencedSeconds', world.clock.now()))
    throw conflict('Location is being referenced', 50003);
  world.db.run('UPDATE people SET location_id = NULL WHERE location_id = ?', location.id);
  world.db.run('DELETE FROM locations WHERE id = ?', location.id);
}

/** Refuses (400) a name that is too long for calling. */
export function checkCallingName(name: string): void {
  if (name.length > MAX_CALLING_NAME)
    throw badRequest(
      `Invalid field 'name': a location with Webex Calling has a name of at most ${MAX_CALLING_NAME} characters.`,
    );
}

function checkName(world: World, orgId: string, name: string, except = ''): void {
  if (world.db.first('SELECT 1 FROM locations WHERE org_id = ? AND name = ? AND id <> ?', orgId, name, except))
    throw conflict(`The organization already has a location named ${name}.`);
}
