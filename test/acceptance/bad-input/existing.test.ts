import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../harness';
import { errorsByResource, expectRefused, program } from './support';

const SECONDS = 240;

describe('what exists already and differs is refused', () => {
  let theirs: Workspace;
  let workspace: Workspace;
  let customerId: string;
  beforeAll(async () => {
    // Another stack made a customer with a location and a user; this stack has no record of them.
    theirs = await createWorkspace({
      program: program(`
        const org = new CustomerOrg('johns-pizza', customer);
        new Location('denver', { customerId: org.id, ...location });
        new User('alice', { customerId: org.id, ...user });
        exports.customerId = org.id;`),
    });
    (await theirs.up()).ok();
    customerId = String((await theirs.outputs()).customerId);
    workspace = await createWorkspace({ program: '' });
    workspace.setEnv(theirs.simulator.environment);
    workspace.simulator = theirs.simulator;
  });
  afterAll(() => Promise.all([workspace.close(), theirs.close()]));

  it(
    'an externalId',
    async () => {
      await expectRefused(workspace, {
        program: program("new CustomerOrg('mine', { ...customer, address: { ...address, city: 'San Jose' } });"),
        says: /externalId: a customer with externalId "c1677a16-\S+" exists and differs from what is declared: address\.city is "Milpitas", declared is "San Jose"\. .*adopt: true/,
        withoutWrites: false,
      });
    },
    SECONDS * 1000,
  );

  it(
    'an e-mail address',
    async () => {
      await expectRefused(workspace, {
        program: program(`new User('mine', { customerId: '${customerId}', ...user, lastName: 'Andersen' });`),
        says: /email: a user alice\.anderson@acme\.com exists and differs from what is declared: lastName is "Anderson", declared is "Andersen"\. .*adopt: true/,
        withoutWrites: false,
      });
    },
    SECONDS * 1000,
  );

  it(
    'a name of a location, which Webex has no precheck for',
    async () => {
      await expectRefused(workspace, {
        program: program(
          `new Location('mine', { customerId: '${customerId}', ...location, timeZone: 'America/Chicago' });`,
        ),
        says: /name: a location "Denver" exists and differs from what is declared: timeZone is "America\/Denver", declared is "America\/Chicago"\. .*adopt: true/,
        withoutWrites: false,
      });
    },
    SECONDS * 1000,
  );
});

describe('two resources with one key are refused', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await createWorkspace({ program: program("new CustomerOrg('johns-pizza', customer);") });
    (await workspace.up()).ok();
  });
  afterAll(() => workspace.close());

  const CASES: [what: string, second: string, says: RegExp][] = [
    [
      'an externalId',
      "new CustomerOrg('second', { ...customer, name: 'Acme' }, { dependsOn: org })",
      /externalId: "c1677a16-\S+" is declared twice: resource "johns-pizza" has it too/,
    ],
    [
      'an e-mail address, in whatever letters',
      "new User('a', { ...at, ...user }); new User('b', { ...at, ...user, email: 'Alice.Anderson@acme.com', extension: '51302' })",
      /email: \S+ is declared twice: resource "[ab]" has it too/i,
    ],
    [
      'a phone number of two users',
      "for (const name of 'ab') new User(name, { ...atNew, ...user, email: name + '@acme.com', extension: undefined, phoneNumber: '+12145557861' })",
      /phoneNumber: \+12145557861 is declared twice: resource "[ab]" has it too/,
    ],
    [
      'a name of a location',
      "new Location('a', { ...at, ...location }); new Location('b', { ...at, ...location })",
      /name: "Denver" is declared twice for this customer: resource "[ab]" has it too/,
    ],
    [
      'a phone number of two locations',
      "for (const name of 'ab') new Location(name, { ...at, ...location, name, calling: { pstn: { displayName: 'Non-integrated CCP' }, phoneNumbers: ['+12145557861'] } })",
      /calling\.phoneNumbers\[0\]: \+12145557861 is declared twice: resource "[ab]" has it too/,
    ],
  ];
  it.each(CASES)(
    '%s',
    async (_what, second, says) => {
      await expectRefused(workspace, {
        program: program(`
          const org = new CustomerOrg('johns-pizza', customer);
          const at = { customerId: org.id };
          // The customer doesn't exist yet, so its users can't be prechecked.
          const atNew = { customerId: new CustomerOrg('acme', { ...customer, externalId: 'acme', name: 'Acme', primaryEmail: 'admin@example.com' }).id };
          ${second};`),
        says,
        // Without preview the first of the two may be on its way when the second is refused.
        atPreviewOnly: true,
      });
    },
    SECONDS * 1000,
  );
});

describe('a changed immutable input is refused', () => {
  let workspace: Workspace;
  const all = (changes: { template?: string; customer?: string; location?: string; user?: string }) =>
    program(`
      new OnboardingTemplate('template', { provisioningId, ${changes.template ?? ''} });
      const org = new CustomerOrg('johns-pizza', { ...customer, ${changes.customer ?? ''} });
      new Location('denver', { customerId: org.id, ...location, ${changes.location ?? ''} });
      new User('alice', { customerId: org.id, ...user, ${changes.user ?? ''} });`);
  beforeAll(async () => {
    workspace = await createWorkspace({ program: all({}) });
    expect((await workspace.up()).ok().changes).toEqual({ created: 5 });
  });
  afterAll(() => workspace.close());

  it('whatever else is changed in the same run', async () => {
    const changes = {
      customer: "name: \"John's Pizzas\", provisioningId: 'another'",
      location: "customerId: 'another'",
      user: "customerId: 'another'",
    };
    const errors = await errorsByResource(workspace, all(changes));
    expect(errors).toEqual({
      'johns-pizza': [
        expect.stringMatching(/provisioningId: can't be changed from "\S+" to "another"/),
        expect.stringMatching(
          /name: can't be changed from "John's Pizza" to "John's Pizzas": .*allowReplacement: true/,
        ),
      ],
      denver: [expect.stringMatching(/customerId: can't be changed from "\S+" to "another"/)],
      alice: [
        expect.stringMatching(
          /customerId: can't be changed from "\S+" to "another": .*Put the old value back, or set allowReplacement/,
        ),
      ],
    });
  }, 240_000);
});
