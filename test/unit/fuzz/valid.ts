import fc from 'fast-check';
import {
  CUSTOMER_PACKAGES,
  dependenciesOf,
  hasCalling,
  LIMITED_PACKAGES,
  USER_PACKAGES,
} from '../../../provider/packages';

/** Valid inputs of the four resources, which check must accept. */
export type Inputs = Record<string, unknown>;

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const text = fc.oneof(
  fc.constantFrom("John's Pizza", 'Denver', 'Zürich', '東京', 'a'),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .map((value) => value.trim())
    .filter((value) => value !== '' && !/[\p{Cc}\p{Cs}%]/u.test(value)),
);
const email = fc.nat(500).map((number) => `user${number}@example.com`);
const language = fc.constantFrom('en', 'en_us', 'fr_fr', 'pt-BR');
const timeZone = fc.constantFrom('America/Los_Angeles', 'Asia/Kolkata', 'Europe/Berlin', 'UTC');
const number = fc.integer({ min: 1_000_000, max: 9_999_999 }).map((digits) => `+1408${digits}`);
const numbers = fc.uniqueArray(number, { maxLength: 4 });
const seconds = fc.double({ min: 0.1, max: 1e6, noNaN: true });
const timeouts = maybe(fc.record({ create: maybe(seconds), update: maybe(seconds), delete: maybe(seconds) }));
const reconciliation = { adopt: maybe(fc.boolean()), allowReplacement: maybe(fc.boolean()) };
const removal = maybe(fc.constantFrom('unlink', 'delete'));
const settings = maybe(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 }));

const address = (complete: boolean) =>
  fc.record({
    addressLine1: fc.constantFrom('771 Alder Drive', 'x'.repeat(50)),
    addressLine2: maybe(fc.constant('Cisco Site 5')),
    city: text,
    stateOrProvince: complete ? fc.constantFrom('CA', 'BE') : maybe(fc.constant('CA')),
    zipOrPostalCode: complete ? fc.constantFrom('95035', '80331') : maybe(fc.constant('95035')),
    country: fc.constantFrom('US', 'DE', 'GB'),
  });

const pstn = fc.oneof(
  fc.record({ displayName: fc.constant('Non-integrated CCP') }),
  fc.record({ id: text }),
  fc.record({ premiseRouteType: fc.constantFrom('TRUNK', 'ROUTE_GROUP'), premiseRouteId: text }),
);

const calling = numbers.chain((phoneNumbers) =>
  fc.record({
    enabled: fc.constantFrom(true, undefined),
    // Numbers of a new location need a PSTN connection.
    pstn: phoneNumbers.length > 0 ? pstn : maybe(pstn),
    phoneNumbers: fc.constant(phoneNumbers),
    numberOptions: maybe(fc.record({ numberType: maybe(fc.constantFrom('DID', 'TOLLFREE')) })),
    mainNumber: fc.constant(phoneNumbers[0]),
    callingLineIdName: maybe(text),
    routingPrefix: maybe(fc.constantFrom('2', '212')),
    outsideDialDigit: maybe(fc.constant('9')),
    enforceOutsideDialDigit: maybe(fc.boolean()),
  }),
);

export const template: fc.Arbitrary<Inputs> = fc
  .record({
    provisioningId: fc.constantFrom('ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2', 'another'),
    name: maybe(text),
    country: maybe(fc.constantFrom('US', 'DE')),
    serviceProviderAdminEmail: maybe(email),
    defaultEmailLanguage: maybe(language),
    subscription: maybe(text),
    authentication: maybe(
      fc.oneof(
        fc.record({ type: fc.constant('webex') }),
        fc.record({ type: fc.constant('partner'), idpEntityId: text, protocol: fc.constantFrom('saml', 'oidc') }),
      ),
    ),
    commonSettings: settings,
    callSettings: settings,
    allowReplacement: maybe(fc.boolean()),
  })
  .map(declared);

const packages = fc
  .uniqueArray(fc.constantFrom(...CUSTOMER_PACKAGES), { minLength: 1, maxLength: 4 })
  .map((names) => [...new Set(names.flatMap((name) => [name, ...dependenciesOf(name).slice(0, 1)]))]);

export const customer: fc.Arbitrary<Inputs> = packages
  .chain((names) =>
    fc.record({
      provisioningId: fc.constant('ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2'),
      externalId: fc.uuid(),
      name: text,
      primaryEmail: email,
      language: maybe(language),
      address: address(false),
      packages: fc.constant(names),
      packageLimits: maybe(
        fc.constant(
          Object.fromEntries(LIMITED_PACKAGES.filter((name) => names.includes(name)).map((name) => [name, 5])),
        ),
      ),
      headquarters: names.some(hasCalling)
        ? fc.record({
            name: text,
            address: address(true),
            timeZone,
            language,
            emergencyLocationIdentifier: maybe(text),
            supportedLocationVerified: fc.constant(true),
            calling: maybe(calling),
          })
        : fc.constant(undefined),
      meetingsTimeZone: maybe(timeZone),
      subPartnerAdminEmail: maybe(email),
      removal,
      timeouts,
      ...reconciliation,
    }),
  )
  .map(declared);

export const location: fc.Arbitrary<Inputs> = fc
  .record({
    customerId: fc.constantFrom('Y3VzdG9tZXI', 'b3RoZXI'),
    name: text,
    timeZone,
    preferredLanguage: language,
    announcementLanguage: language,
    address: address(true),
    coordinates: maybe(fc.constant({ latitude: '12.935784', longitude: '-77.697332' })),
    notes: maybe(text),
    calling: maybe(calling),
    timeouts,
    ...reconciliation,
  })
  .map(declared);

export const user: fc.Arbitrary<Inputs> = fc
  .constantFrom(...USER_PACKAGES)
  .chain((name) =>
    fc.record({
      customerId: fc.constantFrom('Y3VzdG9tZXI', 'b3RoZXI'),
      email,
      firstName: text,
      lastName: text,
      package: fc.constant(name),
      attendantConsole: dependenciesOf('attendant_console').includes(name)
        ? maybe(fc.boolean())
        : fc.constant(undefined),
      locationId: hasCalling(name) ? maybe(text) : fc.constant(undefined),
      extension: hasCalling(name) ? fc.constantFrom('133', '51301') : fc.constant(undefined),
      phoneNumber: hasCalling(name) ? maybe(number) : fc.constant(undefined),
      roles: maybe(fc.uniqueArray(fc.constantFrom('Full Administrator', 'Support Administrator'), { maxLength: 2 })),
      sendConsentMoveEmail: maybe(fc.boolean()),
      removal,
      ...reconciliation,
    }),
  )
  .map(declared);

/** Removes omitted properties, as Pulumi does. */
function declared(inputs: object): Inputs {
  return JSON.parse(JSON.stringify(inputs)) as Inputs;
}
