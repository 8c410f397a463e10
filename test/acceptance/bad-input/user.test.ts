import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../harness';
import { errorsByResource, expectRefused, program } from './support';

/** What is wrong, how the declaration is changed to that, and the expected message. */
const CASES: [what: string, spoiled: string, says: RegExp][] = [
  [
    'two packages',
    "package: ['webex_calling', 'webex_meetings']",
    /package: takes exactly one package, as a text: a user has one package/,
  ],
  [
    'an unknown package',
    "package: 'webex_phone'",
    /package: "webex_phone" is not one of webex_calling, webex_meetings/,
  ],
  [
    'a calling package without extension and number',
    'extension: undefined',
    /extension: is required \(or phoneNumber\), because webex_calling brings Webex Calling/,
  ],
  [
    'a number that is not E.164',
    "phoneNumber: '(214) 555-7861'",
    /phoneNumber: "\(214\) 555-7861" must be an E\.164 phone number: .*\+12145557861/,
  ],
  [
    'an extension and a number with a package that has no calling',
    "package: 'webex_meetings', phoneNumber: '+12145557861'",
    /extension: can't be set \(nor phoneNumber\) with webex_meetings, which has no calling; remove them or choose/,
  ],
  [
    'a package that the customer does not have',
    "package: 'webex_suite'",
    /package: customer "johns-pizza" doesn't have the package webex_suite: its packages are webex_calling, webex_meetings/,
  ],
  [
    'an organization ID as customer ID',
    'customerId: org.orgId',
    /customerId: ".*" is the ID of an organization; use customer\.id/,
  ],
];

describe('a user is refused for', () => {
  let workspace: Workspace;
  let errors: Record<string, string[]>;
  const org = program("const org = new CustomerOrg('johns-pizza', customer);\n");
  beforeAll(async () => {
    workspace = await createWorkspace({ program: org });
    expect((await workspace.up()).ok().changes).toEqual({ created: 2 });
    const declared = CASES.map(([, spoiled], number) => {
      const own = `customerId: org.id, ...user, email: 'bad-${number}@acme.com', extension: '5130${number}'`;
      return `new User('bad-${number}', { ${own}, ${spoiled} });`;
    });
    errors = await errorsByResource(workspace, org + declared.join('\n'));
  }, 240_000);
  afterAll(() => workspace.close());

  it.each(CASES.map(([what, , says], number) => ({ what, says, number })))('$what', ({ says, number }) => {
    expect(errors[`bad-${number}`]).toEqual([expect.stringMatching(says)]);
  });

  it('nothing else', () => {
    expect(Object.keys(errors)).toHaveLength(CASES.length);
  });

  // Only Webex knows the roles.
  it('a misspelt role', async () => {
    await expectRefused(workspace, {
      program: `${org}new User('alice', { customerId: org.id, ...user, roles: ['Full Admin'] });`,
      says: /roles\[0\]: "Full Admin" is no role of Webex; it must be one of "Full Administrator"/,
    });
  }, 120_000);
});
