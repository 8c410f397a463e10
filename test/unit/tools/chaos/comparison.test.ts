import { beforeAll, describe, expect, it } from 'vitest';
import { differences, idsOf, recordDifferences } from '../../../../tools/chaos/comparison';
import { type Actual, locationAddress } from '../../../../tools/chaos/expectation';
import { planOf } from '../../../../tools/chaos/plan';
import { everything, type World } from '../../../../tools/chaos/world';

const NOBODY = { people: [], organizations: [] };

describe('what chaos compares', () => {
  let world: World;
  let actual: Actual;
  beforeAll(() => {
    // A world with everything in it that these tests take away or change.
    for (let seed = 0; ; seed++) {
      world = planOf(seed).rounds[0]?.world as World;
      const numbers = world.locations.some(({ calling }) => (calling?.phoneNumbers ?? []).length > 0);
      if (numbers && world.templates.length > 0 && world.users.some(({ roles }) => roles)) break;
    }
    actual = perfect(world);
  });
  const changed = (change: (copy: Actual) => void) => {
    const copy = structuredClone(actual);
    change(copy);
    return differences(copy, world, NOBODY);
  };

  it('is the same where everything is as declared', () => expect(differences(actual, world, NOBODY)).toEqual([]));

  it.each<[string, RegExp, (copy: Actual) => void]>([
    ['a missing user', /^user .* is missing$/, ({ subscribers }) => subscribers.pop()],
    [
      'a person left over',
      /^person left@example\.com is left over$/,
      (copy) => copy.people.push({ ...firstOf(copy.people), id: 'other', email: 'left@example.com' }),
    ],
    [
      'a doubled location',
      /^location .* is there twice$/,
      ({ locations }) => locations.push({ ...firstOf(locations), id: 'other' }),
    ],
    [
      'a doubled template',
      /^template .* is there twice$/,
      ({ templates }) => templates.push({ ...firstOf(templates), provisioningId: 'other' }),
    ],
    [
      'a customer in error',
      /status is "error", declared is "provisioned"/,
      ({ customers }) => Object.assign(firstOf(customers), { status: 'error' }),
    ],
    [
      'another package',
      /packages is \["webex_ai_agent"\]/,
      ({ customers }) => Object.assign(firstOf(customers), { packages: ['webex_ai_agent'] }),
    ],
    [
      'a number less',
      /numbers is \[/,
      ({ locations }) => locations.find(({ numbers }) => numbers.length > 0)?.numbers.pop(),
    ],
    [
      'another name',
      /lastName is "Nobody"/,
      ({ people }) => Object.assign(firstOf(people.filter(({ firstName }) => firstName)), { lastName: 'Nobody' }),
    ],
    [
      'another role',
      /roles is \["Nothing"\]/,
      ({ people }) => Object.assign(firstOf(people.filter(({ roles }) => roles.length > 0)), { roles: ['Nothing'] }),
    ],
    [
      'an organization left over',
      /^unlinked organization "Left" is left over$/,
      (copy) => copy.organizations.push({ id: 'left', displayName: 'Left', kind: 'customer', mapped: false }),
    ],
  ])('%s is seen', (_what, text, change) => {
    const found = changed(change);
    expect(
      found.some((difference) => text.test(difference)),
      found.join('\n'),
    ).toBe(true);
  });

  it('what was unlinked by declaration may stay', () => {
    const copy = structuredClone(actual);
    copy.people.push({ ...firstOf(copy.people), id: 'other', email: 'left@example.com' });
    copy.organizations.push({ id: 'left', displayName: 'Left', kind: 'customer', mapped: false });
    expect(differences(copy, world, { people: ['left@example.com'], organizations: ['Left'] })).toEqual([]);
  });

  it('an object that was made again has another ID', () => {
    const before = idsOf(actual, world);
    expect(new Set(before.keys())).toEqual(new Set(everything(world).map(({ key }) => key)));
    const copy = structuredClone(actual);
    Object.assign(firstOf(copy.subscribers), { id: 'anew' });
    const after = idsOf(copy, world);
    expect([...before].filter(([key, id]) => after.get(key) !== id)).toHaveLength(1);
  });

  it("Pulumi's records: one for each object, and none without one", () => {
    const type = 'pulumi-nodejs:dynamic/webex-wholesale:User';
    const record = (name: string, id: string) => ({ urn: `urn:pulumi:chaos::chaos::${type}::${name}`, type, id });
    const [user] = world.users;
    const small: World = { templates: [], customers: [], locations: [], users: user ? [user] : [] };
    const right = record(user?.resource ?? '', actual.subscribers[0]?.id ?? '');
    expect(recordDifferences(actual, small, [right])).toEqual([]);
    expect(recordDifferences(actual, small, [])).toEqual([`${user?.resource} has no record`]);
    expect(recordDifferences(actual, small, [right, right])).toEqual([`${user?.resource} has two records`]);
    expect(recordDifferences(actual, small, [right, record('other', right.id)])).toHaveLength(1);
    expect(recordDifferences(actual, small, [{ ...right, id: 'nothing' }])).toHaveLength(1);
  });
});

function firstOf<T>(list: T[]): T {
  const [first] = list;
  if (first === undefined) throw new Error('the world has nothing of this kind');
  return first;
}

/** A backend in which everything is as a world declares it. */
function perfect({ templates, customers, locations, users }: World): Actual {
  const hub = { provisioningId: 'hub', name: 'Wholesale default', country: 'US' };
  const line = { notes: null, pstn: null, numbers: [], mainNumber: null, callerIdName: null, calling: false };
  const places = [
    ...customers.flatMap((customer) => {
      const { headquarters: hq } = customer;
      return hq
        ? [{ ...hq, customer: customer.key, key: `${customer.key} hq`, announcementLanguage: hq.language }]
        : [];
    }),
    ...locations,
  ];
  return {
    organizations: customers.map(({ key, name }) => ({ id: key, displayName: name, kind: 'customer', mapped: true })),
    customers: customers.map((customer) => ({
      ...customer,
      id: customer.key,
      orgId: customer.key,
      provisioningId: customer.template ?? 'hub',
      status: 'provisioned',
      limits: customer.packageLimits,
    })),
    subscribers: users.map(({ key, customer, email, package: name, attendantConsole }) => ({
      id: `${key} subscriber`,
      customerId: customer,
      personId: key,
      email,
      packages: attendantConsole ? [name, 'attendant_console'] : [name],
      status: 'provisioned',
    })),
    people: users.map((user) => ({
      id: user.key,
      orgId: user.customer,
      email: user.email,
      firstName: user.firstName,
      lastName: user.lastName,
      roles: user.roles ?? [],
      calling: user.extension !== undefined || user.phoneNumber !== undefined,
      locationId: user.location ?? `${user.customer} hq`,
      extension: user.extension ?? null,
      phoneNumber: user.phoneNumber ?? null,
    })),
    locations: places.map(({ key, customer, name, address, timeZone, announcementLanguage, calling, ...rest }) => ({
      ...line,
      id: key,
      orgId: customer,
      name,
      timeZone,
      preferredLanguage: 'language' in rest ? String(rest.language) : 'en_us',
      announcementLanguage,
      address: locationAddress(address),
      notes: 'notes' in rest ? (rest.notes ?? null) : null,
      ...(calling && {
        pstn: calling.pstn.displayName,
        numbers: [...(calling.phoneNumbers ?? [])],
        mainNumber: calling.mainNumber ?? null,
        callerIdName: calling.callingLineIdName ?? null,
      }),
      calling: calling !== undefined || key.endsWith(' hq'),
    })),
    templates: [hub, ...templates.map((template) => ({ ...template, provisioningId: template.key }))],
  };
}
