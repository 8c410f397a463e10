import { expect, it } from 'vitest';
import { propertyOf } from '../../../provider/resources/moves/move-error';

// Codes of webex-move-users.openapi.json.
it.each([
  ['an extension that is taken', '4202', 'extension'],
  ['a number that is not free at the location', 27966, 'phoneNumber'],
  ['a main number', 10030005, 'phoneNumber'],
  ['a location without a PSTN connection', 10010009, 'locationId'],
  ['a location that is not found', '5620', 'locationId'],
  ['no code', undefined, 'locationId'],
])('a move is refused because of %s (%s): the error is at %s', (_reason, code, property) => {
  expect(propertyOf([code])).toBe(property);
});
