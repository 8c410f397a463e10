import type { Collected, CustomerEntity } from './collect';
import { type Entity, problemOf, textOf } from './entities';
import { didYouMean } from './names';
import type { Place, Problem } from './problems';

/** Remembers where something that must be unique was first declared. */
class Unique {
  private readonly first = new Map<string, { label: string; place: Place }>();

  constructor(private readonly problems: Problem[]) {}

  /** @param where what it must be unique in, and what it is: `there is another user with this e-mail address` */
  add(from: Entity, path: (string | number)[], key: string, what: string): void {
    const before = this.first.get(key);
    if (before) {
      const at = `${before.place.file}:${before.place.line}`;
      this.problems.push(problemOf(from, path, `${what}: ${before.label} (${at})`));
    } else this.first.set(key, { label: from.label, place: from.place(path) });
  }
}

/** Rules about more than one object: what is there twice, and what refers to something that isn't there. */
export function crossRules(from: Collected, problems: Problem[]): void {
  const externalIds = new Unique(problems);
  const emails = new Unique(problems);
  const locationNumbers = new Unique(problems);
  const userNumbers = new Unique(problems);
  for (const customer of from.customers) {
    const id = textOf(customer, 'externalId');
    if (id !== undefined) externalIds.add(customer, ['externalId'], id, 'externalId is that of another customer, too');
    templateExists(customer, from, problems);
    const locations = locationsOf(customer, problems);
    for (const [number, path] of numbersOf(customer.merged.headquarters, ['headquarters', 'calling']))
      locationNumbers.add(customer, path, number, `${number} is a number of another location, too`);
    for (const location of customer.locations) {
      for (const [number, path] of numbersOf(location.merged, ['calling']))
        locationNumbers.add(location, path, number, `${number} is a number of another location, too`);
    }
    usersAreUnique(customer, emails, userNumbers, problems);
    for (const user of customer.users) userFits(user, customer, locations, problems);
  }
}

function templateExists(customer: CustomerEntity, { templates }: Collected, problems: Problem[]): void {
  const name = textOf(customer, 'template');
  if (name === undefined || templates.has(name)) return;
  const hint = didYouMean(name, [...templates.keys()]);
  problems.push(problemOf(customer, ['template'], `there is no template "${name}"${hint}`));
}

/** The customer's locations by name; the headquarters is one of them. */
function locationsOf(customer: CustomerEntity, problems: Problem[]): Map<string, unknown> {
  const { headquarters } = customer.merged;
  const main = (headquarters as { name?: unknown } | undefined)?.name;
  const found = new Map<string, unknown>(typeof main === 'string' ? [[main, headquarters]] : []);
  const names = new Unique(problems);
  if (typeof main === 'string') names.add(customer, ['headquarters', 'name'], main, '');
  for (const location of customer.locations) {
    const name = textOf(location, 'name');
    if (name === undefined) continue;
    names.add(location, ['name'], name, 'name is that of another location of this customer');
    found.set(name, location.merged);
  }
  return found;
}

function usersAreUnique(customer: CustomerEntity, emails: Unique, numbers: Unique, problems: Problem[]): void {
  const extensions = new Unique(problems);
  for (const user of customer.users) {
    const email = textOf(user, 'email');
    const number = textOf(user, 'phoneNumber');
    const extension = textOf(user, 'extension');
    if (email !== undefined) emails.add(user, ['email'], email.toLowerCase(), 'email is that of another user, too');
    if (number !== undefined) numbers.add(user, ['phoneNumber'], number, 'phoneNumber is that of another user, too');
    if (extension !== undefined)
      extensions.add(
        user,
        ['extension'],
        JSON.stringify([placeOf(user, customer), extension]),
        `extension "${extension}" is that of another user at this location`,
      );
  }
}

/** Name of the user's location; without one, the headquarters. */
function placeOf(user: Entity, customer: CustomerEntity): unknown {
  return user.merged.location ?? (customer.merged.headquarters as { name?: unknown } | undefined)?.name ?? '';
}

/** What the customer must have so that the user can be made. */
function userFits(user: Entity, customer: CustomerEntity, locations: Map<string, unknown>, problems: Problem[]): void {
  const location = textOf(user, 'location');
  if (location !== undefined && !locations.has(location)) {
    const hint = didYouMean(location, [...locations.keys()]);
    problems.push(problemOf(user, ['location'], `the customer has no location "${location}"${hint}`));
  }
  const { packages } = customer.merged;
  const name = textOf(user, 'package');
  if (name !== undefined && Array.isArray(packages) && !packages.includes(name)) {
    const message = `the customer doesn't have the package ${name}: its packages are ${packages.join(', ')}`;
    problems.push(problemOf(user, ['package'], message));
  }
  const number = textOf(user, 'phoneNumber');
  const at = locations.get(String(placeOf(user, customer)));
  const numbers = (at as { calling?: { phoneNumbers?: unknown } } | undefined)?.calling?.phoneNumbers;
  if (number !== undefined && Array.isArray(numbers) && !numbers.includes(number)) {
    problems.push(problemOf(user, ['phoneNumber'], `${number} is not one of the phoneNumbers of the user's location`));
  }
}

/** The phone numbers of a location, with their paths. */
function numbersOf(location: unknown, path: string[]): [string, (string | number)[]][] {
  const numbers = (location as { calling?: { phoneNumbers?: unknown } } | undefined)?.calling?.phoneNumbers;
  if (!Array.isArray(numbers)) return [];
  return numbers.flatMap((number: unknown, index) =>
    // One that is twice in the same list is told of by the location's own rules.
    typeof number === 'string' && numbers.indexOf(number) === index ? [[number, [...path, 'phoneNumbers', index]]] : [],
  );
}
