import { describe, expect, it } from 'vitest';
import { type CheckFailure, UNKNOWN } from '../../../provider/lifecycle';
import { dependenciesOf, hasCalling } from '../../../provider/packages';
import { customerOrgInputs, customerOrgRules } from '../../../provider/resources/customer-org/schema';
import { validate } from '../../../provider/resources/inputs/validation';
import { locationInputs, locationRules } from '../../../provider/resources/location/schema';
import { templateInputs, templateRules } from '../../../provider/resources/onboarding-template/schema';
import { userInputs, userRules } from '../../../provider/resources/user/schema';
import { ADDRESS as address, HEADQUARTERS as hq } from '../../samples/cisco';

type Row = [what: string, changes: Record<string, unknown>, ...says: RegExp[]];

const PREMISES = { premiseRouteType: 'TRUNK', premiseRouteId: 'abc' };

/** Schema first; rules only see what has the right shape. */
function refusals<T>(checked: { inputs: T; failures: CheckFailure[] }, rules: (inputs: T) => CheckFailure[]): string[] {
  const failures = checked.failures.length > 0 ? checked.failures : rules(checked.inputs);
  return failures.map(({ property, reason }) => `${property}: ${reason}`);
}

function table(
  kind: string,
  base: Record<string, unknown>,
  check: (inputs: Record<string, unknown>) => string[],
  rows: Row[],
) {
  describe(kind, () => {
    it.each(rows)('%s', (_what, changes, ...says) => {
      const found = check({ ...base, ...changes });
      expect(found).toEqual(says.map((pattern) => expect.stringMatching(pattern)));
    });
    it.each(Object.keys(base))('may have an unknown %s', (key) =>
      expect(check({ ...base, [key]: UNKNOWN })).toEqual([]),
    );
  });
}

const callingRows = (path: string, wrap: (calling: unknown) => Record<string, unknown>): Row[] => [
  ['calling: unknown', wrap(UNKNOWN)],
  [
    'calling: unknown parts',
    wrap({ pstn: UNKNOWN, phoneNumbers: UNKNOWN, mainNumber: UNKNOWN, numberOptions: UNKNOWN }),
  ],
  [
    'calling: a main number among unknown ones',
    wrap({ phoneNumbers: ['+12145557861', UNKNOWN, UNKNOWN], mainNumber: '+12145551321' }),
  ],
  [
    'calling: a connection of unknown name with numbers',
    wrap({ pstn: { displayName: UNKNOWN }, phoneNumbers: ['+12145557861'] }),
  ],
  ['calling: a local gateway', wrap({ pstn: PREMISES })],
  ['calling: half a local gateway', wrap({ pstn: { premiseRouteId: 'abc' } }), RegExp(`^${path}\\.pstn: needs both`)],
  [
    'calling: two ways to name a connection',
    wrap({ pstn: { id: 'a', displayName: 'b' } }),
    RegExp(`^${path}\\.pstn: takes id or displayName`),
  ],
  ['calling: an empty connection', wrap({ pstn: {} }), RegExp(`^${path}\\.pstn: needs id, displayName, or`)],
  [
    'calling: an unknown route type',
    wrap({ pstn: { ...PREMISES, premiseRouteType: 'SIP' } }),
    RegExp(`^${path}\\.pstn\\.premiseRouteType: "SIP" is not one of`),
  ],
  [
    'calling: numbers on an integrated connection',
    wrap({ pstn: { displayName: 'cisco calling plan' }, phoneNumbers: ['+12145557861'] }),
    RegExp(`^${path}\\.phoneNumbers: .*integrated`),
  ],
  [
    'calling: no numbers on an integrated connection',
    wrap({ pstn: { displayName: 'Cisco Calling Plans' }, phoneNumbers: [] }),
  ],
  [
    'calling: a number twice',
    wrap({ phoneNumbers: ['+12145557861', '+12145557861'] }),
    RegExp(`^${path}\\.phoneNumbers\\[1\\]: .*listed twice`),
  ],
  [
    'calling: a main number that is none of them',
    wrap({ phoneNumbers: [], mainNumber: '+12145557861' }),
    RegExp(`^${path}\\.mainNumber: .*not one of phoneNumbers`),
  ],
  [
    'calling: a prefix of letters',
    wrap({ routingPrefix: '8a' }),
    RegExp(`^${path}\\.routingPrefix: "8a" must be digits`),
  ],
];

const limits = { webex_calling: 5 };
table(
  'a customer organization',
  {
    provisioningId: 'a',
    externalId: 'b',
    name: "John's Pizza",
    primaryEmail: 'john.anderson@acme.com',
    address,
    packages: ['webex_calling', 'webex_meetings'],
    packageLimits: limits,
    headquarters: hq,
  },
  (inputs) => refusals(validate(customerOrgInputs, inputs), customerOrgRules),
  [
    ['passes', {}],
    [
      'all unknown inside',
      {
        packages: ['webex_calling', UNKNOWN],
        headquarters: { ...hq, address: UNKNOWN, supportedLocationVerified: UNKNOWN },
      },
    ],
    [
      'neither name nor e-mail address',
      { name: undefined, primaryEmail: undefined },
      /^name: is required/,
      /^primaryEmail: is required/,
    ],
    ['neither, but an organization to attach', { name: undefined, primaryEmail: undefined, orgId: 'c' }],
    ['"%" in the name', { name: '100%' }, /^name: "100%" must not contain "%"/],
    ['no package', { packages: [] }, /^packages: must name at least one package/],
    ['packages as a text', { packages: 'webex_calling' }, /^packages: "webex_calling" must be a list/],
    [
      'a package for users',
      { package: 'webex_calling' },
      /^package: there is no such property here; it is called packages/,
    ],
    [
      'packages of names that objects have',
      { packages: ['constructor', '__proto__'] },
      /^packages\[0\]: "constructor" is not/,
      /^packages\[1\]: "__proto__" is not/,
    ],
    [
      'a package twice',
      { packages: ['webex_calling', 'webex_calling'] },
      /^packages\[1\]: webex_calling is listed twice/,
    ],
    [
      'an add-on that depends on another',
      { packages: ['webex_calling_standard', 'attendant_console'], packageLimits: undefined },
      /^packages\[1\]: attendant_console depends on one of webex_calling, webex_suite, cx_essentials/,
    ],
    ['an add-on with what it depends on', { packages: ['webex_calling', 'attendant_console', 'cisco_calling_plan'] }],
    [
      'a limit for a package that is not there',
      { packageLimits: { webex_suite: 1 } },
      /^packageLimits\.webex_suite: .*add webex_suite/,
    ],
    [
      'a limit for a package that has none',
      { packageLimits: { cx_voice_ports: 1 } },
      /^packageLimits\.cx_voice_ports: there is no such/,
    ],
    [
      'a limit below zero',
      { packageLimits: { webex_calling: -1 } },
      /^packageLimits\.webex_calling: -1 must not be below 0/,
    ],
    [
      'a limit that is no whole number',
      { packageLimits: { webex_calling: 1.5 } },
      /^packageLimits\.webex_calling: 1\.5 must be a whole number/,
    ],
    [
      'calling without headquarters',
      { headquarters: undefined },
      /^headquarters: is required, because webex_calling brings/,
    ],
    [
      'headquarters without calling',
      { packages: ['webex_meetings'], packageLimits: undefined },
      /^headquarters: is created only with a package/,
    ],
    [
      'headquarters without state',
      { headquarters: { ...hq, address: { ...address, stateOrProvince: undefined } } },
      /^headquarters\.address\.stateOrProvince: is required/,
    ],
    ['a customer without state', { address: { ...address, stateOrProvince: undefined, zipOrPostalCode: undefined } }],
    [
      'headquarters that are not verified',
      { headquarters: { ...hq, supportedLocationVerified: false } },
      /^headquarters\.supportedLocationVerified: must be true/,
    ],
    [
      'headquarters that do not say',
      { headquarters: { ...hq, supportedLocationVerified: undefined } },
      /^headquarters\.supportedLocationVerified: is required/,
    ],
    [
      'headquarters with calling disabled',
      { headquarters: { ...hq, calling: { enabled: false } } },
      /^headquarters\.calling\.enabled: can't be false/,
    ],
    [
      'an address line of 51 characters',
      { address: { ...address, addressLine2: 'é'.repeat(51) } },
      /^address\.addressLine2: .* at most 50 characters long, and has 51/,
    ],
    [
      'an address line of 50 characters outside the basic plane',
      { address: { ...address, addressLine1: '𠮷'.repeat(50) } },
    ],
    [
      'Kosovo, which ISO 3166-1 has no code for',
      { address: { ...address, country: 'XK' } },
      /^address\.country: "XK" must be an ISO 3166-1/,
    ],
    [
      'the United Kingdom as UK',
      { address: { ...address, country: 'UK' } },
      /^address\.country: "UK" must be .*\(GB\)/,
    ],
    ['a mistyped removal', { removal: 'remove' }, /^removal: "remove" is not one of unlink, delete/],
    ...callingRows('headquarters\\.calling', (calling) => ({ headquarters: { ...hq, calling } })),
  ],
);

table(
  'a location',
  {
    customerId: 'a',
    name: 'Denver',
    timeZone: 'America/Denver',
    preferredLanguage: 'en_us',
    announcementLanguage: 'en_us',
    address,
    coordinates: { latitude: '39.7', longitude: '-105' },
  },
  (inputs) => refusals(validate(locationInputs, inputs), locationRules),
  [
    ['passes', {}],
    [
      'nothing but a name',
      {
        ...Object.fromEntries(
          ['customerId', 'timeZone', 'preferredLanguage', 'announcementLanguage', 'address'].map((key) => [
            key,
            undefined,
          ]),
        ),
      },
      ...['customerId', 'timeZone', 'preferredLanguage', 'announcementLanguage', 'address'].map((key) =>
        RegExp(`^${key}: is required`),
      ),
    ],
    [
      'an address without state and postal code',
      { address: { ...address, stateOrProvince: '', zipOrPostalCode: undefined } },
      /^address\.stateOrProvince: "" must not be empty/,
      /^address\.zipOrPostalCode: is required/,
    ],
    [
      'coordinates that are nowhere',
      { coordinates: { latitude: '90.1', longitude: '-180' } },
      /^coordinates\.latitude: "90\.1" must be degrees between -90 and 90/,
    ],
    [
      'coordinates that are numbers',
      { coordinates: { latitude: 39.7, longitude: '0' } },
      /^coordinates\.latitude: 39\.7 must be a text/,
    ],
    [
      'disabled calling with settings',
      { calling: { enabled: false, phoneNumbers: [] } },
      /^calling\.enabled: is false, so phoneNumbers can't be set/,
    ],
    ['disabled calling', { calling: { enabled: false } }],
    ...callingRows('calling', (calling) => ({ calling })),
  ],
);

table(
  'a user',
  {
    customerId: 'a',
    email: 'john.anderson@acme.com',
    firstName: 'John',
    lastName: 'Anderson',
    package: 'webex_calling',
    extension: '5120',
    phoneNumber: '+12145557861',
    roles: ['Full Administrator'],
  },
  (inputs) => refusals(validate(userInputs, inputs), (checked) => userRules(checked, undefined)),
  [
    ['passes', {}],
    ['two packages', { package: ['webex_calling', 'webex_suite'] }, /^package: takes exactly one package/],
    [
      'packages, as the API calls it',
      { package: undefined, packages: ['webex_calling'] },
      /^packages: there is no such property here; it is called package \(one/,
    ],
    [
      'the add-on as a package',
      { package: 'attendant_console' },
      /^package: "attendant_console" is an add-on: .*attendantConsole: true/,
    ],
    [
      'a package of customers only',
      { package: 'common_area_calling' },
      /^package: "common_area_calling" is not one of/,
    ],
    ['a package named as what objects have', { package: 'constructor' }, /^package: "constructor" is not one of/],
    [
      'calling without extension and number',
      { extension: undefined, phoneNumber: undefined },
      /^extension: is required \(or phoneNumber\)/,
    ],
    ['calling with an unknown extension', { extension: UNKNOWN, phoneNumber: undefined }],
    [
      'no calling with an extension',
      { package: 'webex_meetings', phoneNumber: undefined },
      /^extension: can't be set with webex_meetings.*remove it/,
    ],
    [
      'no calling with all of calling',
      { package: 'cx_standard_agent', locationId: 'b' },
      /^extension: can't be set \(nor phoneNumber and locationId\)/,
    ],
    [
      'no calling with an unknown location',
      { package: 'webex_meetings', extension: undefined, phoneNumber: undefined, locationId: UNKNOWN },
      /^locationId: can't be set with webex_meetings/,
    ],
    [
      'the add-on without what it depends on',
      { package: 'webex_voice', attendantConsole: true },
      /^attendantConsole: attendant_console depends on one of/,
    ],
    [
      'a role twice',
      { roles: ['Full Administrator', 'Full Administrator'] },
      /^roles\[1\]: Full Administrator is listed twice/,
    ],
    ['unknown roles', { roles: [UNKNOWN, UNKNOWN] }],
    ['a name of only spaces', { firstName: '  ' }, /^firstName: " {2}" must not be empty/],
    ['an extension without quotes', { extension: 5120 }, /^extension: 5120 must be a text \("5120", in quotes\)/],
  ],
);

const partner = { type: 'partner', idpEntityId: 'https://idp.example.com', protocol: 'saml' };
table(
  'an onboarding template',
  { provisioningId: 'a', name: 'Default', country: 'US', authentication: partner, callSettings: { anything: [1] } },
  (inputs) => refusals(validate(templateInputs, inputs), (checked) => templateRules(checked, false)),
  [
    ['passes', {}],
    [
      'no provisioning ID and no service for templates',
      { provisioningId: undefined },
      /^provisioningId: is required: Webex has no public API.*Partner Hub.*templateApiUrl/,
    ],
    ['a country in small letters', { country: 'us' }, /^country: "us" must be .*\(US\)/],
    [
      'half a partner authentication',
      { authentication: { type: 'partner' } },
      /^authentication\.idpEntityId: is required/,
      /^authentication\.protocol: is required/,
    ],
    [
      'Webex authentication with an identity provider',
      { authentication: { ...partner, type: 'webex' } },
      /^authentication\.idpEntityId: belongs to/,
      /^authentication\.protocol: belongs to/,
    ],
    ['authentication of an unknown kind', { authentication: { type: UNKNOWN } }],
    ['settings that Cisco does not list', { commonSettings: { allowAdminInviteEmails: true, other: null } }],
    [
      'a listed setting of a wrong type',
      { commonSettings: { allowAdminInviteEmails: 'yes' } },
      /^commonSettings\.allowAdminInviteEmails: "yes" must be true or false/,
    ],
  ],
);

it('a managed template needs name and country', () => {
  expect(templateRules({}, true).map(({ property }) => property)).toEqual(['name', 'country']);
});

it('the catalogue ignores property names that every object has', () => {
  for (const name of ['constructor', '__proto__', 'toString', UNKNOWN, '']) {
    expect(dependenciesOf(name)).toEqual([]);
    expect(hasCalling(name)).toBe(false);
  }
});
