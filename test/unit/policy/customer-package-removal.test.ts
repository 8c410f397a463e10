import { describe, expect, it } from 'vitest';
import { customerPackageRemoval } from '../../../policy/policies/customer-package-removal';
import { customer, UNKNOWN, user, violations } from './fakes';

const before = { previous: { packages: ['webex_suite', 'webex_calling', 'attendant_console'] } };
const ask = (packages: unknown, ...users: ReturnType<typeof user>[]) =>
  violations(customerPackageRemoval(), [customer({ packages, ...before }), ...users]);

describe('customer-package-removal', () => {
  it('names the package and its users', async () => {
    expect(await ask(['webex_calling'], user({}), user({ package: 'webex_calling' }, 'bob'))).toEqual([
      'johns-pizza: webex_suite is taken from customer "johns-pizza", but 1 of its users has it: alice@example.com. Keep ' +
        'webex_suite in packages, or give them another package first',
    ]);
  });

  it('reports one violation for each package, for any number of users', async () => {
    const users = Array.from({ length: 100 }, (_, index) => user({}, `user${index}`));
    const [found, ...others] = await ask(['webex_calling'], ...users);
    expect(found).toContain('100 of its users have it: user0@example.com, user1@example.com');
    expect(found).toContain('user4@example.com and 95 more.');
    expect(others).toEqual([]);
  });

  it('counts the add-on', async () => {
    expect(await ask(['webex_suite'], user({ attendantConsole: true }))).toEqual([
      expect.stringContaining('attendant_console is taken from customer "johns-pizza"'),
    ]);
  });

  it('has another text if the organization never had the package', async () => {
    expect(await ask(['webex_suite'], user({ package: 'webex_voice' }))).toEqual([
      expect.stringContaining('webex_voice isn\'t a package of customer "johns-pizza"'),
    ]);
  });

  it.each([
    ['nobody has it', ['webex_suite'], user({})],
    ['packages reordered', ['attendant_console', 'webex_calling', 'webex_suite'], user({})],
    ['packages unknown', UNKNOWN, user({})],
    ["the user's package unknown", ['webex_calling'], user({ package: UNKNOWN })],
    ["another customer's user", ['webex_calling'], user({}, 'bob', 'other')],
  ])('lets pass: %s', async (_, packages, declared) => {
    expect(await ask(packages, declared)).toEqual([]);
  });
});
