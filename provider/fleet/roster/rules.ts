import { exceededLimits, exceededReason, lackingReason, packagesLacking, userPackages } from '../../packages';
import type { Collected, CustomerEntity } from './collect';
import { type Entity, reportOn, textOf } from './entities';
import { didYouMean } from './names';
import { Once } from './once';
import type { Place } from './problems';

/** Remembers where something that must be unique was first declared. */
class Unique {
  private readonly first = new Map<string, { label: string; place: Place }>();

  /** @param where what it must be unique in, and what it is: `there is another user with this e-mail address` */
  add(from: Entity, path: (string | number)[], key: string, what: string): void {
    const before = this.first.get(key);
    if (before) {
      const at = `${before.place.file}:${before.place.line}`;
      reportOn(from, path, `${what}: ${before.label} (${at})`);
    } else this.first.set(key, { label: from.label, place: from.place(path) });
  }
}

/** Rules about more than one object: what is there twice, and what refers to something that isn't there. */
export function crossRules(from: Collected): void {
  const externalIds = new Unique();
  const emails = new Unique();
  const locationNumbers = new Unique();
  const userNumbers = new Unique();
  const templates = new Once();
  for (const customer of from.customers) {
    const id = textOf(customer, 'externalId');
    if (id !== undefined) externalIds.add(customer, ['externalId'], id, 'externalId is that of another customer, too');
    templateExists(customer, from, templates);
    canBeRemoved(customer);
    const locations = locationsOf(customer);
    for (const [number, path] of numbersOf(customer.merged.headquarters, ['headquarters', 'calling']))
      locationNumbers.add(customer, path, number, `${number} is a number of another location, too`);
    for (const location of customer.locations) {
      for (const [number, path] of numbersOf(location.merged, ['calling']))
        locationNumbers.add(location, path, number, `${number} is a number of another location, too`);
    }
    usersAreUnique(customer, emails, userNumbers);
    limitsSuffice(customer);
    const missing = new Once();
    for (const user of customer.users) userFits(user, customer, locations, missing);
    missing.report('user');
  }
  templates.report('customer');
}

function templateExists(customer: CustomerEntity, { templates }: Collected, missing: Once): void {
  const name = textOf(customer, 'template');
  // One without a name is reported already, and may be the one.
  if (name === undefined || templates.has(name) || templates.has('')) return;
  const message = (more: string) => `there is no template "${name}"${more}${didYouMean(name, [...templates.keys()])}`;
  missing.add(name, (more) => reportOn(customer, ['template'], message(more)));
}

/** An organization that has people isn't deleted by Webex, and people that are only unlinked stay in it. */
function canBeRemoved(customer: CustomerEntity): void {
  const stay = customer.users.filter((user) => textOf(user, 'removal') !== 'delete');
  const [first] = stay;
  if (textOf(customer, 'removal') !== 'delete' || first === undefined) return;
  const others = stay.length === 1 ? '' : ` and ${stay.length - 1} more`;
  reportOn(
    customer,
    ['removal'],
    `removal is "delete", but ${first.label}${others} would only be unlinked, and Webex deletes no organization that has ` +
      'people. Set removal: delete for the users, too (defaults.user), or leave it out here',
  );
}

/** The customer's locations by name; the headquarters is one of them. Of one without a name, the name is empty. */
function locationsOf(customer: CustomerEntity): Map<string, unknown> {
  const { headquarters } = customer.merged;
  const main = (headquarters as { name?: unknown } | undefined)?.name;
  const found = new Map<string, unknown>(typeof main === 'string' ? [[main, headquarters]] : []);
  const names = new Unique();
  if (typeof main === 'string') names.add(customer, ['headquarters', 'name'], main, '');
  for (const location of customer.locations) {
    const name = textOf(location, 'name');
    if (name !== undefined) names.add(location, ['name'], name, 'name is that of another location of this customer');
    found.set(name ?? '', location.merged);
  }
  return found;
}

function usersAreUnique(customer: CustomerEntity, emails: Unique, numbers: Unique): void {
  const extensions = new Unique();
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

/** The roster's users are within the limits that it declares for their customer. */
function limitsSuffice(customer: CustomerEntity): void {
  const { packageLimits } = customer.merged;
  if (typeof packageLimits !== 'object' || packageLimits === null) return;
  const limits = Object.fromEntries(Object.entries(packageLimits).filter(([, limit]) => typeof limit === 'number'));
  const users = customer.users.map((user) =>
    userPackages(textOf(user, 'package') ?? '', user.merged.attendantConsole === true),
  );
  for (const exceeded of exceededLimits(limits, users))
    reportOn(customer, ['packageLimits', exceeded.name], exceededReason(exceeded, 'the customer'));
}

/** Name of the user's location; without one, the headquarters. */
function placeOf(user: Entity, customer: CustomerEntity): unknown {
  return user.merged.location ?? (customer.merged.headquarters as { name?: unknown } | undefined)?.name ?? '';
}

/** What the customer must have so that the user can be made. */
function userFits(user: Entity, customer: CustomerEntity, locations: Map<string, unknown>, missing: Once): void {
  const location = textOf(user, 'location');
  if (location !== undefined && !locations.has(location) && !locations.has('')) {
    const hint = () => didYouMean(location, [...locations.keys()]);
    missing.add(`location ${location}`, (more) =>
      reportOn(user, ['location'], `the customer has no location "${location}"${more}${hint()}`),
    );
  }
  const { packages } = customer.merged;
  const name = textOf(user, 'package');
  if (name !== undefined && Array.isArray(packages) && packagesLacking([name], packages).length > 0) {
    missing.add(`package ${name}`, (more) =>
      reportOn(user, ['package'], lackingReason(`${name}${more}`, 'the customer', packages)),
    );
  }
  const number = textOf(user, 'phoneNumber');
  const at = locations.get(String(placeOf(user, customer)));
  const numbers = (at as { calling?: { phoneNumbers?: unknown } } | undefined)?.calling?.phoneNumbers;
  if (number !== undefined && Array.isArray(numbers) && !numbers.includes(number))
    reportOn(user, ['phoneNumber'], `${number} is not one of the phoneNumbers of the user's location`);
}

/** The phone numbers of a location, with their paths. */
function numbersOf(location: unknown, path: string[]): [string, (string | number)[]][] {
  const numbers = (location as { calling?: { phoneNumbers?: unknown } } | undefined)?.calling?.phoneNumbers;
  if (!Array.isArray(numbers)) return [];
  return numbers.flatMap((number: unknown, index) =>
    // The location's own rules report a number that is twice in the same list.
    typeof number === 'string' && numbers.indexOf(number) === index ? [[number, [...path, 'phoneNumbers', index]]] : [],
  );
}
