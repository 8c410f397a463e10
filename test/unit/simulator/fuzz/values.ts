import fc from 'fast-check';

/** Stands in a generated request for an ID that exists when it is sent: kind and number, see {@link fillIn}. */
const id = (kind: string) => fc.nat(12).map((number) => `{{${kind}:${number}}}`);

const wild = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', ' ', '\0', '\ud800', '%', "' OR 1=1 --", '../..', '__proto__', 'a'.repeat(3000)),
  },
);

const email = fc.nat(60).map((number) => `user${number}@example.com`);
const extension = fc.integer({ min: 100, max: 160 }).map(String);
const number = fc.integer({ min: 4_085_550_100, max: 4_085_550_160 }).map((digits) => `+1${digits}`);
const language = fc.constantFrom('en', 'en_us', 'fr_fr');
const timeZone = fc.constantFrom('America/Los_Angeles', 'America/Denver');

/** What a field or parameter of that name holds in a request that makes sense. */
const SENSIBLE: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  provisioningId: fc.constant('ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2'),
  externalId: fc.oneof(fc.uuid(), fc.constant('c1677a16-557a-4fb4-b48f-24adde57ec99')),
  externalCustomerId: fc.constant('c1677a16-557a-4fb4-b48f-24adde57ec99'),
  country: fc.constantFrom('US', 'US', 'CA'),
  timezone: timeZone,
  timeZone,
  language,
  preferredLanguage: language,
  announcementLanguage: language,
  email,
  primaryEmail: email,
  subPartnerAdminEmail: email,
  emails: fc.tuple(email),
  extension,
  extensions: fc.array(extension, { minLength: 1, maxLength: 4 }),
  primaryPhoneNumber: number,
  phoneNumber: number,
  chargeNumber: number,
  phoneNumbers: fc.array(number, { minLength: 1, maxLength: 4 }),
  latitude: fc.constantFrom('12.935784', '-77'),
  longitude: fc.constantFrom('77.697332'),
  routingPrefix: fc.constantFrom('2', '212', ''),
  outsideDialDigit: fc.constantFrom('9', ''),
  customerId: id('ENTERPRISE'),
  subscriberId: id('SUBSCRIBER'),
  personId: id('PEOPLE'),
  ownerId: id('PEOPLE'),
  locationId: id('LOCATION'),
  orgId: id('ORGANIZATION'),
  roleId: id('ROLE'),
  jobId: id('JOB_ID'),
  roles: fc.array(id('ROLE'), { maxLength: 2 }),
  licenses: fc.array(id('LICENSE'), { maxLength: 2 }),
  premiseRouteType: fc.constantFrom('TRUNK', 'ROUTE_GROUP'),
  premiseRouteId: fc.oneof(id('TRUNK'), id('ROUTE_GROUP')),
  status: fc.constantFrom('provisioned', 'provisioning', 'provisioned,error'),
  provisioningState: fc.constantFrom('active', 'suspended'),
  sortBy: fc.constantFrom('created', 'lastStatusChange'),
  sortOrder: fc.constantFrom('ASC', 'DESC'),
  order: fc.constantFrom('asc', 'desc', 'lastName', 'dn'),
  after: fc.constantFrom('0', '2021-08-06T02:05:41.791232Z'),
  lastStatusChange: fc.constantFrom('1', '2021-08-06'),
  max: fc.integer({ min: 1, max: 200 }).map(String),
  start: fc.nat(5).map(String),
  offset: fc.nat(5).map(String),
  siteUrls: fc.array(fc.constant('mysite.webex.com#attendee'), { maxLength: 1 }),
};

/** `id` means another kind in each place. */
const IDS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  '/telephony/pstn/locations/{locationId}/connection': id('PSTN_CONNECTION'),
  '/telephony/config/locations': id('LOCATION'),
  '/telephony/config/locations/{locationId}': fc.oneof(id('TRUNK'), id('ROUTE_GROUP')),
  '/people': id('PEOPLE'),
  '/locations': id('LOCATION'),
};

export type Schema = Record<string, unknown>;

/** A value for a schema: most often one that fits it and makes sense, now and then one that doesn't. */
export function valueFor(
  schema: Schema,
  name: string,
  path: string,
  schemas: Record<string, Schema>,
): fc.Arbitrary<unknown> {
  const fitting = fittingValue(schema, name, path, schemas);
  return fc.oneof(
    { weight: 60, arbitrary: fitting },
    { weight: 1, arbitrary: wild },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
}

function fittingValue(
  schema: Schema,
  name: string,
  path: string,
  schemas: Record<string, Schema>,
): fc.Arbitrary<unknown> {
  const again = (inner: unknown, innerName: string) => valueFor((inner ?? {}) as Schema, innerName, path, schemas);
  if (typeof schema.$ref === 'string')
    return fittingValue(schemas[schema.$ref.split('/').pop() ?? ''] ?? {}, name, path, schemas);
  if (Array.isArray(schema.allOf)) return fittingValue(schema.allOf[0] as Schema, name, path, schemas);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  if (name === 'id') return IDS[path] ?? wild;
  const properties = schema.properties as Record<string, Schema> | undefined;
  if (properties) {
    const required = (schema.required as string[] | undefined) ?? [];
    const values = Object.entries(properties).map(([key, inner]) => [key, again(inner, key)] as const);
    return fc.record(Object.fromEntries(values), { requiredKeys: required.filter((key) => key in properties) });
  }
  // Phone numbers of people are objects, those of locations strings.
  const sensible = schema.type === 'array' && (schema.items as Schema | undefined)?.$ref ? undefined : SENSIBLE[name];
  if (sensible) return sensible;
  if (schema.type === 'array') return fc.array(again(schema.items, name), { minLength: 1, maxLength: 3 });
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'number' || schema.type === 'integer') return fc.nat(50);
  return fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' });
}

/** The text of a parameter in path or query. */
export function parameterOf(schema: Schema, name: string, path: string): fc.Arbitrary<string> {
  const fitting = name === 'id' ? (IDS[path] ?? wild) : (SENSIBLE[name] ?? fittingValue(schema, name, path, {}));
  return fc.oneof({ weight: 30, arbitrary: fitting }, { weight: 1, arbitrary: wild }).map((value) => String(value));
}

/** Puts IDs that exist in the place of `{{KIND:number}}`. */
export function fillIn(text: string, known: ReadonlyMap<string, string[]>): string {
  return text.replace(/\{\{(\w+):(\d+)\}\}/g, (_, kind: string, position: string) => {
    const ids = known.get(kind) ?? [];
    // Most often one of the newest: older ones are often gone.
    return ids.at(-1 - (Number(position) % Math.max(1, ids.length))) ?? kind;
  });
}

/** Remembers every ID in an answer by its kind. */
export function collect(text: string, known: Map<string, string[]>): void {
  for (const [candidate] of text.matchAll(/Y2lzY29zcGFyazovL3VzL[\w-]+/g)) {
    const kind = Buffer.from(candidate, 'base64').toString().split('/')[3] ?? '';
    const ids = known.get(kind) ?? [];
    if (!ids.includes(candidate)) known.set(kind, [...ids.slice(-60), candidate]);
  }
}
