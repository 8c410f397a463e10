import type { LocationRow, NumberRow, PersonRow } from '../../storage/rows';
import type { World } from '../../world';

/** The checked line of a person. */
export interface CallingAssignment {
  location: LocationRow;
  extension: string | null;
  number: string | null;
}

/** Gives a person calling at a location. */
export function assignCalling(
  world: World,
  personId: string,
  { location, extension, number }: CallingAssignment,
): void {
  releaseNumbers(world, personId);
  world.db.update('people', 'id', personId, { calling: 1, location_id: location.id, extension });
  // "A mobile number is activated when assigned to a user"; any other keeps its state.
  const state = "CASE type WHEN 'MOBILE' THEN 'ACTIVE' ELSE state END";
  if (number !== null)
    world.db.run(`UPDATE numbers SET person_id = ?, state = ${state} WHERE number = ?`, personId, number);
}

/** Removes calling from a person, which frees number and extension. */
export function releaseCalling(world: World, personId: string): void {
  releaseNumbers(world, personId);
  world.db.update('people', 'id', personId, { calling: 0, location_id: null, extension: null });
}

/** Unassigns a person's numbers; they stay at their location. */
export function releaseNumbers(world: World, personId: string): void {
  world.db.run('UPDATE numbers SET person_id = NULL, released = ? WHERE person_id = ?', world.clock.now(), personId);
}

/** The number of a person, if any. */
export function numberOf(world: World, personId: string): string | undefined {
  return world.db.first<NumberRow>('SELECT * FROM numbers WHERE person_id = ?', personId)?.number;
}

/** The person with an extension at a location, if there is one. */
export function holderOfExtension(world: World, locationId: string, extension: string): PersonRow | undefined {
  return world.db.first<PersonRow>(
    'SELECT * FROM people WHERE location_id = ? AND extension = ?',
    locationId,
    extension,
  );
}
