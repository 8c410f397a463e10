import { changed, customer, type Spec, type UserSpec, user, withArgs } from './program';

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

/** The program before each change. */
export const base: Spec = {
  customers: [
    customer('pizza', { packages: everything, primaryEmail: 'owner@example.com' }),
    // Two packages that can't be compared: an administrator with either is at the level of the organization.
    customer('sideways', { packages: ['webex_calling', 'webex_meetings', 'webex_voice'] }),
  ],
  users: [
    user('admin', 'pizza', { roles: [FULL] }),
    user('console', 'pizza', { roles: [FULL], attendantConsole: true }),
    user('reader', 'pizza', { roles: ['Read-only Administrator'] }),
    user('owner', 'pizza'),
    user('plain', 'pizza'),
    // Webex has roles of these two that the program doesn't declare: see behindTheBack.
    user('promoted', 'pizza'),
    user('raised', 'pizza', { package: 'webex_calling' }),
    user('meeter', 'sideways', { package: 'webex_meetings', roles: [FULL], ...noCalling }),
  ],
};

/** Users that are administrators with this package, but not in the program. */
export const behindTheBack = [
  { email: 'promoted@example.com', package: 'webex_suite' },
  { email: 'raised@example.com', package: 'webex_suite' },
];

/** A change of the program that downgrades an administrator. */
export interface Downgrade {
  title: string;
  /** The program after the change. */
  spec: Spec;
  /** The resource in the error. */
  resource: string;
  /** The lost capability in the error. */
  loses: string;
  /** Arguments for pulumi. */
  flags?: string[];
}

function downgrade(
  title: string,
  of: string,
  change: (before: UserSpec) => UserSpec,
  loses = 'meetings',
  flags?: string[],
): Downgrade {
  const before = base.users.find(({ resource }) => resource === of);
  if (before === undefined) throw new Error(`no user ${of}`);
  const { resource } = change(before);
  return { title, spec: changed(base, of, change), resource, loses, ...(flags && { flags }) };
}

const args = (more: Record<string, unknown>) => (before: UserSpec) => withArgs(before, more);
const renamed = (before: UserSpec, more: Record<string, unknown> = lower, options?: UserSpec['options']): UserSpec => ({
  ...withArgs(before, more),
  resource: `${before.resource}-renamed`,
  ...(options && { options }),
});
const alias = (name: string) => ({ aliases: [{ name }] });
const urn = (name: string) => `urn:pulumi:test::acceptance::pulumi-nodejs:dynamic/webex-wholesale:User::${name}`;

/** The customer with a new resource name: its ID, and so the user's customerId, is unknown in preview. */
const renamedCustomer: Spec = {
  customers: base.customers.map((entry) => (entry.resource === 'sideways' ? { ...entry, resource: 'aside' } : entry)),
  users: base.users.map((entry) =>
    entry.resource === 'meeter'
      ? {
          ...withArgs(entry, { package: 'webex_voice', extension: '52001', allowReplacement: true }),
          customer: 'aside',
        }
      : entry,
  ),
};

/** Twenty-five downgrades of an administrator. */
export const downgrades: Downgrade[] = [
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
  downgrade('renamed with an alias', 'admin', (before) => renamed(before, lower, alias('admin'))),
  downgrade('renamed without an alias, role not declared', 'admin', (b) => renamed(b, { ...lower, roles: undefined })),
  downgrade('renamed with an alias, role taken away', 'admin', (b) =>
    renamed(b, { ...lower, roles: [] }, alias('admin')),
  ),
  downgrade('renamed, role given', 'plain', (before) => renamed(before, { ...lower, roles: [FULL] })),
  downgrade('moved into a component', 'admin', (before) => ({ ...withArgs(before, lower), component: 'staff' })),
  downgrade('another spelling of the address', 'admin', (b) => renamed(b, { ...lower, email: 'ADMIN@Example.com' })),
  downgrade('replaced by the command line', 'admin', args({ ...lower, allowReplacement: true }), 'meetings', [
    '--replace',
    urn('admin'),
  ]),
  downgrade(
    'replaced by an immutable input',
    'admin',
    args({ ...lower, email: 'Admin@example.com', allowReplacement: true }),
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
  { title: 'customer renamed', spec: renamedCustomer, resource: 'meeter', loses: 'messaging, meetings' },
];
