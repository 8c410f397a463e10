import { afterAll, beforeAll, describe, it } from 'vitest';
import { createWorkspace, type Workspace } from '../harness';
import { expectRefused, program } from './support';

const SECONDS = 120;

/** What is wrong, how the declaration is changed to that, and the expected message. */
const CASES: [what: string, spoiled: string, says: RegExp][] = [
  [
    'an unknown package',
    "packages: ['webex_calling', 'webex_everything']",
    /packages\[1\]: "webex_everything" is not one of common_area_calling, webex_calling, /,
  ],
  [
    'a package with a missing dependency',
    "packages: ['webex_meetings', 'cisco_calling_plan'], headquarters: undefined",
    /packages\[1\]: cisco_calling_plan depends on one of common_area_calling, .*add one of them/,
  ],
  [
    'a country that is not ISO 3166-1 alpha-2',
    "address: { ...address, country: 'USA' }",
    /address\.country: "USA" must be an ISO 3166-1 alpha-2 country code/,
  ],
  [
    'a time zone that is not IANA',
    "headquarters: { ...headquarters, timeZone: 'Pacific Standard Time' }",
    /headquarters\.timeZone: "Pacific Standard Time" must be an IANA time zone \(America\/Los_Angeles\)/,
  ],
  [
    'an address line over 50 characters',
    "address: { ...address, addressLine1: '771 Alder Drive, Cisco Site 5, second floor, room 123' }",
    /address\.addressLine1: "771 Alder Drive, .*" must be at most 50 characters long, and has 53/,
  ],
  ['"%" in the name', 'name: "100% Pizza"', /name: "100% Pizza" must not contain "%"/],
  [
    'headquarters that are not marked as verified',
    'headquarters: { ...headquarters, supportedLocationVerified: false }',
    /headquarters\.supportedLocationVerified: must be true: .*Partner Hub.*Verify the country and address/,
  ],
  [
    'a calling package without headquarters',
    'headquarters: undefined',
    /headquarters: is required, because webex_calling brings Webex Calling/,
  ],
  [
    'a provisioning ID that nobody has',
    "provisioningId: 'no-such-template'",
    /provisioningId: .*precheck says: .*\(trackingId \S+\)/,
  ],
  [
    'a limit for a package that is not there',
    'packageLimits: { webex_suite: 5 }',
    /packageLimits\.webex_suite: is a limit for a package that the organization doesn't have; add webex_suite/,
  ],
  ['a missing name', 'name: undefined', /name: is required for a new organization \(or give orgId/],
  ['a mistyped property', "externalID: 'x'", /externalID: there is no such property; remove it or correct its name/],
];

const REFUSED_BY_POST = /POST \/wholesale\/customers: Webex answered 4\d\d: .*provisioningId.*\(trackingId \S+\)/;

describe('a customer organization is refused for', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await createWorkspace({ program: '' });
  });
  afterAll(() => workspace.close());

  it.each(CASES)(
    '%s',
    async (what, spoiled, says) => {
      // With --skip-preview nothing asks the precheck: there the answer is Webex's own, to the POST.
      const askedOnly = what === 'a provisioning ID that nobody has';
      await expectRefused(workspace, {
        program: program(`new CustomerOrg('johns-pizza', { ...customer, ${spoiled} });`),
        says: askedOnly ? new RegExp(`${says.source}|${REFUSED_BY_POST.source}`) : says,
        withoutWrites: !askedOnly,
      });
    },
    SECONDS * 1000,
  );
});
