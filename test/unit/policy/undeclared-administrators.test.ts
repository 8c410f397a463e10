import { describe, expect, it } from 'vitest';
import { undeclaredAdministrators } from '../../../policy/policies/undeclared-administrators';
import { customer, UNKNOWN, user, violations } from './fakes';

const before = { previous: { packages: ['webex_suite', 'webex_calling', 'webex_voice'] } };
const ask = (props: Record<string, unknown>, ...users: ReturnType<typeof user>[]) =>
  violations(undeclaredAdministrators(), [customer({ ...before, ...props }), ...users]);

describe('undeclared-administrators', () => {
  it('names the customer that can not be judged', async () => {
    expect(await ask({ packages: ['webex_calling', 'webex_voice'] }, user({}))).toEqual([
      'johns-pizza: webex_suite is taken from customer "johns-pizza", whose first administrator john.anderson@acme.com ' +
        "isn't declared: whether administrators lose it can't be determined here. Declare them, or look in Control Hub before " +
        'you apply this',
    ]);
  });

  it.each([
    ['a package below the level is taken', { packages: ['webex_suite', 'webex_calling'] }],
    ['nothing is taken', { packages: ['webex_voice', 'webex_calling', 'webex_suite'] }],
    ['the packages are not known yet', { packages: UNKNOWN }],
    ['nothing is known of before', { packages: ['webex_calling'], previous: undefined }],
  ])('says nothing where %s', async (_, props) => {
    expect(await ask(props)).toEqual([]);
  });

  it('names an administrator whose customer is not declared', async () => {
    const others = ['Full Administrator', 'Compliance Officer'].map((role, number) =>
      user({ customerId: 'Zm9v', roles: [role] }, `user${number}`, 'nobody'),
    );
    expect(await ask({}, ...others)).toEqual([
      "user0: user0@example.com becomes an administrator (Full Administrator) of a customer that this program doesn't declare: " +
        "whether its package is at the level of the organization can't be determined here. Compare it in Control Hub",
    ]);
  });

  it('leaves a declared first administrator to the other policies, in any spelling', async () => {
    const john = user({ email: 'John.Anderson@ACME.com' });
    expect(await ask({ packages: ['webex_calling'] }, john)).toEqual([]);
  });
});
