import { badRequest } from '../../api-error';
import { canonicalId } from '../../ids';
import type { PersonRow } from '../../storage/rows';
import type { World } from '../../world';
import { planLine } from '../calling/line-rules';
import { assignCalling } from '../calling/lines';
import { getLocation } from '../locations/find';
import type { CreatePerson, UpdatePerson } from './schema';

/** Changes extension, number and location as PUT /people asks. Throws 400 for a person without calling. */
export function changeLine(world: World, person: PersonRow, input: UpdatePerson): void {
  if (input.extension === undefined && input.phoneNumbers === undefined && input.locationId === undefined) return;
  if (!person.calling) {
    // "Only settable for a person with a Webex Calling license". An empty list changes nothing for other people.
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

/** The work number in a request, if there is one. */
export function workNumber(input: CreatePerson | UpdatePerson): string | undefined {
  return input.phoneNumbers?.find(({ type, value }) => (type ?? 'work') === 'work' && value)?.value;
}
