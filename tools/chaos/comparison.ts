import { isDeepStrictEqual } from 'node:util';
import { type Actual, declaredThings, type Things, toleratedThings } from './expectation.ts';
import type { Recorded } from './workspace.ts';
import { everything, type Unlinked, type World } from './world.ts';

/**
 * Compares the declared objects with the existing ones.
 * @returns all differences: duplicates, leftovers, missing objects and differing properties
 */
export function differences(actual: Actual, world: World, unlinked: Unlinked): string[] {
  const declared = declaredThings(world);
  const found: string[] = [];
  const there = actualThings(actual, (name) => found.push(`${name} is there twice`));
  const tolerated = toleratedThings(world, unlinked);
  for (const [name, properties] of declared) {
    const real = there.get(name);
    if (real === undefined) found.push(`${name} is missing`);
    else found.push(...differ(name, real, properties));
  }
  for (const name of there.keys()) if (!declared.has(name) && !tolerated(name)) found.push(`${name} is left over`);
  return found;
}

/** Compares Pulumi's state with the existing objects: each object must have one record, and each record an object. */
export function recordDifferences(actual: Actual, world: World, recorded: readonly Recorded[]): string[] {
  const records = recorded.filter(({ type }) => type.startsWith('pulumi-nodejs:dynamic/webex-wholesale:'));
  const resources = everything(world).map(({ resource }) => resource);
  const names = records.map(({ urn }) => urn.split('::').at(-1) ?? '');
  const ids = new Set(
    [...actual.customers, ...actual.locations, ...actual.subscribers]
      .map(({ id }) => id)
      .concat(actual.templates.map(({ provisioningId }) => provisioningId)),
  );
  return [
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} has two records`),
    ...names.filter((name) => !resources.includes(name)).map((name) => `${name} has a record, and isn't declared`),
    ...resources.filter((name) => !names.includes(name)).map((name) => `${name} has no record`),
    ...records.filter(({ id = '' }) => !ids.has(id)).map(({ urn, id }) => `${urn} has the ID ${id}, which nothing has`),
  ];
}

/** The IDs of the declared objects that exist, by key; for a user also the person's ID. */
export function idsOf(actual: Actual, { templates, customers, locations, users }: World): Map<string, string> {
  const found = new Map<string, string>();
  const note = (key: string, ...ids: (string | null | undefined)[]) => {
    if (ids.every((id) => typeof id === 'string')) found.set(key, ids.join(' | '));
  };
  for (const { key, name } of templates)
    note(key, actual.templates.find((template) => template.name === name)?.provisioningId);
  for (const { key, externalId } of customers) {
    const there = actual.customers.find((customer) => customer.externalId === externalId);
    note(key, there?.id, there?.orgId);
  }
  for (const { key, customer, name } of locations) {
    const [, orgId] = found.get(customer)?.split(' | ') ?? [];
    note(key, actual.locations.find((location) => location.orgId === orgId && location.name === name)?.id);
  }
  for (const { key, email } of users) {
    const there = actual.subscribers.find((subscriber) => subscriber.email === email);
    note(key, there?.id, there?.personId);
  }
  return found;
}

function differ(name: string, real: Record<string, unknown>, declared: Record<string, unknown>): string[] {
  return Object.entries(declared)
    .filter(([key, wanted]) => wanted !== undefined && !isDeepStrictEqual(real[key], wanted))
    .map(([key, wanted]) => `${name}: ${key} is ${JSON.stringify(real[key])}, declared is ${JSON.stringify(wanted)}`);
}

/** All existing objects. @param twice called with names that several objects have */
function actualThings(actual: Actual, twice: (name: string) => void): Things {
  const things: Things = new Map();
  const add = (name: string, properties: Record<string, unknown>) => {
    if (things.has(name)) twice(name);
    things.set(name, properties);
  };
  const organization = new Map(actual.organizations.map(({ id, displayName }) => [id, displayName]));
  const externalId = new Map(actual.customers.map((customer) => [customer.id, customer.externalId]));
  const template = new Map(actual.templates.map(({ provisioningId, name }) => [provisioningId, name]));
  const place = new Map(actual.locations.map(({ id, name }) => [id, name]));

  for (const { name, country, serviceProviderAdminEmail } of actual.templates)
    add(`template "${name}"`, { country, serviceProviderAdminEmail });
  for (const { id, displayName, kind, mapped } of actual.organizations) {
    if (kind !== 'customer') continue;
    const customer = actual.customers.find(({ orgId }) => orgId === id)?.externalId;
    add(`${mapped ? '' : 'unlinked '}organization "${displayName}"`, { customer });
  }
  for (const customer of actual.customers) {
    const limits = Object.entries(customer.limits).map(([name, limit]) => [`limit of ${name}`, limit]);
    add(`customer ${customer.externalId}`, {
      status: customer.status,
      organization: organization.get(customer.orgId ?? ''),
      template: template.get(customer.provisioningId),
      packages: [...customer.packages].sort(),
      address: customer.address,
      ...Object.fromEntries(limits),
    });
  }
  const unmapped = new Set(actual.organizations.filter(({ mapped }) => !mapped).map(({ id }) => id));
  for (const { id: _, orgId, name, ...facts } of actual.locations) {
    // An unlinked organization keeps its headquarters. Its other locations were resources and are deleted.
    if (unmapped.has(orgId) && facts.calling) continue;
    const address = Object.fromEntries(Object.entries(facts.address).filter(([, line]) => line !== ''));
    const numbers = [...facts.numbers].sort();
    // Webex may store en_US for en_us.
    const preferredLanguage = facts.preferredLanguage.toLowerCase();
    add(`location "${name}" of "${organization.get(orgId)}"`, { ...facts, address, numbers, preferredLanguage });
  }
  for (const person of actual.people) {
    const subscriber = actual.subscribers.find(({ personId }) => personId === person.id);
    if (subscriber === undefined) add(`person ${person.email}`, {});
  }
  for (const subscriber of actual.subscribers) {
    const person = actual.people.find(({ id }) => id === subscriber.personId);
    add(`user ${subscriber.email}`, {
      ...person,
      customer: externalId.get(subscriber.customerId),
      organization: organization.get(person?.orgId ?? ''),
      status: subscriber.status,
      packages: [...subscriber.packages].sort(),
      location: place.get(person?.locationId ?? ''),
      roles: [...(person?.roles ?? [])].sort(),
    });
  }
  return things;
}
