import { describe, expect, it } from 'vitest';
import { adminPackageDowngrade } from '../../../policy/policies/admin-package-downgrade';
import { customer, judged, UNKNOWN, user, violations } from './fakes';

const FULL = 'Full Administrator';
const ask = (props: Record<string, unknown>, configuration?: object) =>
  violations(adminPackageDowngrade(), [customer(), user(props)], configuration);

describe('admin-package-downgrade', () => {
  it("is mandatory, unless the pack's author sets another level", () => {
    expect(adminPackageDowngrade().enforcementLevel).toBe('mandatory');
    expect(adminPackageDowngrade({ enforcementLevel: 'advisory' }).enforcementLevel).toBe('advisory');
  });

  it("names the user, both packages, the lost capability and Cisco's source", async () => {
    const props = { package: 'webex_calling', previous: { package: 'webex_suite', roles: [FULL] } };
    expect(await ask(props)).toEqual([
      "alice: package can't be changed from webex_suite to webex_calling: alice@example.com is an administrator " +
        "(Full Administrator) and loses meetings. Webex doesn't support the downgrade of an administrator's package " +
        '(https://help.webex.com/ny0fr7x). Keep webex_suite',
    ]);
  });

  it('refuses what it cannot judge: a role that has no name', async () => {
    const unlisted = 'Y2lzY29zcGFyazovL3VzL1JPTEUvaWRfZnVsbF9hZG1pbg';
    const props = { package: 'webex_calling', previous: { package: 'webex_suite', roles: [unlisted] } };
    const [found, ...others] = await violations(adminPackageDowngrade(), [customer(), user(props)]);
    expect(found).toContain(`can't be determined for alice@example.com: GET /roles does not list the role ${unlisted}`);
    expect(others).toEqual([]);
  });

  it.each([
    ['role taken away', { package: 'webex_calling', roles: [], previous: { package: 'webex_suite', roles: [FULL] } }],
    ['role given', { package: 'webex_calling', roles: [FULL], previous: { package: 'webex_suite' } }],
    ['one role unknown', { package: 'webex_calling', roles: [UNKNOWN, FULL], previous: { package: 'webex_suite' } }],
    [
      'roles unknown, but one before',
      { package: 'webex_calling', roles: UNKNOWN, previous: { package: 'webex_suite', roles: [FULL] } },
    ],
    ['sideways', { package: 'webex_meetings', roles: [FULL], previous: { package: 'webex_calling', roles: [FULL] } }],
    [
      'another administrator',
      { package: 'webex_voice', roles: ['Support Administrator'], previous: { package: 'webex_suite' } },
    ],
    [
      'add-on dropped',
      {
        package: 'webex_suite',
        roles: [FULL],
        previous: { package: 'webex_suite', attendantConsole: true, roles: [FULL] },
      },
    ],
  ])('stops: %s', async (_, props) => {
    expect(await ask(props)).toHaveLength(1);
  });

  it.each([
    ['no change', { package: 'webex_suite', roles: [FULL] }],
    ['only a role changed', { package: 'webex_suite', roles: [FULL], previous: { package: 'webex_suite' } }],
    ['raised', { package: 'webex_suite', roles: [FULL], previous: { package: 'webex_calling', roles: [FULL] } }],
    [
      'no administrator',
      { package: 'webex_voice', roles: ['Compliance Officer'], previous: { package: 'webex_suite' } },
    ],
    [
      'add-on unknown',
      {
        package: 'webex_suite',
        roles: [FULL],
        attendantConsole: UNKNOWN,
        previous: { package: 'webex_suite', attendantConsole: true, roles: [] },
      },
    ],
    ['package unknown', { package: UNKNOWN, roles: [FULL] }],
  ])('lets pass: %s', async (_, props) => {
    expect(await ask(props)).toEqual([]);
  });

  it("finds the customer's first administrator, also while IDs are unknown", async () => {
    const props = { package: 'webex_calling', email: 'John.Anderson@acme.com', previous: { package: 'webex_suite' } };
    const [found, ...others] = await ask(props);
    expect(found).toContain('is the first administrator (primaryEmail) of customer "johns-pizza" and loses meetings');
    expect(others).toEqual([]);
  });

  it('ignores the first administrator of another customer', async () => {
    const john = user(
      { email: 'john.anderson@acme.com', package: 'webex_calling', previous: { package: 'webex_suite' } },
      'john',
      'other',
    );
    const program = [customer(), customer({ primaryEmail: 'alice@example.com' }, 'other'), john];
    expect(await violations(adminPackageDowngrade(), program)).toEqual([]);
  });

  it('forgets what an earlier run of the same process saw', async () => {
    const policy = adminPackageDowngrade();
    const john = { email: 'john.anderson@acme.com', package: 'webex_calling' };
    expect(
      await violations(policy, [customer(), user({ ...john, previous: { package: 'webex_suite' } })]),
    ).toHaveLength(1);
    expect(await violations(policy, [customer(), user(john)])).toEqual([]);
  });

  it('reports it once, before the write of the user if possible', async () => {
    const first = { package: 'webex_calling', email: 'john.anderson@acme.com', previous: { package: 'webex_suite' } };
    const other = { ...first, email: 'bob@example.com', previous: { package: 'webex_suite', roles: [FULL] } };
    const program = [customer(), user(first, 'john'), user(other, 'bob')];
    const preview = await judged(adminPackageDowngrade(), program);
    expect([preview.atResource, preview.atStack]).toEqual([
      [expect.stringMatching(/^bob/)],
      [expect.stringMatching(/^john/)],
    ]);
    const update = await judged(adminPackageDowngrade(), program, { during: 'update' });
    expect([update.atResource.length, update.atStack]).toEqual([2, []]);
  });

  it('holds for the addresses that are configured, in any spelling', async () => {
    const props = { package: 'webex_calling', email: 'ALICE@example.com', previous: { package: 'webex_suite' } };
    const [found] = await ask(props, { administratorEmails: ['alice@Example.com'] });
    expect(found).toContain('ALICE@example.com is an administrator (administratorEmails) and loses meetings');
    expect(await ask(props, { administratorEmails: ['bob@example.com'] })).toEqual([]);
  });

  it('stops it while the e-mail address is not known yet', async () => {
    const props = { email: UNKNOWN, package: 'webex_calling', previous: { package: 'webex_suite', roles: [FULL] } };
    expect(await ask(props)).toEqual([expect.stringContaining('a user whose e-mail address is not known yet is an')]);
  });

  it('advises that the new package is not known yet', async () => {
    const props = { package: UNKNOWN, previous: { package: 'webex_suite', roles: [FULL] } };
    const { advice } = await judged(adminPackageDowngrade(), [customer(), user(props)]);
    expect(advice).toEqual([expect.stringContaining("package can't be known during preview")]);
  });

  it('counts only the roles that are configured', async () => {
    const configuration = { administratorRoles: ['Compliance Officer'] };
    const before = { package: 'webex_suite' };
    expect(await ask({ package: 'webex_voice', roles: [FULL], previous: before }, configuration)).toEqual([]);
    expect(
      await ask({ package: 'webex_voice', roles: ['Compliance Officer'], previous: before }, configuration),
    ).toHaveLength(1);
  });
});
