import { describe, expect, it } from 'vitest';
import { adminPackageLevel } from '../../../policy/policies/admin-package-level';
import { customer, judged, remediated, UNKNOWN, urnOf, user, violations } from './fakes';

const roles = ['Full Administrator'];
const ask = (packages: unknown, props: Record<string, unknown>) =>
  violations(adminPackageLevel(), [customer({ packages }), user({ roles, ...props })]);

describe('admin-package-level', () => {
  it('names the additional capabilities of the organization', async () => {
    expect(await ask(['webex_suite', 'webex_calling'], { package: 'webex_calling' })).toEqual([
      'alice: package webex_calling is below the level of the organization: alice@example.com is an administrator ' +
        '(Full Administrator), and customer "johns-pizza" has webex_suite (adds meetings). Set package to webex_suite',
    ]);
  });

  it.each([
    ['at the level', ['webex_suite', 'webex_calling'], { package: 'webex_suite' }],
    ['one of two that cannot be compared', ['webex_calling', 'webex_meetings'], { package: 'webex_meetings' }],
    ['the only package', ['webex_voice', 'attendant_console'], { package: 'webex_voice' }],
    ['above the level', ['webex_calling'], { package: 'webex_suite' }],
    ['no administrator', ['webex_suite'], { package: 'webex_calling', roles: ['Compliance Officer'] }],
    ['packages unknown', UNKNOWN, { package: 'webex_calling' }],
    ['package unknown', ['webex_suite'], { package: UNKNOWN }],
    ['roles unknown', ['webex_suite'], { package: 'webex_calling', roles: UNKNOWN }],
    ['e-mail unknown', ['webex_suite'], { package: 'webex_calling', roles: [], email: UNKNOWN }],
  ])('lets pass: %s', async (_, packages, props) => {
    expect(await ask(packages, props)).toEqual([]);
  });

  it('names both packages where two are higher', async () => {
    const [found] = await ask(['webex_suite', 'cx_essentials', 'webex_voice'], { package: 'webex_voice' });
    expect(found).toMatch(/Set package to webex_suite or cx_essentials$/);
  });

  it('names none that would take something away, where there is another', async () => {
    const [found] = await ask(['webex_calling', 'webex_meetings'], { package: 'webex_voice' });
    expect(found).toMatch(/Set package to webex_calling$/);
  });

  it('compares each administrator with the own organization', async () => {
    const program = [
      customer({ packages: ['webex_calling'] }),
      customer({ packages: ['webex_suite'] }, 'other'),
      user({ roles, package: 'webex_calling' }, 'alice'),
      user({ roles, package: 'webex_calling' }, 'bob', 'other'),
    ];
    expect(await violations(adminPackageLevel(), program)).toEqual([expect.stringMatching(/^bob: /)]);
  });

  it('compares each with its own before the write, where the provider says which one that is', async () => {
    const program = [
      customer({ packages: ['webex_calling'] }),
      customer({ packages: ['webex_suite'] }, 'other'),
      user({ roles, package: 'webex_calling', __customer: urnOf(customer()) }, 'alice'),
      user({ roles, package: 'webex_calling', __customer: urnOf(customer({}, 'other')) }, 'bob', 'other'),
    ];
    const { atResource } = await judged(adminPackageLevel(), program, { during: 'update' });
    expect(atResource).toEqual([expect.stringMatching(/^bob: .*below the level/)]);
  });

  it('links a user with a plain text as customerId to the customer of others with the same text', async () => {
    const linked = user({ customerId: 'Y2lz' }, 'alice');
    const { customer: _, ...literal } = user({ customerId: 'Y2lz', roles, package: 'webex_calling' }, 'bob');
    const { customer: __, ...foreign } = user({ customerId: 'Zm9v', roles, package: 'webex_calling' }, 'carol');
    expect(await violations(adminPackageLevel(), [customer(), linked, literal, foreign])).toEqual([
      expect.stringMatching(/^bob: /),
    ]);
  });

  it("holds for the customer's first administrator without a declared role", async () => {
    const [found] = await ask(['webex_suite'], {
      package: 'webex_calling',
      roles: undefined,
      email: 'john.anderson@acme.com',
    });
    expect(found).toContain('is the first administrator (primaryEmail)');
  });

  it('holds for the addresses that are configured, in any spelling', async () => {
    const program = [customer(), user({ package: 'webex_calling', email: 'Alice@Example.com' })];
    const configuration = { administratorEmails: ['alice@example.com'] };
    expect(await violations(adminPackageLevel(), program)).toEqual([]);
    expect(await violations(adminPackageLevel(), program, configuration)).toEqual([
      expect.stringContaining(
        'Alice@Example.com is an administrator (administratorEmails), and customer "johns-pizza"',
      ),
    ]);
  });

  describe('in an update, before the write', () => {
    const update = (...program: Parameters<typeof judged>[1]) =>
      judged(adminPackageLevel(), program, { during: 'update' });
    const low = { package: 'webex_calling' };

    it.each([
      ['a role', { roles }],
      ['the first administrator', { email: 'John.Anderson@ACME.com' }],
    ])('stops: %s', async (_, props) => {
      const { atResource, atStack } = await update(customer(), user({ ...low, ...props }));
      expect(atResource).toEqual([expect.stringContaining('is below the level of the organization')]);
      // What is said is said once.
      expect(atStack).toEqual([]);
    });

    it('stops where the user is below the level of each customer that may be its own', async () => {
      const both = [customer(), customer({ packages: ['cx_essentials'] }, 'other')];
      const [found] = (await update(...both, user({ roles, package: 'webex_voice' }))).atResource;
      expect(found).toContain('customer "johns-pizza" or "other" has webex_suite');
    });

    it('knows the customer by its first administrator, or as the parent, and judges by that one', async () => {
      const both = [customer({ packages: ['webex_calling'] }), customer({ primaryEmail: 'a@example.com' }, 'other')];
      expect((await update(...both, user({ ...low, email: 'a@example.com' }, 'a', 'other'))).atResource).toHaveLength(
        1,
      );
      expect((await update(...both, user({ ...low, email: 'john.anderson@acme.com' }))).atResource).toEqual([]);
      const parent = 'urn:pulumi:test::acceptance::pulumi-nodejs:dynamic/webex-wholesale:CustomerOrg::other';
      expect((await update(...both, { ...user({ ...low, roles }), parent })).atResource).toHaveLength(1);
    });

    it('leaves it to the end of the run where customers differ, and the user may be of either', async () => {
      const both = [customer({ packages: ['webex_calling'] }), customer({}, 'other')];
      for (const customers of [both, [...both].reverse()]) {
        const { atResource, atStack } = await update(...customers, user({ ...low, roles }, 'a', 'other'));
        expect([atResource, atStack]).toEqual([[], [expect.stringContaining('customer "other"')]]);
      }
    });
  });

  describe('what is not known yet, as an advice', () => {
    const preview = async (packages: unknown, props: Record<string, unknown>) =>
      (await judged(adminPackageLevel(), [customer({ packages }), user(props)])).advice;

    it.each([
      ['the package of an administrator', ['webex_suite'], { roles, package: UNKNOWN }, 'package'],
      [
        'the package of the first one',
        ['webex_suite'],
        { email: 'john.anderson@acme.com', package: UNKNOWN },
        'package',
      ],
      ['roles of a user below the level', ['webex_suite'], { package: 'webex_calling', roles: UNKNOWN }, 'roles'],
      ['one of the roles', ['webex_suite'], { package: 'webex_calling', roles: ['Compliance Officer', UNKNOWN] }, ''],
      [
        'e-mail address of a user below the level',
        ['webex_suite'],
        { package: 'webex_calling', email: UNKNOWN },
        'email',
      ],
      ['package and roles', ['webex_suite'], { package: UNKNOWN, roles: UNKNOWN }, 'package'],
      ['the packages of an administrator at a new customer', UNKNOWN, { package: 'webex_calling', roles }, 'packages'],
    ])('says so: %s', async (_, packages, props, what) => {
      expect(await preview(packages, props)).toEqual([
        expect.stringMatching(`${what}.* can't be known during preview`),
      ]);
    });

    it.each([
      ['package of a user who is none', ['webex_suite'], { package: UNKNOWN, roles: ['Compliance Officer'] }],
      ['roles of a user at the level', ['webex_suite'], { package: 'webex_suite', roles: UNKNOWN }],
      ['e-mail address of a user at the level', ['webex_suite'], { package: 'webex_suite', email: UNKNOWN }],
      ['packages of the customer of a user who is none', UNKNOWN, { package: 'webex_calling' }],
      ['extension', ['webex_suite'], { roles, package: 'webex_suite', extension: UNKNOWN }],
    ])('says nothing where it makes no difference: %s', async (_, packages, props) => {
      expect(await preview(packages, props)).toEqual([]);
    });
  });

  describe('remediation', () => {
    it('raises the package, and leaves everything else as it is', async () => {
      const [, raised] = await remediated(adminPackageLevel(), [customer(), user({ roles, package: 'webex_calling' })]);
      expect(raised).toMatchObject({ package: 'webex_suite', email: 'alice@example.com', roles });
    });

    it.each([
      ['at the level already', customer(), { roles }],
      ['no administrator', customer(), { package: 'webex_calling' }],
      [
        'two packages to choose from',
        customer({ packages: ['webex_suite', 'cx_essentials'] }),
        { roles, package: 'webex_voice' },
      ],
      ['something would be lost', customer({ packages: ['webex_meetings'] }), { roles, package: 'webex_voice' }],
    ])('does nothing: %s', async (_, organization, props) => {
      expect(await remediated(adminPackageLevel(), [organization, user(props)])).toEqual([undefined, undefined]);
    });

    it("does nothing if the user's customer is uncertain", async () => {
      const program = [customer(), customer({}, 'other'), user({ roles, package: 'webex_calling' })];
      expect((await remediated(adminPackageLevel(), program))[2]).toBeUndefined();
      const parent = 'urn:pulumi:test::acceptance::pulumi-nodejs:dynamic/webex-wholesale:CustomerOrg::other';
      const child = { ...user({ roles, package: 'webex_calling' }), parent };
      expect((await remediated(adminPackageLevel(), [customer(), customer({}, 'other'), child]))[2]).toMatchObject({
        package: 'webex_suite',
      });
    });
  });
});
