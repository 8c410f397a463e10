import type { NumberRow } from '../../storage/rows';
import type { World } from '../../world';

/** Finds a phone number in all locations. */
export function numberRow(world: World, number: string): NumberRow | undefined {
  return world.db.first<NumberRow>('SELECT * FROM numbers WHERE number = ?', number);
}
