import { newId } from '../../ids';
import type { PersonRow } from '../../storage/rows';
import type { World } from '../../world';
import { getPerson } from './find';
import { fullAdministratorRole } from './roles';

/** Creates a person without calling. */
export function createPerson(
  world: World,
  person: {
    orgId: string;
    email: string;
    displayName?: string | undefined;
    firstName?: string | undefined;
    lastName?: string | undefined;
  },
  created = world.clock.now(),
): PersonRow {
  const id = newId('PEOPLE', world.weather.settings.otherIds);
  const fullName = [person.firstName, person.lastName].filter(Boolean).join(' ');
  world.db.insert('people', {
    id,
    org_id: person.orgId,
    email: person.email,
    display_name: person.displayName ?? (fullName || person.email),
    first_name: person.firstName ?? null,
    last_name: person.lastName ?? null,
    calling: 0,
    roles: '[]',
    licenses: '[]',
    profile: '{}',
    login_enabled: 1,
    created,
    modified: created,
  });
  return getPerson(world, id);
}

/** Creates the person with a new organization's primaryEmail: a full administrator without a package (assumption). */
export function createAdministrator(world: World, orgId: string, email: string, created: number): void {
  const person = createPerson(world, { orgId, email }, created);
  world.db.update('people', 'id', person.id, { roles: JSON.stringify([fullAdministratorRole(world)]) });
}
