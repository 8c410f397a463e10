import type { World } from '../../world';
import { isTollFree, toE164 } from './e164';
import { numberRow } from './find';

/** "[Error 8361] DN is unavailable": the example of the document. */
const UNAVAILABLE = 8361;

/** The answer of validateNumbers: the availability of each number. US numbers may be national. */
export function validateNumbers(world: World, sent: readonly string[]): Record<string, unknown> {
  const seen = new Set<string>();
  const numbers = sent.map((text) => {
    const number = toE164(text, 'US');
    if (number === undefined)
      return { number: text, state: 'Invalid', tollFreeNumber: false, detail: [`Invalid phone number : ${text}`] };
    const tollFreeNumber = isTollFree(number);
    if (seen.has(number))
      return { number, state: 'Duplicate', tollFreeNumber, detail: [`Duplicate phone number : ${number}`] };
    seen.add(number);
    if (!numberRow(world, number)) return { number, state: 'Available', tollFreeNumber };
    return {
      number,
      state: 'Unavailable',
      tollFreeNumber,
      detail: [`[Error ${UNAVAILABLE}] DN is unavailable : ${number}`],
    };
  });
  return { status: numbers.every(({ state }) => state === 'Available') ? 'OK' : 'ERRORS', numbers };
}
