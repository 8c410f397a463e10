import { changeCustomer, changeHeadquarters, replaceCustomer } from './change-customer.ts';
import { changeLocation, changeLocationCalling, replaceLocation } from './change-location.ts';
import { renameAny } from './change-names.ts';
import { handOn, moveToLocation, swapLines } from './change-place.ts';
import { removeCustomer, removeLocation, removeTemplate, removeUser } from './change-removal.ts';
import { changeEmail, changeLine, changeNames, changePackage, changeRoles, moveToCustomer } from './change-user.ts';
import type { Evolution } from './evolution.ts';

/** Makes a change of a world, if possible. @returns a description; undefined if nothing was changed */
type Change = (evolution: Evolution) => string | undefined;

/** Makes some random changes. @returns their descriptions, for the log */
export function change(evolution: Evolution): string[] {
  const { dice } = evolution;
  const wanted = dice.int(1, 8);
  const done: string[] = [];
  for (let tries = 0; done.length < wanted && tries < 60; tries++) {
    const [name, make] = dice.pick(CHANGES);
    const what = make(evolution);
    if (what !== undefined) done.push(`${name} ${what}`);
  }
  return done;
}

/** All changes; frequent ones are repeated. */
const CHANGES: readonly (readonly [name: string, change: Change])[] = [
  ['add', (evolution) => evolution.addUser()],
  ['add', (evolution) => evolution.addUser()],
  ['add', (evolution) => evolution.addLocation()],
  ['add', (evolution) => evolution.addCustomer()],
  ['add', (evolution) => evolution.addTemplate()],
  ['change template of', changeTemplate],
  ['change', changeCustomer],
  ['change', changeCustomer],
  ['change headquarters of', changeHeadquarters],
  ['replace', replaceCustomer],
  ['change', changeLocation],
  ['change calling of', changeLocationCalling],
  ['change calling of', changeLocationCalling],
  ['replace', replaceLocation],
  ['change names of', changeNames],
  ['change package of', changePackage],
  ['change line of', changeLine],
  ['change roles of', changeRoles],
  ['change address of', changeEmail],
  ['move', moveToLocation],
  ['move', moveToLocation],
  ['swap', swapLines],
  ['hand on', handOn],
  ['move', moveToCustomer],
  ['rename', renameAny],
  ['rename', renameAny],
  ['remove', removeUser],
  ['remove', removeUser],
  ['remove', removeLocation],
  ['remove', removeCustomer],
  ['remove', removeTemplate],
];

function changeTemplate({ world, dice, births, history }: Evolution): string | undefined {
  const template = dice.maybe(world.templates.filter((entry) => history.mayChange({ ...entry, adopt: false })));
  if (template === undefined) return undefined;
  template.serviceProviderAdminEmail = `admin${births.next()}@example.com`;
  history.changed(template.key);
  return template.key;
}
