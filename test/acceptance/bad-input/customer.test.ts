import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../harness';
import { errorsByResource, expectRefused, program } from './support';

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
    'a limit for a package that is not there',
    'packageLimits: { webex_suite: 5 }',
    /packageLimits\.webex_suite: is a limit for a package that the organization doesn't have; add webex_suite/,
  ],
  ['a missing name', 'name: undefined', /name: is required for a new organization \(or give orgId/],
  ['a mistyped property', "externalID: 'x'", /externalID: there is no such property; remove it or correct its name/],
];

describe('a customer organization is refused for', () => {
  let workspace: Workspace;
  let errors: Record<string, string[]>;
  beforeAll(async () => {
    workspace = await createWorkspace({ program: '' });
    const declared = CASES.map(([, spoiled], number) => {
      const own = `externalId: 'bad-${number}', primaryEmail: 'owner@bad-${number}.example.com'`;
      return `new CustomerOrg('bad-${number}', { ...customer, ${own}, ${spoiled} });`;
    });
    errors = await errorsByResource(workspace, program(declared.join('\n')));
  }, 240_000);
  afterAll(() => workspace.close());

  it.each(CASES.map(([what, , says], number) => ({ what, says, number })))('$what', ({ says, number }) => {
    expect(errors[`bad-${number}`]).toEqual([expect.stringMatching(says)]);
  });

  it('nothing else', () => {
    expect(Object.keys(errors)).toHaveLength(CASES.length);
  });

  it('a provisioning ID that nobody has', async () => {
    const atPreview = /provisioningId: .*precheck says: .*\(trackingId \S+\)/;
    // With --skip-preview nothing asks the precheck: there the answer is Webex's own, to the POST.
    const refusedByPost = /POST \/wholesale\/customers: Webex answered 4\d\d: .*provisioningId.*\(trackingId \S+\)/;
    await expectRefused(workspace, {
      program: program("new CustomerOrg('johns-pizza', { ...customer, provisioningId: 'no-such-template' });"),
      says: new RegExp(`${atPreview.source}|${refusedByPost.source}`),
      withoutWrites: false,
    });
  }, 120_000);
});
