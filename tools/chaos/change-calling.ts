import type { Evolution } from './evolution.ts';
import type { Calling } from './world.ts';

const NON_INTEGRATED = 'Non-integrated CCP';

/** Changes one property of a calling block: connection, numbers, main number, caller ID. Assigned numbers stay. */
export function changeCalling(evolution: Evolution, place: string, calling: Calling): void {
  const { dice, births, history, world } = evolution;
  if (calling.pstn.displayName !== NON_INTEGRATED) {
    if (!history.toggle(`${place} pstn`)) return;
    calling.pstn = { displayName: NON_INTEGRATED };
    calling.phoneNumbers = births.numbers(dice.int(0, 4));
    return;
  }
  const numbers = calling.phoneNumbers ?? [];
  const what = dice.pick(['add', 'add', 'remove', 'main', 'caller'] as const);
  if (what === 'add') calling.phoneNumbers = [...numbers, ...births.numbers(dice.int(1, 6))];
  if (what === 'caller') calling.callingLineIdName = `Caller ${births.next()}`;
  if (what === 'main') {
    // A number that moves with its user arrives with the user.
    const comes = (number: string) => history.isToggled(`place of ${number}`);
    const other = dice.maybe(numbers.filter((number) => number !== calling.mainNumber && !comes(number)));
    if (other !== undefined && history.toggle(`${place} main ${other}`)) calling.mainNumber = other;
  }
  if (what === 'remove') {
    const owned = world.users.map((user) => user.phoneNumber);
    // A main number of this span can't become one again, and Webex can't return to having none.
    const free = numbers.filter((number) => !owned.includes(number) && number !== calling.mainNumber);
    const gone = dice.some(free, dice.int(1, 7));
    calling.phoneNumbers = numbers.filter((number) => !gone.includes(number));
  }
}
