import { type Hub, type HubCustomer, hub, makePartner, READY as OTHERS } from './partner';

/** A phone number of the large partner; {@link makePartner} has the ones below. */
const number = (index: number) => `+1408555${String(1000 + index)}`;

/** Names that mean something to YAML, to a spreadsheet or to TypeScript. */
const ODD_NAMES = [
  'null',
  'yes',
  '1e5',
  '0017',
  '=1+1',
  '- dash',
  '# 1',
  '$\u007bx}',
  "O'Hara",
  'Zoë 🙂',
  'a\\nb',
  '渡辺',
  '@me',
  'a: b',
  '~',
];

/** Customers of {@link makeLargePartner} that can be declared. */
export const READY = [
  ...OTHERS,
  'chain',
  'chain/7',
  'chain/7/East',
  'null',
  '1e5',
  'empty',
  'attached',
  'reseller-2',
  'spaces  inside',
  'left-alone',
];

/**
 * Makes the nine customers of {@link makePartner} and eleven more, with 300 users in all: two customers of the same
 * name, one with 160 users at three locations, names without a letter that a file name may have, keys from which the
 * same name is derived, each kind of package, one that Webex finished with errors, one without a user, an attached
 * organization without calling, and a customer of a sub-partner with calling.
 */
export async function makeLargePartner(backend: Hub) {
  const at = hub(backend);
  const users = async (customer: HubCustomer, count: number, more: (index: number) => object, behalf?: string) => {
    const host = customer.externalId.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    for (let index = 0; index < count; index++) {
      const odd = ODD_NAMES[index % ODD_NAMES.length] as string;
      const name = { firstName: odd, lastName: ODD_NAMES[(index * 7 + 3) % ODD_NAMES.length] as string };
      await at.user(customer.id, { email: `u${index}@${host}.example.com`, ...name, ...more(index) }, behalf);
    }
  };

  // The largest: more users and numbers than a page holds, the name of another customer.
  const chain = await at.customer('chain', {
    name: "John's Pizza",
    packages: ['webex_calling', 'webex_suite', 'webex_meetings'],
    headquarters: 'Head Office',
  });
  const slash = await at.location(chain.orgId, '7/East');
  const south = await at.location(chain.orgId, 'South & "West"');
  await at.connect(chain.orgId, slash, 'Non-integrated CCP');
  const numbers = Array.from({ length: 120 }, (_, index) => number(index));
  for (let first = 0; first < numbers.length; first += 10)
    await at.numbers(chain.orgId, slash, numbers.slice(first, first + 10));
  const roles = ['Read-only Administrator', 'User Administrator', 'Full Administrator'];
  await users(chain, 160, (index) => ({
    extension: String(2000 + index),
    packages: [['webex_calling', 'webex_suite', 'webex_meetings'][index % 5] ?? 'webex_calling'],
    ...(index % 5 === 2 && { extension: undefined }),
    ...(index % 3 === 0 && index % 5 !== 2 && { locationId: slash, phoneNumber: numbers[index] }),
    ...(index % 3 === 1 && index % 5 !== 2 && { locationId: south }),
    ...(index % 40 === 0 && { roles: roles.slice(0, 1 + ((index / 40) % 3)) }),
  }));

  // The same names are derived from its key and location as from those of the customer before.
  const seven = await at.customer('chain/7', { name: '株式会社ピザ', headquarters: 'East' });
  await at.location(seven.orgId, 'West');
  await at.location(seven.orgId, 'East side');
  await users(seven, 20, (index) => ({ extension: String(6100 + index) }));
  const dash = await at.customer('chain/7/East', { name: '渡辺', headquarters: 'West' });
  await users(dash, 10, (index) => ({ extension: String(6100 + index) }));

  // Each kind of package, limits that are used up, a time zone and a country of its own.
  const voice = await at.customer('null', {
    name: 'Index',
    packages: ['webex_voice', 'common_area_calling', 'webex_calling_standard'],
    headquarters: 'true',
    timezone: 'America/Sao_Paulo',
    limits: { webex_voice: 10, common_area_calling: 0, webex_calling_standard: 10 },
  });
  await users(voice, 20, (index) => ({
    extension: String(6300 + index),
    packages: [index % 2 ? 'webex_voice' : 'webex_calling_standard'],
  }));
  const assist = await at.customer('1e5', {
    name: 'Template',
    packages: ['cx_essentials', 'webex_calling', 'attendant_console'],
    headquarters: 'Main',
  });
  await users(assist, 20, (index) => ({
    extension: String(6400 + index),
    packages: index % 2 ? ['cx_essentials', 'attendant_console'] : ['cx_essentials'],
  }));

  // Webex finished it with errors.
  const errors = {
    status: 'provisioned_with_errors',
    package: 'webex_calling',
    description: 'no capacity',
    errorCode: 2001,
  };
  await at.control('POST', '/outcomes', { kind: 'customer', externalId: 'with-errors', ...errors });
  await at.customer('with-errors', {
    name: 'With errors',
    packages: ['webex_meetings', 'webex_calling'],
    headquarters: 'Main',
  });

  // Without a user, and with an attached organization that has no calling.
  await at.customer('empty', { name: 'Nobody yet', headquarters: 'Main' });
  const before = await at.customer('before-2', { name: 'Attached meetings', packages: ['webex_meetings'] });
  await at.api('DELETE', `/wholesale/customers/${before.id}`);
  await at.wait();
  const attached = await at.customer('attached', { name: '', packages: ['webex_meetings'], orgId: before.orgId });
  await users(attached, 15, () => ({ packages: ['webex_meetings'] }));

  // A customer of a sub-partner, with calling, and one of a suspended sub-partner.
  const reseller = (await at.control('POST', '/subPartners', { displayName: 'Second reseller' })) as { orgId: string };
  const theirs = await at.customer('reseller-2', {
    name: "Reseller's second",
    headquarters: 'Main',
    behalf: reseller.orgId,
  });
  const shop = await at.location(theirs.orgId, 'Shop');
  await at.connect(theirs.orgId, shop, 'Non-integrated CCP');
  await at.numbers(theirs.orgId, shop, [number(200), number(201)], number(200));
  await users(
    theirs,
    25,
    (index) => ({
      extension: String(6500 + index),
      ...(index < 2 && { locationId: shop, phoneNumber: number(200 + index) }),
    }),
    reseller.orgId,
  );
  const single = await at.customer('spaces  inside', { name: ' Spaces ', headquarters: ' Main ' });
  await users(single, 21, (index) => ({ extension: String(index).padStart(4, '0') }));

  // A customer whose first administrator was deleted.
  const left = await at.customer('left-alone', { name: 'Left alone', packages: ['webex_meetings'] });
  await users(left, 2, () => ({ packages: ['webex_meetings'] }));
  const people = (await at.api('GET', `/people?orgId=${left.orgId}`)) as { items: { id: string; roles?: string[] }[] };
  for (const { id, roles: held = [] } of people.items) if (held.length > 0) await at.api('DELETE', `/people/${id}`);

  const partner = await makePartner(backend);
  return { ...partner, chain };
}
