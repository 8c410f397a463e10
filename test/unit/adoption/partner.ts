// A partner as Partner Hub and Control Hub make it: by plain HTTP, with customers of every kind and odd names. It
// doesn't use the provider, so that discover and adopt find objects that the provider has not made.

import { TWO_LINE_ADDRESS as MILPITAS, PROVISIONING_ID } from '../../samples/cisco';

/** How requests are sent; both throw where the answer is no success, and give its parsed body. */
export interface Hub {
  api(method: string, path: string, body?: unknown): Promise<unknown>;
  control(method: string, path: string, body?: unknown): Promise<unknown>;
}

export { MILPITAS, PROVISIONING_ID };

const SAN_JOSE = { address1: '123 Some St.', city: 'San Jose', state: 'CA', postalCode: '95134', country: 'US' };

/** A customer as it is needed to go on. */
export interface HubCustomer {
  id: string;
  orgId: string;
  externalId: string;
}

interface CustomerOptions {
  name: string;
  packages?: string[];
  /** Name of the headquarters; none without calling. */
  headquarters?: string;
  timezone?: string;
  limits?: Record<string, number>;
  orgId?: string;
  behalf?: string;
}

interface UserOptions {
  email: string;
  firstName?: string;
  lastName?: string;
  packages?: string[];
  extension?: string;
  phoneNumber?: string;
  locationId?: string;
  roles?: string[];
}

/** What people do in Partner Hub and Control Hub. */
export function hub({ api, control }: Hub) {
  const items = async <Item>(path: string) => ((await api('GET', path)) as { items: Item[] }).items;
  const roles = async () => items<{ id: string; name: string }>('/roles');
  const find = async (externalId: string) =>
    (await items<HubCustomer>(`/wholesale/customers?externalId=${encodeURIComponent(externalId)}`))[0] as HubCustomer;
  /** Time passes, so that what is under way is done. */
  const wait = () => control('POST', '/clock', { advanceSeconds: 120 });

  /** POST of a customer, without waiting. */
  async function order(externalId: string, options: CustomerOptions): Promise<void> {
    const { name, packages = ['webex_calling', 'webex_meetings'], headquarters, timezone, limits, orgId } = options;
    const behalf = options.behalf === undefined ? '' : `?onBehalfOfSubPartnerOrgId=${options.behalf}`;
    await api('POST', `/wholesale/customers${behalf}`, {
      provisioningId: PROVISIONING_ID,
      packages,
      externalId,
      address: MILPITAS,
      ...(orgId === undefined
        ? { customerInfo: { name, primaryEmail: adminOf(externalId), language: 'en' } }
        : { orgId }),
      provisioningParameters: {
        ...(headquarters !== undefined && {
          calling: {
            location: {
              name: headquarters,
              address: MILPITAS,
              timezone: timezone ?? 'America/Los_Angeles',
              language: 'en_us',
            },
          },
        }),
        ...(limits && { packages: { limits } }),
      },
    });
  }

  async function customer(externalId: string, options: CustomerOptions): Promise<HubCustomer> {
    await order(externalId, options);
    await wait();
    return find(externalId);
  }

  async function locations(orgId: string) {
    return items<{ id: string; name: string }>(`/locations?orgId=${orgId}`);
  }

  async function location(orgId: string, name: string, more: Record<string, unknown> = {}, calling = true) {
    const body = {
      name,
      timeZone: 'America/Denver',
      preferredLanguage: 'en_us',
      announcementLanguage: 'en_us',
      address: SAN_JOSE,
      ...more,
    };
    const { id } = (await api('POST', `/locations?orgId=${orgId}`, body)) as { id: string };
    if (calling) await api('POST', `/telephony/config/locations?orgId=${orgId}`, { id, ...body });
    return id;
  }

  async function connect(orgId: string, locationId: string, displayName: string, more: Record<string, unknown> = {}) {
    const path = `/telephony/pstn/locations/${locationId}`;
    const options = await items<{ id: string; displayName: string }>(`${path}/connectionOptions?orgId=${orgId}`);
    const id = options.find((option) => option.displayName === displayName)?.id;
    await api('PUT', `${path}/connection?orgId=${orgId}`, { id, ...more });
  }

  async function numbers(orgId: string, locationId: string, phoneNumbers: string[], mainNumber?: string) {
    const path = `/telephony/config/locations/${locationId}`;
    await api('POST', `${path}/numbers?orgId=${orgId}`, { phoneNumbers });
    if (mainNumber) await api('PUT', `${path}?orgId=${orgId}`, { callingLineId: { phoneNumber: mainNumber } });
  }

  const settings = (orgId: string, locationId: string, body: Record<string, unknown>) =>
    api('PUT', `/telephony/config/locations/${locationId}?orgId=${orgId}`, body);

  async function user(customerId: string, options: UserOptions, behalf?: string): Promise<string> {
    const { email, packages = ['webex_calling'], firstName = 'Alice', lastName = 'Anderson', ...line } = options;
    const { extension, phoneNumber: primaryPhoneNumber, locationId } = line;
    const query = behalf === undefined ? '' : `?onBehalfOfSubPartnerOrgId=${behalf}`;
    const made = (await api('POST', `/wholesale/subscribers${query}`, {
      customerId,
      email,
      packages,
      provisioningParameters: { firstName, lastName, extension, primaryPhoneNumber, locationId },
    })) as { id: string; personId?: string };
    if (options.roles && made.personId) await give(made.personId, options.roles);
    return made.id;
  }

  /** Gives a person these roles, in Control Hub. */
  async function give(personId: string, names: string[]): Promise<void> {
    const all = await roles();
    const person = (await api('GET', `/people/${personId}?callingData=true`)) as Record<string, unknown>;
    const { emails, displayName, firstName, lastName, orgId, licenses, extension, locationId, phoneNumbers } = person;
    await api('PUT', `/people/${personId}?callingData=true`, {
      ...{ emails, displayName, firstName, lastName, orgId, licenses, extension, locationId, phoneNumbers },
      roles: all.filter(({ name }) => names.includes(name)).map(({ id }) => id),
    });
  }

  return { api, control, customer, order, wait, find, locations, location, connect, numbers, settings, user, give };
}

const adminOf = (externalId: string) => `admin@${externalId.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.example.com`;

/** A phone number that no other location has. */
const number = (index: number) => `+1214555${String(7000 + index)}`;

/**
 * Nine customers: one with everything, one without calling, odd names, integrated PSTN, a local gateway, an attached
 * organization with two calling locations, one of a sub-partner, and three that aren't finished.
 */
export async function makePartner(backend: Hub) {
  const at = hub(backend);

  // With everything: branch, numbers, main number, administrators, limits, a place without calling.
  const pizza = await at.customer('c1677a16-557a-4fb4-b48f-24adde57ec99', {
    name: "John's Pizza",
    packages: ['webex_suite', 'webex_calling', 'attendant_console'],
    headquarters: 'Head Office',
    limits: { webex_suite: 50, webex_calling: 20 },
  });
  const [headOffice] = await at.locations(pizza.orgId);
  const branch = await at.location(pizza.orgId, 'San Jose', {
    latitude: '37.33',
    longitude: '-121.88',
    notes: 'Gate 2',
  });
  await at.connect(pizza.orgId, branch, 'Non-integrated CCP');
  await at.numbers(pizza.orgId, branch, [number(1), number(2), number(3)], number(1));
  await at.settings(pizza.orgId, branch, { routingPrefix: '8', outsideDialDigit: '9', enforceOutsideDialDigit: true });
  await at.connect(pizza.orgId, headOffice?.id ?? '', 'Non-integrated CCP');
  await at.numbers(pizza.orgId, headOffice?.id ?? '', [number(4)], number(4));
  await at.location(pizza.orgId, 'Warehouse', {}, false);
  await at.user(pizza.id, {
    email: 'John.Anderson@acme.com',
    firstName: 'John',
    packages: ['webex_suite'],
    extension: '51200',
    roles: ['Full Administrator'],
  });
  await at.user(pizza.id, {
    email: 'alice.anderson@acme.com',
    extension: '51301',
    phoneNumber: number(2),
    locationId: branch,
  });
  await at.user(pizza.id, {
    email: 'branch.reception@acme.com',
    firstName: 'Branch',
    lastName: 'Reception',
    extension: '51303',
    locationId: branch,
    packages: ['webex_calling', 'attendant_console'],
  });
  // A number alone, and roles that aren't of the highest.
  await at.user(pizza.id, {
    email: 'john.andersen@acme.com',
    firstName: 'John',
    lastName: 'Andersen',
    phoneNumber: number(3),
    locationId: branch,
    roles: ['Read-only Administrator', 'Device Administrator'],
  });
  // A person who is no user of the customer any more.
  const gone = await at.user(pizza.id, { email: 'gone@acme.com', packages: ['webex_suite'], extension: '51400' });
  await at.api('DELETE', `/wholesale/subscribers/${gone}`);

  // No calling at all.
  const meetings = await at.customer('johns-pizza-north', { name: "John's Pizza North", packages: ['webex_meetings'] });
  await at.user(meetings.id, { email: 'bob@north.example.com', firstName: 'Bob', packages: ['webex_meetings'] });

  // Names that a program or a CSV file must quote.
  const odd = await at.customer('Kunde/7 "Süd"', {
    name: 'Café `Zürich` $\u007bx} \\ "Süd"; 1',
    headquarters: "Büro №1 'Süd'",
  });
  await at.user(odd.id, {
    email: "o'brien+x@sued.example.com",
    firstName: 'Zoë',
    lastName: "O'Brien",
    extension: '0017',
  });

  // Integrated PSTN at the headquarters, a local gateway at a branch.
  const integrated = await at.customer('johns-pizza-east', { name: "John's Pizza East", headquarters: 'East' });
  const [east] = await at.locations(integrated.orgId);
  await at.connect(integrated.orgId, east?.id ?? '', 'Cisco Calling Plans');
  const gateway = await at.location(integrated.orgId, 'Gateway');
  const state = (await at.control('GET', '/state')) as { organizations: { id: string; trunkId: string }[] };
  const premiseRouteId = state.organizations.find(({ id }) => id === integrated.orgId)?.trunkId;
  await at.connect(integrated.orgId, gateway, 'Premises-based PSTN', { premiseRouteType: 'TRUNK', premiseRouteId });
  await at.user(integrated.id, { email: 'carl@east.example.com', firstName: 'Carl', extension: '100' });

  // An organization that existed before: unlinked, and attached again under another key.
  const before = await at.customer('before', { name: "John's Pizza West", headquarters: 'West' });
  await at.location(before.orgId, 'Annex');
  await at.api('DELETE', `/wholesale/customers/${before.id}`);
  await at.wait();
  const attached = await at.customer('johns-pizza-west', { name: '', orgId: before.orgId, headquarters: 'West' });

  // A sub-partner's customer.
  const reseller = (await at.control('POST', '/subPartners', { displayName: 'Reseller' })) as { orgId: string };
  const theirs = await at.customer('reseller-1', {
    name: "Reseller's customer",
    packages: ['webex_meetings'],
    behalf: reseller.orgId,
  });
  await at.user(theirs.id, { email: 'dora@reseller.example.com', packages: ['webex_meetings'] }, reseller.orgId);

  // A user who must consent first: the person belongs to another organization.
  await at.control('POST', '/outcomes', {
    kind: 'subscriber',
    email: 'eve@north.example.com',
    status: 'pending_user_migration',
  });
  await at.user(meetings.id, { email: 'eve@north.example.com', firstName: 'Eve', packages: ['webex_meetings'] });

  // Not finished: in error, in review, and under way (last, because any other would wait for its end).
  const kept = { status: 'error', description: 'no capacity', errorCode: 2001 };
  await at.control('POST', '/outcomes', { kind: 'customer', externalId: 'in-error', ...kept });
  await at.customer('in-error', { name: 'In error', packages: ['webex_meetings'] });
  await at.control('POST', '/outcomes', { kind: 'customer', externalId: 'in-review', status: 'pending_rpl_review' });
  await at.customer('in-review', { name: 'In review', packages: ['webex_meetings'] });
  await at.order('under-way', { name: 'Under way', packages: ['webex_meetings'] });

  return { at, pizza, meetings, odd, integrated, attached, reseller: reseller.orgId, theirs, branch };
}

/** Customers of {@link makePartner} that are provisioned. */
export const READY = [
  'c1677a16-557a-4fb4-b48f-24adde57ec99',
  'johns-pizza-north',
  'Kunde/7 "Süd"',
  'johns-pizza-east',
  'johns-pizza-west',
  'reseller-1',
];
