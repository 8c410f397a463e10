import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../harness';
import { errorsByResource, expectRefused, program } from './support';

/** What is wrong, how the declaration is changed to that, and the expected message. */
const CASES: [what: string, spoiled: string, says: RegExp][] = [
  ['a missing state', 'address: { ...address, stateOrProvince: undefined }', /address\.stateOrProvince: is required/],
  [
    'a missing postal code',
    'address: { ...address, zipOrPostalCode: undefined }',
    /address\.zipOrPostalCode: is required/,
  ],
  [
    'phone numbers on an integrated PSTN connection that is known by its name',
    "calling: { pstn: { displayName: 'Cisco Calling Plans' }, phoneNumbers: ['+12145557861'] }",
    /calling\.phoneNumbers: phone numbers can't be managed on an integrated PSTN connection: .*Remove phoneNumbers/,
  ],
  [
    'a main number that is none of its numbers',
    "calling: { pstn: { displayName: 'Non-integrated CCP' }, phoneNumbers: ['+12145556985'], mainNumber: '+12145551321' }",
    /calling\.mainNumber: \+12145551321 is not one of phoneNumbers; add it there or choose another/,
  ],
  [
    'a number that is there twice',
    "calling: { phoneNumbers: ['+12145550012', '+12145550012'] }",
    /calling\.phoneNumbers\[1\]: \+12145550012 is listed twice/,
  ],
];

describe('a location is refused for', () => {
  let workspace: Workspace;
  let errors: Record<string, string[]>;
  const org = "const org = new CustomerOrg('johns-pizza', customer);\n";
  beforeAll(async () => {
    workspace = await createWorkspace({ program: program(org) });
    expect((await workspace.up()).ok().changes).toEqual({ created: 2 });
    const declared = CASES.map(
      ([, spoiled], number) =>
        `new Location('bad-${number}', { customerId: org.id, ...location, name: 'Bad ${number}', ${spoiled} });`,
    );
    errors = await errorsByResource(workspace, program(org + declared.join('\n')));
  }, 240_000);
  afterAll(() => workspace.close());

  const withLocation = (spoiled: string) =>
    program(`${org}new Location('denver', { customerId: org.id, ...location, ${spoiled} });`);

  it.each(CASES.map(([what, , says], number) => ({ what, says, number })))('$what', ({ says, number }) => {
    expect(errors[`bad-${number}`]).toEqual([expect.stringMatching(says)]);
  });

  it('nothing else', () => {
    expect(Object.keys(errors)).toHaveLength(CASES.length);
  });

  it('phone numbers on a connection that turns out to be integrated: the location is removed again', async () => {
    // Which connections are integrated, Webex says only once one is set: preview can't know.
    await expectRefused(workspace, {
      program: withLocation("calling: { pstn: { displayName: 'Integrated CCP' }, phoneNumbers: ['+12145557861'] }"),
      says: /calling\.phoneNumbers: phone numbers can't be managed on an integrated .* nothing is left behind/,
      atPreview: false,
      withoutWrites: false,
    });
  }, 240_000);

  it('a PSTN connection that it is not offered: the names that there are are listed', async () => {
    await expectRefused(workspace, {
      program: withLocation("calling: { pstn: { displayName: 'Bell' } }"),
      says: /calling\.pstn\.displayName: "Bell" is no PSTN connection of this location; it offers .*"Non-integrated CCP"/,
      atPreview: false,
      withoutWrites: false,
    });
  }, 240_000);
});
