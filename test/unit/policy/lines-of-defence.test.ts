import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { adminPackageDowngrade } from '../../../policy/policies/admin-package-downgrade';
import { adminPackageLevel } from '../../../policy/policies/admin-package-level';
import { undeclaredAdministrators } from '../../../policy/policies/undeclared-administrators';
import { root } from '../../../tools/setup/paths.mjs';
import {
  backend,
  callerOf,
  customerInputs,
  type Handlers,
  type Made,
  newProcess,
  userInputs,
} from '../reconciliation/support';
import { customer as declaredCustomer, user as declaredUser, judged, UNKNOWN, urnOf } from './fakes';

// How each line of defence judges a change of an administrator's package: the check of the real provider against a
// simulator, then the policy pack with the checked inputs, then the write, whatever the first two decided. The results
// are the table of docs/policy.md.

const FULL = 'Full Administrator';
const PACKAGES = ['webex_suite', 'webex_calling', 'webex_meetings'] as const;

type Inputs = Omit<ReturnType<typeof userInputs>, 'package'> & { package: string; roles?: string[] };
type Customer = ReturnType<typeof customerInputs> & { packages: readonly string[] };

/** A customer with a user in Webex, as the run before left them. */
interface World {
  customerId: string;
  customer: Customer;
  /** Inputs and record of the run before. */
  before: Inputs;
  made: Made<'user'>;
}

/** What the program declares now. */
interface Change {
  user: Inputs;
  /** Inputs that the run before recorded; without it the resource is new. */
  olds?: Inputs | undefined;
  /** The record of the resource, for an update. */
  made?: Made<'user'>;
  customer?: Customer;
}

interface Case {
  title: string;
  /** Changed inputs of the run before; the others are webex_suite and Full Administrator. */
  before?: Partial<Inputs>;
  /** Changes Webex. @returns what the program declares now */
  change(world: World): Promise<Change> | Change;
  configuration?: object;
  /** Falsifies answers of Webex after the change of the program. */
  falsify?(client: Handlers['run']['webex']): void;
}

const { api } = backend();
const low = { package: 'webex_calling' };
const updated = (world: World, more: Partial<Inputs>): Change => ({
  user: { ...world.before, ...more },
  olds: world.before,
  made: world.made,
});

async function giveRole({ made }: World, more: object = {}): Promise<void> {
  const { items } = (await api('GET', '/roles')) as { items: { id: string; name: string }[] };
  const url = `/people/${made.state.personId}?callingData=true`;
  const { emails, displayName, firstName, lastName, extension, locationId } = await api('GET', url);
  const roles = items.filter(({ name }) => name === FULL).map(({ id }) => id);
  await api('PUT', url, { emails, displayName, firstName, lastName, extension, locationId, roles, ...more });
}

const cases: Case[] = [
  { title: 'a lower package', change: (world) => updated(world, low) },
  { title: '... and the role taken away', change: (world) => updated(world, { ...low, roles: [] }) },
  { title: '... under a new resource name', change: ({ before }) => ({ user: { ...before, ...low } }) },
  {
    title: '... of a person who got the role in Control Hub',
    before: { roles: [] },
    change: async (world) => {
      await giveRole(world);
      return updated(world, low);
    },
  },
  {
    title: '... of a person who got the role and another e-mail address in Control Hub',
    before: { roles: [] },
    change: async (world) => {
      await giveRole(world, { emails: [`changed.${world.before.email}`] });
      return updated(world, low);
    },
  },
  {
    title: '... of the first administrator (`primaryEmail`), without a role in the program',
    before: { email: 'PRIMARY', roles: [] },
    change: (world) => updated(world, low),
  },
  {
    title: '... of an administrator by configuration (`administratorEmails`)',
    before: { roles: [] },
    change: (world) => updated(world, low),
    configuration: { administratorEmails: ['ADMIN'] },
  },
  {
    title: '... of a person who has a role that `GET /roles` does not list',
    change: ({ before, made }) => ({
      user: { ...before, ...low, roles: [] },
      olds: { ...before, roles: [] },
      made: { ...made, state: { ...made.state, roles: [] } },
    }),
    falsify: ({ roles }) => void vi.spyOn(roles, 'list').mockResolvedValue([]),
  },
  {
    title: 'a raise that a failed run wrote, taken back in the program',
    before: { ...low },
    change: async (world) => {
      await api('PUT', `/wholesale/subscribers/${world.made.id}`, { packages: ['webex_suite'] });
      const made = { ...world.made, state: { ...world.made.state, package: 'webex_suite' as const } };
      return { user: world.before, olds: world.before, made };
    },
  },
  {
    title: 'removed in one run, declared lower in the next',
    change: async ({ before, made }) => {
      await (await newProcess()).user.delete(made.id, made.state);
      return { user: { ...before, ...low } };
    },
  },
  {
    title: 'licensed in Control Hub and no user yet, declared lower',
    change: async (world) => {
      const { before, made } = world;
      const { licenses } = await api('GET', `/people/${made.state.personId}?callingData=true`);
      await (await newProcess()).user.delete(made.id, made.state);
      await giveRole(world, { licenses, extension: before.extension });
      return { user: { ...before, ...low } };
    },
  },
  {
    title: 'a new administrator below the level of the organization',
    change: ({ before }) => ({ user: { ...before, ...low, email: `new.${before.email}`, extension: '59999' } }),
  },
  { title: 'a package that preview does not know yet', change: (world) => updated(world, { package: UNKNOWN }) },
  {
    title: 'the package taken from the customer, its first administrator not declared',
    before: { email: 'PRIMARY', roles: [] },
    change: (world) => ({
      user: { ...world.before, ...low, email: 'somebody.else@example.com', extension: '59998' },
      customer: { ...world.customer, packages: ['webex_calling', 'webex_meetings'] },
    }),
  },
];

async function worldOf({ before }: Case): Promise<World> {
  const { customerOrg, user } = await newProcess();
  const customer = { ...customerInputs(), packages: PACKAGES } as unknown as Customer;
  const { id: customerId } = await customerOrg.create(customer as never);
  const inputs: Inputs = { ...userInputs(customerId, '51200'), package: 'webex_suite', roles: [FULL], ...before };
  if (inputs.email === 'PRIMARY') inputs.email = customer.primaryEmail;
  return { customerId, customer, before: inputs, made: await user.create(inputs as never) };
}

/** The judgement of each line of defence, in the words of the table. */
async function lines(entry: Case): Promise<string[]> {
  const world = await worldOf(entry);
  const change = await entry.change(world);
  const { customerId, customer } = world;
  const { made } = change;
  const recorded = made ? [{ urn: 'admin', id: made.id, state: { ...made.state }, isKept: false }] : [];
  const { user, customerOrg, warnings, run } = await newProcess({}, recorded);
  entry.falsify?.(run.webex);
  const references = { customerId: [urnOf({ kind: 'CustomerOrg', name: 'johns-pizza' })] };
  const checked = await user.check(change.user as never, change.olds as never, callerOf('admin', { references }));
  const about = change.customer
    ? await customerOrg.check(change.customer as never, customer as never, callerOf('c'))
    : { inputs: customer };
  const address = change.user.email;
  const configuration = JSON.parse(JSON.stringify(entry.configuration ?? {}).replace('ADMIN', address));
  const programWith = (inputs: object) => [
    declaredCustomer(about.inputs as never, 'johns-pizza'),
    // At this one, the lower package is the level.
    declaredCustomer({ primaryEmail: 'small@example.com', packages: ['webex_calling'] }, 'small'),
    declaredUser({ ...inputs, customerId: UNKNOWN }, 'admin'),
  ];
  const program = programWith(checked.inputs);
  const { previous: _, ...declaredOnly } = checked.inputs as { previous?: object };
  const pack = async (during: 'preview' | 'update', judgedProgram = program) => {
    const policies = [adminPackageDowngrade(), adminPackageLevel()];
    const found = await Promise.all(policies.map((policy) => judged(policy, judgedProgram, { configuration, during })));
    const advised = await judged(undeclaredAdministrators(), judgedProgram, { during });
    const atResource = found.flatMap((each) => each.atResource);
    const atStack = found.flatMap((each) => each.atStack);
    const advice = [...found.flatMap((each) => each.advice), ...advised.atStack];
    if (atResource.length > 0 || (during === 'preview' && atStack.length > 0)) return 'stops';
    if (during === 'update') return atStack.length > 0 ? 'after the write' : 'passes';
    return advice.length > 0 ? 'advises' : 'passes';
  };
  const reasons = checked.failures.map(({ reason }) => reason);
  // What check lets pass, diff sees: of a resource with a record it knows the ID.
  if (change.made && reasons.length === 0)
    reasons.push(await refusal(user.diff(change.made.id, change.made.state, checked.inputs)));
  if (change.customer)
    reasons.push(await refusal(customerOrg.diff(customerId, await recordOf(world), about.inputs as never)));
  const administrators = reasons.filter((reason) => /administrator/.test(reason));
  const advised = [...warnings].filter((text) => /administrator/.test(text));
  return [
    await pack('preview', programWith(declaredOnly)),
    await pack('preview'),
    entry.title.includes('does not know yet') ? '' : await pack('update'),
    administrators.length > 0 ? 'stops' : advised.length > 0 ? 'advises' : 'passes',
    await written(world, change, entry),
  ];
}

/** The customer as the run before recorded it. */
async function recordOf({ customerId, customer }: World): Promise<never> {
  const { state } = (await (await newProcess()).customerOrg.read(customerId, undefined)) ?? {};
  return { ...state, ...customer } as never;
}

async function refusal(operation: Promise<unknown>): Promise<string> {
  return operation.then(
    () => '',
    (error: Error) => error.message,
  );
}

/** What the write does, whatever the lines before it decided. */
async function written(world: World, { user, made, customer: other }: Change, { falsify }: Case): Promise<string> {
  if (user.package === UNKNOWN) return '';
  const { customerId } = world;
  const handlers = await newProcess();
  falsify?.(handlers.run.webex);
  try {
    if (other) {
      const { packages } = await handlers.customerOrg.update(customerId, await recordOf(world), other as never);
      return packages.length > other.packages.length ? 'keeps it' : 'passes';
    }
    if (made) await handlers.user.update(made.id, made.state, user as never);
    else await handlers.user.create({ ...user, adopt: true } as never);
    return 'passes';
  } catch (error) {
    return /trackingId/.test((error as Error).message) ? 'Webex refuses' : 'stops';
  }
}

describe('what each line of defence sees', () => {
  const rows: string[] = [];
  it.each(cases)(
    '$title',
    async (entry) => {
      const row = await lines(entry);
      rows.push(`| ${[entry.title, ...row].join(' | ')} |`);
      expect(row).toHaveLength(5);
    },
    60_000,
  );

  it('is the table of docs/policy.md', ({ skip }) => {
    skip(rows.length < cases.length, 'not all rows were made');
    const page = readFileSync(path.join(root, 'docs', 'policy.md'), 'utf8');
    const table = page.split('<!-- made by test/unit/policy/lines-of-defence.test.ts -->\n\n')[1]?.split('\n\n')[0];
    const head =
      '| Change | Pack without `previous` | Pack, preview | Pack, before the write | Preview of the provider | The write |';
    // The difference shows the table that belongs there.
    expect(table).toBe([head, '| --- | --- | --- | --- | --- | --- |', ...rows].join('\n'));
  });
});
