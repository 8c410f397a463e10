import { customer, type Spec, type UserSpec, user, withArgs } from './program';

const FULL = 'Full Administrator';
const everything = [
  'webex_suite',
  'webex_calling',
  'webex_meetings',
  'webex_voice',
  'webex_calling_standard',
  'cx_essentials',
  'attendant_console',
];
const noCalling = { extension: undefined };
const lower = { package: 'webex_calling' };

/** Users that are administrators with this package, but not in the program: see {@link behindTheBack}. */
const higher: Record<string, string> = { promoted: 'webex_suite', raised: 'webex_suite' };

/** Users of the program before the change. */
const models: Record<string, (resource: string) => UserSpec> = {
  admin: (resource) => user(resource, 'pizza', { roles: [FULL] }),
  console: (resource) => user(resource, 'pizza', { roles: [FULL], attendantConsole: true }),
  reader: (resource) => user(resource, 'pizza', { roles: ['Read-only Administrator'] }),
  owner: (resource) => user(resource, 'pizza'),
  plain: (resource) => user(resource, 'pizza'),
  promoted: (resource) => user(resource, 'pizza'),
  raised: (resource) => user(resource, 'pizza', { package: 'webex_calling' }),
  meeter: (resource) => user(resource, 'sideways', { package: 'webex_meetings', roles: [FULL], ...noCalling }),
  other: (resource) => user(resource, 'other', { package: 'webex_meetings', roles: [FULL], ...noCalling }),
};

/** A change of a user that downgrades an administrator. */
export interface Downgrade {
  title: string;
  before: UserSpec;
  after: UserSpec;
  /** The lost capability in the error. */
  loses: string;
}

const made: Record<string, number> = {};

/** Each one has a user of its own, so that all are in one program: `admin`, `admin-2` and so on. */
function downgrade(title: string, of: string, change: (before: UserSpec) => UserSpec, loses = 'meetings'): Downgrade {
  const number = (made[of] ?? 0) + 1;
  made[of] = number;
  const before = models[of]?.(number === 1 ? of : `${of}-${number}`);
  if (before === undefined) throw new Error(`no user ${of}`);
  return { title, before, after: change(before), loses };
}

const args = (more: Record<string, unknown>) => (before: UserSpec) => withArgs(before, more);
const renamed = (before: UserSpec, more: Record<string, unknown> = lower, options?: UserSpec['options']): UserSpec => ({
  ...withArgs(before, more),
  resource: `${before.resource}-renamed`,
  ...(options && { options }),
});
const alias = ({ resource }: UserSpec) => ({ aliases: [{ name: resource }] });

const REPLACED = downgrade('replaced by the command line', 'admin', args({ ...lower, allowReplacement: true }));

/** Twenty-five downgrades of an administrator. */
export const downgrades: Downgrade[] = [
  REPLACED,
  downgrade('a lower package', 'admin', args(lower)),
  downgrade(
    'a package aside',
    'admin',
    args({ package: 'webex_meetings', ...noCalling }),
    'calling, calling features, voicemail',
  ),
  downgrade(
    'a much lower package',
    'admin',
    args({ package: 'webex_voice' }),
    'calling features, voicemail, messaging, meetings',
  ),
  downgrade('a package with other extras', 'admin', args({ package: 'cx_essentials' })),
  downgrade('a package aside where no higher one exists', 'meeter', args({ ...lower, extension: '52000' })),
  downgrade('role taken away', 'admin', args({ ...lower, roles: [] })),
  downgrade('role no longer declared', 'admin', args({ ...lower, roles: undefined })),
  downgrade('role exchanged', 'admin', args({ ...lower, roles: ['Support Administrator'] })),
  downgrade('role given', 'plain', args({ ...lower, roles: [FULL] })),
  downgrade('a lesser administrator', 'reader', args(lower)),
  downgrade('renamed without an alias', 'admin', (before) => renamed(before)),
  downgrade('renamed with an alias', 'admin', (before) => renamed(before, lower, alias(before))),
  downgrade('renamed without an alias, role not declared', 'admin', (b) => renamed(b, { ...lower, roles: undefined })),
  downgrade('renamed with an alias, role taken away', 'admin', (b) => renamed(b, { ...lower, roles: [] }, alias(b))),
  downgrade('renamed, role given', 'plain', (before) => renamed(before, { ...lower, roles: [FULL] })),
  downgrade('moved into a component', 'admin', (before) => ({ ...withArgs(before, lower), component: 'staff' })),
  downgrade('another spelling of the address', 'admin', (b) =>
    renamed(b, { ...lower, email: `${b.resource.toUpperCase()}@Example.com` }),
  ),
  downgrade('replaced by an immutable input', 'admin', (before) =>
    withArgs(before, {
      ...lower,
      email: `${before.resource.replace('admin', 'Admin')}@example.com`,
      allowReplacement: true,
    }),
  ),
  downgrade('add-on dropped', 'console', args({ attendantConsole: undefined }), 'attendant console'),
  downgrade(
    'add-on dropped, role taken away, renamed',
    'console',
    (b) => renamed(b, { attendantConsole: false, roles: [] }),
    'attendant console',
  ),
  downgrade('the first administrator, without a declared role', 'owner', args(lower)),
  downgrade('role known to Webex only', 'promoted', args(lower)),
  downgrade(
    'role and package known to Webex only',
    'raised',
    args({ package: 'webex_calling_standard' }),
    'calling features, meetings',
  ),
  // With a new resource name of the customer, its ID, and so the user's customerId, is unknown in preview.
  downgrade(
    'customer renamed',
    'other',
    (before) => ({
      ...withArgs(before, { package: 'webex_voice', extension: '52001', allowReplacement: true }),
      customer: 'renamed',
    }),
    'messaging, meetings',
  ),
];

/** Two packages that can't be compared: an administrator with either is at the level of the organization. */
const incomparable = ['webex_calling', 'webex_meetings', 'webex_voice'];

/** The program before the changes. */
export const base: Spec = {
  customers: [
    customer('pizza', { packages: everything, primaryEmail: 'owner@example.com' }),
    customer('sideways', { packages: incomparable }),
    customer('other', { packages: incomparable }),
  ],
  users: downgrades.map(({ before }) => before),
};

/** The program with these downgrades. */
export function lowered(...all: Downgrade[]): Spec {
  const after = new Map(all.map((each) => [each.before, each.after]));
  const isRenamed = all.some((each) => each.after.customer === 'renamed');
  return {
    customers: base.customers.map((each) =>
      isRenamed && each.resource === 'other' ? { ...each, resource: 'renamed' } : each,
    ),
    users: base.users.map((each) => after.get(each) ?? each),
  };
}

/** Arguments for pulumi, of one of the downgrades. */
export const flags = [
  '--replace',
  `urn:pulumi:test::acceptance::pulumi-nodejs:dynamic/webex-wholesale:User::${REPLACED.before.resource}`,
];

/** Packages that users have in Webex, where they are administrators, which the program doesn't know. */
export const behindTheBack = Object.entries(higher).map(([name, package_]) => ({
  email: `${name}@example.com`,
  package: package_,
}));
