import { exceededLimits, exceededReason } from '../../packages';
import { comparable } from '../../resources/inputs/spelling';
import { type CustomerFacts, customerFacts, placeFacts, userFacts } from '../../resources/program/facts';
import { staysReason, takenReason, userFailures } from '../../resources/program/rules';
import type { Collected, CustomerEntity } from './collect';
import { type Entity, reportOn, textOf } from './entities';
import { didYouMean } from './names';
import { Once } from './once';
import type { Place } from './problems';
import { resourceName } from './resource-name';

/** Finds duplicates of a value that must be unique. */
class Unique {
  private readonly first = new Map<string, { label: string; place: Place }>();

  /**
   * @param what the message for a duplicate: `email is already used by another user`; or a function that makes it of
   *   the other entity
   */
  add(from: Entity, path: (string | number)[], key: string, what: string | ((by: string) => string)): void {
    const before = this.first.get(key);
    if (before) {
      const by = `${before.label} (${before.place.file}:${before.place.line})`;
      reportOn(from, path, typeof what === 'string' ? `${what}: ${by}` : what(by));
    } else this.first.set(key, { label: from.label, place: from.place(path) });
  }
}

/** Checks the rules about several objects: duplicates, references to missing objects, limits. */
export function crossRules(from: Collected): void {
  const externalIds = new Unique();
  const emails = new Unique();
  const resourceNames = new Unique();
  const locationNumbers = new Unique();
  const userNumbers = new Unique();
  const templates = new Once();
  for (const customer of from.customers) {
    const id = textOf(customer, 'externalId');
    if (id !== undefined)
      externalIds.add(customer, ['externalId'], id, 'externalId is already used by another customer');
    templateExists(customer, from, templates);
    canBeRemoved(customer);
    const locations = locationsOf(customer);
    // Below one customer, a name that is there twice is reported by locationsOf.
    for (const [name, location] of new Map(customer.locations.map((each) => [textOf(each, 'name') ?? '', each]))) {
      const resource = resourceName(id ?? '', name);
      resourceNames.add(
        location,
        ['name'],
        resource,
        `its name in Pulumi, "${resource}", is that of another location, too`,
      );
    }
    for (const [number, path] of numbersOf(customer.merged.headquarters, ['headquarters', 'calling']))
      locationNumbers.add(customer, path, number, `${number} is already a number of another location`);
    for (const location of customer.locations) {
      for (const [number, path] of numbersOf(location.merged, ['calling']))
        locationNumbers.add(location, path, number, `${number} is already a number of another location`);
    }
    usersAreUnique(customer, emails, userNumbers);
    const facts = customerFacts('the customer', customer.merged);
    limitsSuffice(customer, facts);
    const missing = new Once();
    for (const user of customer.users) userFits(user, customer, facts, locations, missing);
    missing.report('user');
  }
  templates.report('customer');
}

function templateExists(customer: CustomerEntity, { templates }: Collected, missing: Once): void {
  const name = textOf(customer, 'template');
  // A template without a name is already reported, and may be the one that is meant.
  if (name === undefined || templates.has(name) || templates.has('')) return;
  const message = (more: string) => `there is no template "${name}"${more}${didYouMean(name, [...templates.keys()])}`;
  missing.add(name, (more) => reportOn(customer, ['template'], message(more)));
}

/** Webex deletes no organization that has people, and users that are only unlinked stay in it. */
function canBeRemoved(customer: CustomerEntity): void {
  const stay = customer.users.filter((user) => textOf(user, 'removal') !== 'delete');
  const [first] = stay;
  if (textOf(customer, 'removal') !== 'delete' || first === undefined) return;
  const others = stay.length === 1 ? '' : ` and ${stay.length - 1} more`;
  reportOn(
    customer,
    ['removal'],
    `${staysReason(`${first.label}${others}`)}. Set removal: delete for the users, too (defaults.user), or leave it out here`,
  );
}

/** The customer's locations by name, with the headquarters. A location without a name has the key ''. */
function locationsOf(customer: CustomerEntity): Map<string, unknown> {
  const { headquarters } = customer.merged;
  const main = (headquarters as { name?: unknown } | undefined)?.name;
  const found = new Map<string, unknown>(typeof main === 'string' ? [[main, headquarters]] : []);
  const names = new Unique();
  if (typeof main === 'string') names.add(customer, ['headquarters', 'name'], main, '');
  for (const location of customer.locations) {
    const name = textOf(location, 'name');
    if (name !== undefined)
      names.add(location, ['name'], name, 'name is already used by another location of this customer');
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
    if (email !== undefined)
      emails.add(user, ['email'], comparable(email, 'email'), 'email is already used by another user');
    if (number !== undefined) numbers.add(user, ['phoneNumber'], number, 'phoneNumber is already used by another user');
    if (extension !== undefined)
      extensions.add(
        user,
        ['extension'],
        JSON.stringify([placeOf(user, customer), extension]),
        (by) => `extension ${takenReason(extension, by)}`,
      );
  }
}

/** Checks that the number of users is within the declared package limits. */
function limitsSuffice(customer: CustomerEntity, { limits, title }: CustomerFacts): void {
  const users = customer.users.map((user) => userFacts(user.merged).packages);
  for (const exceeded of exceededLimits(limits, users))
    reportOn(customer, ['packageLimits', exceeded.name], exceededReason(exceeded, title));
}

/** Name of the user's location; without one, that of the headquarters. */
function placeOf(user: Entity, customer: CustomerEntity): unknown {
  return user.merged.location ?? (customer.merged.headquarters as { name?: unknown } | undefined)?.name ?? '';
}

/** Checks that the customer has the user's location, and customer and location what the user needs. */
function userFits(
  user: Entity,
  customer: CustomerEntity,
  facts: CustomerFacts,
  locations: Map<string, unknown>,
  missing: Once,
): void {
  const location = textOf(user, 'location');
  if (location !== undefined && !locations.has(location) && !locations.has('')) {
    const hint = () => didYouMean(location, [...locations.keys()]);
    missing.add(`location ${location}`, (more) =>
      reportOn(user, ['location'], `the customer has no location "${location}"${more}${hint()}`),
    );
  }
  const name = String(placeOf(user, customer));
  const at = locations.get(name);
  const place = typeof at === 'object' && at !== null ? placeFacts(`location "${name}"`, { ...at }) : undefined;
  const { location: locationId, ...inputs } = user.merged;
  for (const { property, reason } of userFailures(userFacts({ ...inputs, locationId }), facts, place)) {
    const path = property === 'locationId' ? 'location' : property;
    // What a number lacks is a mistake of its own; the rest is the same for many users.
    const key = path === 'phoneNumber' ? `${path} ${user.label}` : `${path} ${reason}`;
    missing.add(key, (more) => reportOn(user, [path], `${reason}${more}`));
  }
}

/** The phone numbers of a location, with their paths. */
function numbersOf(location: unknown, path: string[]): [string, (string | number)[]][] {
  const numbers = (location as { calling?: { phoneNumbers?: unknown } } | undefined)?.calling?.phoneNumbers;
  if (!Array.isArray(numbers)) return [];
  return numbers.flatMap((number: unknown, index) =>
    // The location's own rules report a duplicate within one list.
    typeof number === 'string' && numbers.indexOf(number) === index ? [[number, [...path, 'phoneNumbers', index]]] : [],
  );
}
