import { describe, expect, it } from 'vitest';
import { packageLimits } from '../../../policy/policies/package-limits';
import { customer, UNKNOWN, user, violations } from './fakes';

const ask = (limits: unknown, ...users: ReturnType<typeof user>[]) =>
  violations(packageLimits(), [customer({ packageLimits: limits }), ...users]);
const two = [user({}, 'alice'), user({}, 'bob')];

describe('package-limits', () => {
  it('names the limit and the number of declared users', async () => {
    expect(await ask({ webex_suite: 1, webex_calling: 0 }, ...two)).toEqual([
      'johns-pizza: packageLimits.webex_suite is 1, but customer "johns-pizza" has 2 declared users with webex_suite. Raise ' +
        'the limit or declare fewer',
    ]);
  });

  it('counts the add-on', async () => {
    expect(await ask({ attendant_console: 0 }, user({ attendantConsole: true }))).toEqual([
      expect.stringContaining('packageLimits.attendant_console is 0'),
    ]);
  });

  it.each([
    ['no limits', undefined],
    ['within the limit', { webex_suite: 2 }],
    ['limits unknown', UNKNOWN],
    ['limit unknown', { webex_suite: UNKNOWN }],
    ['the limit of another package', { webex_calling: 0 }],
  ])('lets pass: %s', async (_, limits) => {
    expect(await ask(limits, ...two)).toEqual([]);
  });

  it("doesn't count another customer's users, nor a package that isn't known", async () => {
    const users = [user({}), user({}, 'bob', 'other'), user({ package: UNKNOWN }, 'carol')];
    expect(await ask({ webex_suite: 1 }, ...users)).toEqual([]);
  });
});
