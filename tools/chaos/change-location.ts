import { changeCalling } from './change-calling.ts';
import type { Evolution } from './evolution.ts';

/** Changes one fact of a location. */
export function changeLocation(evolution: Evolution): string | undefined {
  const { world, dice, births, history } = evolution;
  const location = dice.maybe(world.locations.filter((entry) => history.mayChange(entry)));
  if (location === undefined) return undefined;
  const what = dice.pick(['name', 'address', 'timeZone', 'announcementLanguage'] as const);
  if (what === 'name') {
    if (!history.mayBeAnother(location)) return undefined;
    location.name = `Denver ${births.next()}`;
    history.rekeyed(location.key);
  }
  if (what === 'address') location.address = births.address();
  if (what === 'timeZone') {
    if (!history.toggle(`${location.key} time zone`)) return undefined;
    location.timeZone = births.timeZone();
  }
  if (what === 'announcementLanguage') {
    // Without calling, Webex doesn't store it.
    if (!location.calling || !history.toggle(`${location.key} language`)) return undefined;
    location.announcementLanguage = location.announcementLanguage === 'en_us' ? 'fr_fr' : 'en_us';
  }
  history.changed(location.key);
  return `${what} of ${location.key}`;
}

/** Enables, changes or disables calling of a location. A location that has or had users keeps calling. */
export function changeLocationCalling(evolution: Evolution): string | undefined {
  const { world, dice, births, history } = evolution;
  const location = dice.maybe(world.locations.filter((entry) => history.mayChange(entry)));
  if (location === undefined) return undefined;
  if (location.calling && (dice.chance(0.8) || history.was(`${location.key} peopled`))) {
    changeCalling(evolution, location.key, location.calling);
  } else {
    const mayCall = evolution.customer(location.customer).headquarters !== undefined;
    if (!mayCall || !history.toggle(`${location.key} calling`)) return undefined;
    if (location.calling === undefined) location.calling = births.calling();
    else if (history.mayBeAnother(location)) {
      delete location.calling;
      history.leavesOut(location.key);
    } else return undefined;
  }
  history.changed(location.key);
  return location.key;
}

/** Changes the notes, which replaces the location. Webex wouldn't delete one that has or had users. */
export function replaceLocation({ world, dice, births, history }: Evolution): string | undefined {
  const location = dice.maybe(
    world.locations.filter(
      (entry) => entry.allowReplacement && history.mayBeAnother(entry) && !history.was(`${entry.key} peopled`),
    ),
  );
  if (location === undefined) return undefined;
  location.notes = `Note ${births.next()}`;
  history.replaced(location.key);
  return location.key;
}
