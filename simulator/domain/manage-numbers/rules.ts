import type { LocationRow, NumberRow } from '../../storage/rows';
import type { World } from '../../world';
import { countryOf } from '../locations/find';
import { connectionOf } from '../pstn/find';

/** The reason why a manage numbers job can't move a number, with the code of its document; undefined if it can. */
export function batchMoveError(
  row: NumberRow | undefined,
  source: LocationRow,
  target: LocationRow,
): { code: string; description: string } | undefined {
  if (row === undefined || row.location_id !== source.id)
    return { code: 'BATCH-1017017', description: 'Invalid phone number.' };
  if (row.state === 'INACTIVE')
    return { code: 'BATCH-1017021', description: 'Failed to move because it is an inactive number.' };
  if (row.person_id !== null)
    return { code: 'BATCH-1017023', description: 'Failed because it is not an unassigned number.' };
  if (source.main_number === row.number)
    return { code: 'BATCH-1017024', description: 'Failed because it is a main number.' };
  if (connectionOf(source)?.id !== connectionOf(target)?.id)
    return {
      code: 'BATCH-1017022',
      description: 'Failed to move because the source location and target location have different CCP providers.',
    };
  if (countryOf(source) !== countryOf(target))
    return { code: 'BATCH-1017027', description: 'Manage Numbers Move Operation is not supported.' };
  return undefined;
}

/**
 * The reason why a user's number can't move to another location with the user, with the code of the move users
 * document. The rules are those of the manage numbers job: same PSTN connection and same country.
 */
export function numberMoveError(
  world: World,
  number: string,
  source: LocationRow,
  target: LocationRow,
): { code: number; message: string } | undefined {
  if (source.main_number === number) return { code: 10030005, message: 'Number is set as main number of the location' };
  if (source.charge_number === number)
    return { code: 27965, message: `The user's phone number: ${number}, is same as the current group charge number.` };
  const [from, to] = [connectionOf(source), connectionOf(target)];
  if (!to) return { code: 10010003, message: 'to-location must have a carrier' };
  if (from?.id !== to.id)
    return { code: 10010005, message: 'Different Carrier move is not supported for non-Cisco PSTN carriers.' };
  if (countryOf(source) !== countryOf(target))
    return {
      code: 10010014,
      message: 'Different Carrier move is not supported for numbers with different country or region.',
    };
  if (
    world.weather.settings.numbersStay &&
    (to.pstnConnectionType === 'LOCAL_GATEWAY' || to.pstnConnectionType === 'NON_INTEGRATED_CCP')
  )
    return {
      code: 10050010,
      message: 'Moving On Premises or Non Integrated CCP numbers from one location to another is not supported.',
    };
  return undefined;
}
