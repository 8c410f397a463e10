import { type CustomerSpec, changed, customer, type Spec, type UserSpec, user, withArgs } from './program';

const FULL = 'Full Administrator';
const [SUPPORT, DEVICE] = ['Support Administrator', 'User and Device Administrator'];
const everything = ['webex_suite', 'webex_calling', 'webex_meetings', 'webex_voice', 'attendant_console'];
const lower = { package: 'webex_calling' };
const alias = (name: string) => ({ aliases: [{ name }] });

/** The program before each change. */
export const base: Spec = {
  customers: [
    customer('pizza', { packages: everything, packageLimits: { webex_suite: 50, webex_voice: 10 } }),
    customer('other', { packages: everything }),
    // An organization with one package, the same as its administrator's.
    customer('small', { packages: ['webex_calling'] }),
  ],
  users: [
    user('admin', 'pizza', { roles: [FULL] }),
    user('two-roles', 'pizza', { roles: [SUPPORT, DEVICE] }),
    user('dismissed', 'pizza', { roles: [FULL] }),
    user('leaving', 'pizza', { roles: [FULL] }),
    user('moving', 'pizza'),
    user('replaced', 'pizza', { roles: [FULL] }),
    user('plain', 'pizza'),
    user('plain-console', 'pizza', { attendantConsole: true }),
    user('plain-low', 'pizza', lower),
    user('small-admin', 'small', { ...lower, roles: [FULL] }),
  ],
};

/** A step that makes some of the look-alikes from the program before it. */
interface Step {
  /** Each a change that only looks like a downgrade of an administrator. */
  changes: string[];
  make(before: Spec): Spec;
  flags?: string[];
}

const change = (resource: string, how: (before: UserSpec) => UserSpec | UserSpec[]) => (spec: Spec) =>
  changed(spec, resource, how);
const args = (resource: string, more: Record<string, unknown>) => change(resource, (b) => withArgs(b, more));
const customers =
  (how: (before: CustomerSpec) => CustomerSpec) =>
  (spec: Spec): Spec => ({
    ...spec,
    customers: spec.customers.map(how),
  });
const pizza = (more: Record<string, unknown>, options?: Record<string, unknown>) =>
  customers((c) => (c.resource === 'pizza' ? { ...c, args: { ...c.args, ...more }, ...(options && { options }) } : c));
const inTurn =
  (...all: ((spec: Spec) => Spec)[]) =>
  (spec: Spec): Spec =>
    all.reduce((before, make) => make(before), spec);

/** Twenty-five changes, several in each preview, of different resources. */
export const steps: Step[] = [
  {
    changes: [
      'packages of the customer reordered',
      'a limit raised',
      'the customer protected',
      "an administrator's names changed",
      'roles reordered',
      'role taken away, package kept',
      'the program forgets an administrator',
      'a plain user lowered',
      "a plain user's add-on dropped",
      'a plain user renamed without an alias',
    ],
    make: inTurn(
      pizza(
        { packages: [...everything].reverse(), packageLimits: { webex_suite: 60, webex_voice: 10 } },
        { protect: true },
      ),
      args('admin', { firstName: 'Alice' }),
      args('two-roles', { roles: [DEVICE, SUPPORT] }),
      args('dismissed', { roles: [] }),
      change('leaving', () => []),
      args('plain', lower),
      args('plain-console', { attendantConsole: undefined }),
      change('plain-low', (before) => ({ ...before, resource: 'plain-low-renamed' })),
    ),
  },
  {
    changes: [
      'an unused package taken from the customer',
      "an administrator's extension changed",
      'add-on given to an administrator',
      'one of two roles taken away',
      'an administrator renamed without an alias',
      'a plain user renamed without an alias and lowered',
      'a plain user changed aside',
      'role given and package raised',
      'a new plain user with a low package',
    ],
    make: inTurn(
      pizza({ packages: everything.filter((name) => name !== 'webex_voice'), packageLimits: { webex_suite: 50 } }),
      args('admin', { extension: '53001', attendantConsole: true }),
      args('two-roles', { roles: [SUPPORT] }),
      change('dismissed', (before) => ({ ...before, resource: 'dismissed-renamed' })),
      change('plain', (before) => ({ ...withArgs(before, { ...lower, adopt: true }), resource: 'plain-renamed' })),
      args('plain-console', { package: 'webex_meetings', extension: undefined, attendantConsole: undefined }),
      args('plain-low', { package: 'webex_suite', roles: [FULL] }),
      (spec) => ({ ...spec, users: [...spec.users, user('newcomer', 'pizza', lower)] }),
    ),
  },
  {
    changes: [
      'an administrator renamed with an alias',
      'the organization raised, and its administrator with it',
      'a user moved to another customer with a lower package',
      'a new customer with an administrator at its level',
      'an administrator replaced as before',
    ],
    make: inTurn(
      change('admin', (before) => ({ ...before, resource: 'admin-renamed', options: alias('admin') })),
      customers((c) =>
        c.resource === 'small' ? { ...c, args: { ...c.args, packages: ['webex_calling', 'webex_suite'] } } : c,
      ),
      args('small-admin', { package: 'webex_suite' }),
      change('moving', (b) => ({ ...withArgs(b, { ...lower, allowReplacement: true }), customer: 'other' })),
      (spec) => ({
        customers: [...spec.customers, customer('fresh')],
        users: [...spec.users, user('owner.fresh', 'fresh', { roles: [FULL] }), user('fresh-user', 'fresh', lower)],
      }),
      args('replaced', { allowReplacement: true }),
    ),
    flags: ['--replace', 'urn:pulumi:test::acceptance::pulumi-nodejs:dynamic/webex-wholesale:User::replaced'],
  },
];
