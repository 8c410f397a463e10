import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UNKNOWN } from '../../../../provider/lifecycle';
import { resources } from '../../../../provider/resources';
import { Run } from '../../../../provider/resources/run/run';
import { callingWith, customerInputs, locationInputs, NUMBERS, userInputs } from '../../reconciliation/support';

// A program with a customer that doesn't exist yet: no ID is known, only what refers to what.

beforeEach(() => void vi.spyOn(Run.prototype, 'webex', 'get').mockReturnValue({} as never));
afterEach(() => void vi.restoreAllMocks());

function program(dryRun = false) {
  const run = new Run();
  const warnings: string[] = [];
  run.configure(
    (key) => (key.endsWith(':precheck') ? 'off' : undefined),
    (text) => warnings.push(text),
  );
  const [customerOrg, location, user] = [resources.customerOrg(run), resources.location(run), resources.user(run)];
  const caller = (name: string, references: Record<string, string[]> = {}) => ({
    urn: `urn::${name}`,
    name,
    dryRun,
    secrets: [],
    references,
  });
  const of = (customer: string) => ({ customerId: [`urn::${customer}`] });
  return {
    warnings,
    customer: (name: string, changes: object = {}) =>
      customerOrg.check({ ...customerInputs(), ...changes }, undefined, caller(name)),
    location: (name: string, customer: string, changes: object = {}) =>
      location.check({ ...locationInputs(UNKNOWN), ...changes }, undefined, caller(name, of(customer))),
    /** @param at name of the location's resource; that of a customer means its headquarters */
    user: async (name: string, customer: string, changes: object = {}, at?: string) => {
      const references = { ...of(customer), ...(at !== undefined && { locationId: [`urn::${at}`] }) };
      const inputs = { ...userInputs(UNKNOWN, '101'), ...(at !== undefined && { locationId: UNKNOWN }), ...changes };
      const { failures } = await user.check(inputs, undefined, caller(name, references));
      return failures.map(({ property, reason }) => `${property}: ${reason}`);
    },
  };
}

describe('a new user of a new customer', () => {
  it('passes where the program has what it needs', async () => {
    const { customer, location, user } = program();
    await customer('johns-pizza');
    await location('denver', 'johns-pizza', { calling: callingWith([NUMBERS[0]]) });
    expect(await user('alice', 'johns-pizza')).toEqual([]);
    expect(await user('john', 'johns-pizza', { phoneNumber: NUMBERS[0] }, 'denver')).toEqual([]);
  });

  it("can't have a package, or an add-on, that the customer lacks", async () => {
    const { customer, user } = program();
    await customer('johns-pizza');
    expect(await user('alice', 'johns-pizza', { package: 'webex_suite' })).toEqual([
      expect.stringMatching(/^package: customer "johns-pizza" doesn't have the package webex_suite: its packages are /),
    ]);
    expect(await user('john', 'johns-pizza', { extension: '102', attendantConsole: true })).toEqual([
      expect.stringMatching(/^attendantConsole: .*doesn't have the package attendant_console/),
    ]);
  });

  it("can't be one more than the limit of the package", async () => {
    const { customer, user } = program();
    await customer('johns-pizza', { packageLimits: { webex_calling: 1 } });
    await customer('sierra', { packageLimits: { webex_calling: 1 } });
    expect(await user('alice', 'johns-pizza')).toEqual([]);
    expect(await user('other', 'sierra')).toEqual([]);
    expect(await user('mary', 'johns-pizza', { package: 'webex_meetings', extension: undefined })).toEqual([]);
    expect(await user('john', 'johns-pizza', { extension: '102' })).toEqual([
      'package: packageLimits.webex_calling is 1, but customer "johns-pizza" has 2 declared users with webex_calling. Raise the ' +
        'limit or declare fewer',
    ]);
  });

  it("can't have the extension of another user of the same location", async () => {
    const { customer, location, user } = program();
    await customer('johns-pizza');
    await customer('sierra');
    await location('denver', 'johns-pizza');
    expect(await user('alice', 'johns-pizza')).toEqual([]);
    expect(await user('elsewhere', 'johns-pizza', {}, 'denver')).toEqual([]);
    expect(await user('others', 'sierra')).toEqual([]);
    const taken = 'extension: "101" is already used by another user at this location: resource "alice" has it too';
    expect(await user('john', 'johns-pizza')).toEqual([taken]);
    // The headquarters, named by its ID.
    expect(await user('mary', 'johns-pizza', {}, 'johns-pizza')).toEqual([taken]);
  });

  it("can't have a number that its location lacks, nor be at the location of another customer", async () => {
    const { customer, location, user } = program();
    await customer('johns-pizza');
    await customer('sierra');
    await location('denver', 'johns-pizza', { calling: callingWith([NUMBERS[0]]) });
    await location('closed', 'johns-pizza', { calling: { enabled: false } });
    expect(await user('alice', 'johns-pizza', { phoneNumber: NUMBERS[1] }, 'denver')).toEqual([
      expect.stringMatching(
        /^phoneNumber: \+12145551321 is not one of the phoneNumbers of the user's location, location "d/,
      ),
    ]);
    expect(await user('john', 'sierra', { extension: '102' }, 'denver')).toEqual([
      'locationId: location "denver" belongs to another customer than the user',
    ]);
    expect(await user('mary', 'johns-pizza', {}, 'closed')).toEqual([
      expect.stringMatching(/^locationId: location "closed" has Webex Calling turned off/),
    ]);
  });

  it('that would stay in an organization that is deleted with its customer is warned of, once', async () => {
    const nothing = { list: async () => [] };
    vi.spyOn(Run.prototype, 'webex', 'get').mockReturnValue({ customers: nothing, subscribers: nothing } as never);
    const { customer, user, warnings } = program(true);
    await customer('johns-pizza', { removal: 'delete' });
    await customer('sierra', { removal: 'unlink' });
    await user('alice', 'johns-pizza', { removal: 'delete' });
    await user('mary', 'sierra');
    expect(warnings).toEqual([]);
    await user('john', 'johns-pizza', { extension: '102' });
    await user('andersen', 'johns-pizza', { extension: '103', removal: 'unlink' });
    expect(warnings).toEqual([
      expect.stringMatching(
        /^webex-wholesale: customer "johns-pizza": removal is "delete", but user "john" would only be unlinked/,
      ),
    ]);
  });

  it('passes where the program leaves open what it refers to', async () => {
    const { customer, user } = program();
    await customer('johns-pizza', { packages: UNKNOWN });
    expect(await user('alice', 'johns-pizza', { package: 'webex_suite' })).toEqual([]);
    expect(await user('john', 'not-declared', { package: 'webex_suite' })).toEqual([]);
  });
});

describe('all failures of a resource', () => {
  it('are reported together: from the schema, the rules and the program', async () => {
    const { customer, user } = program();
    await customer('johns-pizza');
    const wrong = {
      firstName: ' ',
      package: 'webex_suite',
      roles: ['Full Administrator', 'Full Administrator'],
      nick: 'A',
    };
    const failures = await user('alice', 'johns-pizza', wrong);
    expect(failures.map((text) => text.split(': ')[0])).toEqual(['firstName', 'nick', 'roles[1]', 'package']);
  });

  it('report a mistake once', async () => {
    const { customer, user } = program();
    await customer('johns-pizza');
    expect(await user('alice', 'johns-pizza', { extension: '1' })).toHaveLength(1);
    expect(await user('john', 'johns-pizza', { package: undefined })).toEqual(['package: is required']);
    const { failures } = await customer('other', { headquarters: undefined, address: { country: 'ZZ' } });
    expect(failures.map(({ property }) => property)).toEqual([
      'address.addressLine1',
      'address.city',
      'address.country',
      'headquarters',
    ]);
  });
});
