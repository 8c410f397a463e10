import type { Address, Calling, CustomerModel, LocationModel, Unlinked, UserModel, World } from './world.ts';

/** The existing objects: GET /simulator/state, and the table of locations. */
export interface Actual {
  organizations: { id: string; displayName: string; kind: string; mapped: boolean }[];
  customers: {
    id: string;
    externalId: string;
    orgId: string | null;
    provisioningId: string;
    status: string;
    address: unknown;
    packages: string[];
    limits: Record<string, number>;
  }[];
  subscribers: {
    id: string;
    customerId: string;
    personId: string | null;
    email: string;
    packages: string[];
    status: string;
  }[];
  people: {
    id: string;
    orgId: string;
    email: string;
    firstName: string | null;
    lastName: string | null;
    roles: string[];
    calling: boolean;
    locationId: string | null;
    extension: string | null;
    phoneNumber: string | null;
  }[];
  locations: {
    id: string;
    orgId: string;
    name: string;
    timeZone: string;
    preferredLanguage: string;
    announcementLanguage: string;
    address: Record<string, string>;
    notes: string | null;
    calling: boolean;
    pstn: string | null;
    numbers: string[];
    mainNumber: string | null;
    callerIdName: string | null;
  }[];
  templates: { provisioningId: string; name: string; country: string; serviceProviderAdminEmail?: string }[];
}

/** An object with a readable name and its properties, for both sides of the comparison. */
export type Things = Map<string, Record<string, unknown>>;

/** All declared objects, in the form of {@link actualThings}. */
export function declaredThings(world: World): Things {
  const things: Things = new Map();
  things.set('template "Wholesale default"', {});
  for (const { name, country, serviceProviderAdminEmail } of world.templates)
    things.set(`template "${name}"`, { country, serviceProviderAdminEmail });
  for (const customer of world.customers) declareCustomer(things, customer, world);
  for (const location of world.locations) declareLocation(things, location, customerOf(world, location.customer));
  for (const user of world.users) declareUser(things, user, world);
  return things;
}

/** Objects that may exist without a declaration: unlinked ones, and a customer's first administrator. */
export function toleratedThings(world: World, unlinked: Unlinked): (name: string) => boolean {
  const people = new Set([...unlinked.people, ...world.customers.map(({ primaryEmail }) => primaryEmail)]);
  return (name) =>
    [...people].some((email) => name === `person ${email}`) ||
    unlinked.organizations.some((organization) => name === `unlinked organization "${organization}"`);
}

function declareCustomer(things: Things, customer: CustomerModel, world: World): void {
  const { name, externalId, packages, packageLimits, address, headquarters: hq } = customer;
  const template = world.templates.find(({ key }) => key === customer.template)?.name ?? 'Wholesale default';
  things.set(`organization "${name}"`, { customer: externalId });
  things.set(`customer ${externalId}`, {
    status: 'provisioned',
    organization: name,
    template,
    packages: [...packages].sort(),
    ...limitsAs(packageLimits),
    address,
  });
  if (hq === undefined) return;
  things.set(`location "${hq.name}" of "${name}"`, {
    timeZone: hq.timeZone,
    announcementLanguage: hq.language,
    preferredLanguage: hq.language,
    address: locationAddress(hq.address),
    calling: true,
    ...callingAs(hq.calling),
  });
}

/** The limits by name; undeclared ones are not managed. */
function limitsAs(limits: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(limits).map(([name, limit]) => [`limit of ${name}`, limit]));
}

function declareLocation(things: Things, location: LocationModel, { name: organization }: CustomerModel): void {
  const { name, timeZone, announcementLanguage, address, notes, calling } = location;
  things.set(`location "${name}" of "${organization}"`, {
    timeZone,
    ...(calling && { announcementLanguage }),
    preferredLanguage: 'en_us',
    address: locationAddress(address),
    notes: notes ?? null,
    calling: calling !== undefined,
    ...callingAs(calling),
  });
}

/** The calling block; omitted properties are not managed. */
function callingAs(calling: Calling | undefined): Record<string, unknown> {
  if (calling === undefined) return {};
  const { pstn, phoneNumbers, mainNumber, callingLineIdName } = calling;
  return {
    pstn: pstn.displayName,
    ...(phoneNumbers && { numbers: [...phoneNumbers].sort() }),
    ...(mainNumber !== undefined && { mainNumber }),
    ...(callingLineIdName !== undefined && { callerIdName: callingLineIdName }),
  };
}

function declareUser(things: Things, user: UserModel, world: World): void {
  const customer = customerOf(world, user.customer);
  const location = world.locations.find(({ key }) => key === user.location)?.name ?? customer.headquarters?.name;
  const line = user.extension !== undefined || user.phoneNumber !== undefined;
  things.set(`user ${user.email}`, {
    customer: customer.externalId,
    organization: customer.name,
    status: 'provisioned',
    packages: [user.package, ...(user.attendantConsole ? ['attendant_console'] : [])].sort(),
    firstName: user.firstName,
    lastName: user.lastName,
    calling: line,
    extension: user.extension ?? null,
    phoneNumber: user.phoneNumber ?? null,
    ...(line && { location }),
    ...(user.roles && { roles: [...user.roles].sort() }),
  });
}

function customerOf(world: World, key: string): CustomerModel {
  const found = world.customers.find((customer) => customer.key === key);
  if (found === undefined) throw new Error(`no ${key}`);
  return found;
}

/** An address with the property names of the locations API. */
export function locationAddress(address: Address): Record<string, string> {
  return {
    address1: address.addressLine1,
    city: address.city,
    state: address.stateOrProvince,
    postalCode: address.zipOrPostalCode,
    country: address.country,
  };
}
