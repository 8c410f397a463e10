import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { UNKNOWN } from '../../../provider/lifecycle';
import {
  administratorIn,
  customerInWebex,
  extension,
  FULL,
  falsified,
  HIGH,
  LOSES,
  LOW,
  refused,
} from './administrators';
import { callerOf, callerWithUsers, type Handlers, newProcess, userInputs } from './support';

// What preview reports of an administrator: check, and diff, which knows the ID.

const { api, hub, customer } = customerInWebex();

/** The problems that check reports. */
async function checked(inputs: object, olds?: object, handlers?: Handlers, caller = callerOf('user')) {
  const { user } = handlers ?? (await newProcess());
  const { failures } = await user.check(inputs as never, olds as never, caller);
  return failures.map(({ property, reason }) => `${property}: ${reason}`).join('\n');
}

/** What preview does with a user that has a record: check, and diff with what check lets pass. */
async function previewed({ id, state, inputs }: Awaited<ReturnType<typeof administratorIn>>, more: object) {
  const handlers = await newProcess();
  expect(await checked({ ...inputs, ...more }, inputs, handlers)).toBe('');
  return handlers.user.diff(id, state, { ...inputs, ...more } as never);
}

describe('preview of a user with a record', () => {
  it('adds the customer to the inputs for policies, which is no difference from a record without it', async () => {
    const { inputs, id, state } = await administratorIn(customer().id);
    const { user } = await newProcess();
    const caller = callerOf('user', { references: { customerId: ['urn of the customer'] } });
    const made = (await user.check(inputs as never, inputs as never, caller)).inputs;
    expect(made).toMatchObject({ customer: 'urn of the customer' });
    expect(await user.diff(id, state, made)).toEqual({ changes: false });
    for (const recorded of [await user.update(id, state, made), (await user.read(id, undefined))?.inputs])
      expect(recorded).not.toHaveProperty('customer');
  });

  it('refuses to take back a raise that a failed run wrote', async () => {
    const admin = await administratorIn(customer().id, LOW);
    await api('PUT', `/wholesale/subscribers/${admin.id}`, { packages: ['webex_suite'] });
    const state = { ...admin.state, ...HIGH };
    expect(await refused(previewed({ ...admin, state }, {}))).toMatch(LOSES);
  });

  it('refuses to lower a user that got a role and another e-mail address in Control Hub', async () => {
    const user = await administratorIn(customer().id, { roles: undefined });
    const id = user.state.personId as string;
    await hub.giveRole(id);
    await hub.change(id, { emails: [`changed.${user.inputs.email}`] });
    expect(await refused(previewed(user, LOW))).toMatch(LOSES);
  });

  it('passes a user that is no administrator, with list requests only', async () => {
    const user = await administratorIn(customer().id, { roles: [] });
    expect(await previewed(user, LOW)).toMatchObject({ changes: true });
  });

  it('asks for a refresh after a role was removed in Control Hub', async () => {
    const admin = await administratorIn(customer().id);
    await hub.change(admin.state.personId as string, { roles: [] });
    const program = { ...admin.inputs, ...LOW, roles: [] };
    expect(await checked(program, admin.inputs)).toMatch(/loses meetings.*no such role any more.*pulumi refresh/);
    // What a refresh recorded.
    expect(await checked(program, { ...admin.inputs, roles: [] })).toBe('');
  });

  it('advises about the unknown package of an administrator, and of no other user', async () => {
    const admin = await administratorIn(customer().id, { roles: undefined });
    await hub.giveRole(admin.state.personId as string);
    const plain = await administratorIn(customer().id, { roles: [] });
    const advised = async (inputs: object, olds: object) => {
      const handlers = await newProcess();
      expect(await checked(inputs, olds, handlers)).toBe('');
      return handlers.warnings.join();
    };
    const about = await advised({ ...admin.inputs, package: UNKNOWN }, admin.inputs);
    expect(about).toMatch(/package is not known yet, so preview can't tell/);
    expect(await advised({ ...plain.inputs, package: UNKNOWN }, plain.inputs)).toBe('');
    expect(await advised({ ...plain.inputs, ...LOW, roles: [UNKNOWN] }, plain.inputs)).toContain('roles is not known');
    expect(await advised({ ...plain.inputs, firstName: UNKNOWN }, plain.inputs)).toBe('');
  });
});

describe('preview of a user without a record', () => {
  it('refuses to lower a user that was removed in an earlier run', async () => {
    const { inputs, id, state } = await administratorIn(customer().id);
    await (await newProcess()).user.delete(id, state);
    expect(await checked({ ...inputs, ...LOW, roles: undefined })).toMatch(/below the level of the organization/);
    expect(await checked({ ...inputs, roles: undefined })).toBe('');
  });

  it('refuses that also where the customer is updated, unless it loses the package', async () => {
    const { id: customerId, inputs: ofCustomer, state: recorded } = await hub.customer();
    const { inputs, id, state } = await administratorIn(customerId);
    await (await newProcess()).user.delete(id, state);
    const judged = async (changes: object) => {
      const handlers = await newProcess();
      const changed = { ...ofCustomer, ...changes };
      await handlers.customerOrg.check(changed as never, ofCustomer as never, callerOf('customer'));
      await handlers.customerOrg.diff(customerId, recorded, changed as never);
      return checked({ ...inputs, ...LOW, roles: undefined }, undefined, handlers);
    };
    expect(await judged({ packageLimits: { webex_suite: 40 } })).toMatch(/below the level of the organization/);
    expect(await judged({ packages: ['webex_calling'] })).toBe('');
  });

  it('refuses to lower a person that was licensed in Control Hub, and passes the licenses to policies', async () => {
    const { inputs, id, state } = await administratorIn(customer().id, {
      package: 'webex_meetings',
      extension: undefined,
    });
    const { licenses } = await hub.person(state.personId as string);
    await (await newProcess()).user.delete(id, state);
    await hub.change(state.personId as string, { licenses });
    const user = { ...inputs, ...LOW, extension: extension(), roles: undefined };
    expect(await checked(user)).toMatch(/from webex_meetings to webex_calling.*loses meetings/);
    const { inputs: out } = await (await newProcess()).user.check(user as never, undefined, callerOf('user'));
    expect(out.previous).toEqual({ package: 'webex_meetings', roles: [FULL] });
  });

  it('refuses to lower an administrator that is missing in an empty list of subscribers', async () => {
    const { inputs } = await administratorIn(customer().id);
    const handlers = await newProcess();
    vi.spyOn(handlers.run.webex.subscribers, 'list').mockResolvedValue([]);
    expect(await checked({ ...inputs, ...LOW, roles: undefined }, undefined, handlers)).toMatch(LOSES);
  });

  it('refuses to take over, with a lower package, a user without listed roles', async () => {
    const { inputs } = await administratorIn(customer().id);
    const handlers = await falsified(({ roles }) => void vi.spyOn(roles, 'list').mockResolvedValue([]));
    const low = { ...inputs, ...LOW, roles: undefined, adopt: true };
    expect(await checked(low, undefined, handlers)).toMatch(/^package: .*GET \/roles does not list the role/);
  });

  it.each([
    ['nobody', []],
    ['people without an e-mail address', [{ id: 'person', emails: [] }]],
  ])('refuses to judge a new user where Webex lists %s', async (what, listed) => {
    const handlers = await falsified(({ people }) => {
      vi.spyOn(people, 'list').mockResolvedValue(listed);
      vi.spyOn(people, 'pages').mockReturnValue({ next: async () => ({ done: true, value: listed }) } as never);
    });
    const user = { ...userInputs(customer().id, extension()), ...LOW };
    expect(await refused(checked(user, undefined, handlers))).toContain(`GET /people lists ${what}`);
  });

  it('advises about the unknown package of an administrator that is no user', async () => {
    const { inputs, id, state } = await administratorIn(customer().id);
    await (await newProcess()).user.delete(id, state);
    const handlers = await newProcess();
    expect(await checked({ ...inputs, package: UNKNOWN, roles: undefined }, undefined, handlers)).toBe('');
    expect(handlers.warnings.join()).toMatch(/package is not known yet, so preview can't tell/);
    expect(handlers.warnings.join()).not.toContain(UNKNOWN);
  });

  it('refuses to lower the people of an organization that this run attaches', async () => {
    const { id, inputs, state, orgId } = await hub.customer();
    const admin = await administratorIn(id);
    const first = await newProcess();
    await first.user.delete(admin.id, admin.state);
    await first.customerOrg.delete(id, state);
    const again = await newProcess();
    const attached = { ...inputs, orgId };
    expect((await again.customerOrg.check(attached as never, undefined, callerOf('customer'))).failures).toEqual([]);
    const user = { ...admin.inputs, customerId: UNKNOWN, roles: undefined };
    expect(await checked({ ...user, ...LOW }, undefined, again)).toMatch(/below the level/);
    expect(await checked(user, undefined, again, callerOf('another'))).not.toMatch(/level/);
  });

  it('sends no request in an update, because the write is guarded, unless a user would be deleted first', async () => {
    const { inputs, id, state } = await administratorIn(customer().id);
    await (await newProcess()).user.delete(id, state);
    const low = { ...inputs, ...LOW, roles: undefined, allowReplacement: true };
    const update = callerOf('user', { dryRun: false });
    expect(await checked(low, undefined, undefined, update)).toBe('');
    const handlers = await newProcess();
    const other = { ...inputs, customerId: 'another-customer', allowReplacement: true };
    expect(await checked(low, other, handlers, update)).toBe('');
    expect(await checked(low, undefined, handlers, update)).toMatch(/below the level/);
  });

  it('passes an administrator that moves to another customer with a renamed resource', async () => {
    const { inputs } = await administratorIn(customer().id);
    const other = await hub.customer();
    const handlers = await newProcess();
    const { failures } = await handlers.customerOrg.check(
      { ...other.inputs, adopt: true } as never,
      undefined,
      callerOf('renamed'),
    );
    expect(failures).toEqual([]);
    const moved = { ...inputs, ...LOW, customerId: UNKNOWN, allowReplacement: true };
    expect(await checked(moved, inputs, handlers)).not.toMatch(/administrator/);
  });
});

describe('a rotation', () => {
  const declared = (inputs: object) => ({
    urn: 'new',
    name: 'new',
    type: 'webex-wholesale:User',
    inputs: inputs as Record<string, unknown>,
  });

  it('removes no administrator that the program declares with a lower package elsewhere', async () => {
    const admin = await administratorIn(customer().id);
    const { inputs, id, state } = admin;
    const handlers = await newProcess();
    const low = { ...inputs, ...LOW, roles: undefined, extension: extension() };
    const another = { ...inputs, email: `another.${inputs.email}`, allowReplacement: true };
    const caller = callerOf('admin', { dryRun: false, upcoming: [declared(low)] });
    expect(await checked(another, inputs, handlers, caller)).toBe('');
    expect(await refused(handlers.user.delete(id, state))).toMatch(
      /is not deleted.*is an administrator.*loses meetings/,
    );
    expect(await hub.packages(inputs.email)).toEqual(['webex_suite']);
  });

  // What a program declares of a user is announced as soon as it is declared; what isn't known yet is missing.
  const announcing = async (inputs: object) => {
    const handlers = await newProcess();
    const known = Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
    const upcoming = [{ ...declared(known), isPartial: true }];
    const { inputs: ofCustomer } = customer();
    const caller = callerOf('customer', { dryRun: false, upcoming });
    await handlers.customerOrg.check(ofCustomer as never, ofCustomer as never, caller);
    return handlers;
  };

  it.each([
    ['at a customer that has no ID yet', { customerId: undefined }, /is not deleted.*loses meetings/],
    ['with a package that is not known yet', { package: undefined }, /is not deleted.*package that is not known yet/],
  ])('removes no administrator who is announced %s', async (_, more, reason) => {
    const { inputs, id, state } = await administratorIn(customer().id);
    const { user } = await announcing({ ...inputs, ...LOW, roles: undefined, ...more });
    expect(await refused(user.delete(id, state))).toMatch(reason);
    expect(await hub.packages(inputs.email)).toEqual(['webex_suite']);
  });

  it('removes no administrator whom the program declares lower while the removal waits', async () => {
    const { inputs, id, state } = await administratorIn(customer().id);
    const handlers = await newProcess({}, [{ urn: 'admin', id, state: { ...state }, isKept: false }]);
    const [first, later] = ['admin', 'later'].map((name) => callerOf(name, { dryRun: false }));
    const another = { ...inputs, email: `another.${inputs.email}`, allowReplacement: true };
    // Pulumi checks a resource that it replaces like a new one.
    expect(await checked(another, undefined, handlers, first)).toBe('');
    const removal = refused(handlers.user.delete(id, state));
    await sleep(800);
    const low = { ...inputs, ...LOW, roles: undefined, extension: extension() };
    expect(await checked(low, undefined, handlers, later)).toMatch(LOSES);
    expect(await removal).toMatch(/is not deleted, because the program declares it again.*loses meetings/);
    expect(await hub.packages(inputs.email)).toEqual(['webex_suite']);
  });

  it('keeps a user that another resource takes over while its removal waits', async () => {
    const { inputs, id, state } = await administratorIn(customer().id);
    const handlers = await newProcess({}, [{ urn: 'admin', id, state: { ...state }, isKept: false }]);
    const another = { ...inputs, email: `another.${inputs.email}`, allowReplacement: true };
    await checked(another, undefined, handlers, callerOf('admin', { dryRun: false }));
    const removal = handlers.user.delete(id, state);
    expect((await handlers.user.create(inputs as never)).id).toBe(id);
    await removal;
    expect(handlers.warnings.join()).toContain('is kept: another resource of this program has it now');
    expect(await hub.packages(inputs.email)).toEqual(['webex_suite']);
  });

  it('gives the extension of an administrator to a joiner while the removal waits, and then removes the administrator', async () => {
    const { inputs, id, state } = await administratorIn(customer().id);
    const handlers = await newProcess({}, [{ urn: 'admin', id, state: { ...state }, isKept: false }]);
    const another = { ...inputs, email: `another.${inputs.email}`, extension: extension(), allowReplacement: true };
    const joiner = { ...userInputs(customer().id, inputs.extension) };
    const [first, second] = ['admin', 'joiner'].map((name) => callerOf(name, { dryRun: false }));
    expect(await checked(another, undefined, handlers, first)).toBe('');
    expect(await checked(joiner, undefined, handlers, second)).toBe('');
    const [made] = await Promise.all([handlers.user.create(joiner as never), handlers.user.delete(id, state)]);
    expect(made.state.extension).toBe(inputs.extension);
    expect([await hub.packages(joiner.email), await hub.packages(inputs.email)]).toEqual([[LOW.package], undefined]);
  });

  it('creates a user anew that is found while it is removed', async () => {
    const { inputs, id, state } = await administratorIn(customer().id, { roles: [] });
    const handlers = await newProcess();
    const { subscribers } = handlers.run.webex;
    const { remove } = subscribers;
    vi.spyOn(subscribers, 'remove').mockImplementation(async (...request) => {
      await sleep(500);
      return remove(...request);
    });
    const removal = handlers.user.delete(id, state);
    const made = await handlers.user.create({ ...inputs, extension: extension() } as never);
    await removal;
    expect(made.id).not.toBe(id);
    expect(await hub.packages(inputs.email)).toEqual(['webex_suite']);
  });

  it.each([
    ['at another customer', { customerId: 'another' }],
    ['of another person', { email: 'another@acme.com' }],
  ])('removes an administrator whose resource becomes that of a lower user %s', async (_, more) => {
    const { inputs, id, state } = await administratorIn(customer().id);
    const moved = { ...inputs, ...LOW, roles: [], allowReplacement: true, ...more };
    const handlers = await announcing({ ...moved, customerId: undefined });
    await checked(moved, { ...inputs, allowReplacement: true }, handlers, callerOf('admin', { dryRun: false }));
    await handlers.user.delete(id, state);
    expect(await hub.packages(inputs.email)).toBeUndefined();
  });

  it.each([
    ['with the same package', {}],
    ['at another customer', { ...LOW, customerId: 'another' }],
  ])('passes an administrator who is declared elsewhere %s', async (_, more) => {
    const { inputs, id, state } = await administratorIn(customer().id);
    const handlers = await newProcess();
    const another = { ...inputs, email: `another.${inputs.email}`, allowReplacement: true };
    const caller = callerOf('admin', { dryRun: false, upcoming: [declared({ ...inputs, ...more })] });
    expect(await checked(another, inputs, handlers, caller)).toBe('');
    await handlers.user.delete(id, state);
    expect(await hub.packages(inputs.email)).toBeUndefined();
  });
});

describe('a package taken from a customer', () => {
  const LEFT = ['webex_calling', 'webex_meetings'];
  const without = (...taken: string[]) => ({
    ...customer().inputs,
    packages: customer().inputs.packages.filter((name) => !taken.includes(name)),
  });
  const diffed = async (inputs: object, handlers: Handlers) => {
    const { failures } = await handlers.customerOrg.check(
      inputs as never,
      customer().inputs as never,
      callerOf('customer'),
    );
    expect(failures).toEqual([]);
    return handlers.customerOrg.diff(customer().id, customer().state, inputs as never);
  };

  it('is refused in preview and at the write where an administrator loses it, declared or not', async () => {
    const { inputs } = await administratorIn(customer().id);
    const message = await refused(diffed(without('webex_suite'), await newProcess()));
    expect(message).toMatch(/^packages: can't lose webex_suite.*is an administrator/);
    expect(message).toContain(inputs.email);
    const { customerOrg } = await newProcess();
    const write = customerOrg.update(customer().id, customer().state, without('webex_suite') as never);
    expect(await refused(write)).toMatch(/can't lose webex_suite/);
  });

  it('is refused before the customer is replaced, where it keeps its organization', async () => {
    const { id, orgId, inputs, state } = await hub.customer();
    const admin = await administratorIn(id);
    const users = [await administratorIn(id, { roles: [] }), admin];
    const replaced = { ...inputs, packages: LEFT, primaryEmail: 'another@acme.com', allowReplacement: true };
    const replacing = async (more: object, upcoming = users) => {
      const { customerOrg, user } = await newProcess();
      const caller = callerWithUsers(
        'plain',
        false,
        upcoming.map((each) => each.inputs),
      );
      await user.check(users[0]?.inputs as never, users[0]?.inputs as never, caller);
      return customerOrg.diff(id, state, { ...replaced, ...more } as never);
    };
    expect(await refused(replacing({ orgId }))).toMatch(/can't lose webex_suite.*is an administrator/);
    expect(await refused(replacing({ adopt: true }))).toMatch(/can't lose webex_suite.*is an administrator/);
    expect(await replacing({})).toMatchObject({ replaces: ['primaryEmail'] });
    const { packages } = inputs;
    expect(await replacing({ orgId, packages })).toMatchObject({ replaces: ['primaryEmail'] });
    // An administrator that the program declares later would be unlinked by then.
    expect(await refused(replacing({ orgId, packages }, []))).toMatch(
      new RegExp(`^allowReplacement: .*has not declared so far: ${admin.inputs.email} is an administrator`),
    );
  });

  it('is refused before the customer is replaced without a difference (--replace)', async () => {
    const { id, orgId, inputs, state } = await hub.customer();
    const admin = await administratorIn(id);
    const replaced = { ...inputs, orgId, allowReplacement: true };
    const replacing = async (more: object, urn = 'customer') => {
      const recorded = [{ urn: 'customer', id, state: { ...state }, isKept: false }];
      const { customerOrg } = await newProcess({}, recorded);
      const caller = callerOf(urn, { dryRun: false });
      const checks = await customerOrg.check({ ...replaced, ...more } as never, undefined, caller);
      return checks.failures.map(({ property, reason }) => `${property}: ${reason}`).join();
    };
    expect(await replacing({ packages: LEFT })).toMatch(/^packages: can't lose webex_suite.*is an administrator/);
    expect(await replacing({})).toMatch(new RegExp(`^allowReplacement: .*${admin.inputs.email} is an administrator`));
    // Under another name it is taken over.
    expect(await replacing({}, 'renamed')).toBe('');
    expect(await replacing({ orgId: undefined, packages: LEFT })).toBe('');
  });

  it('is refused in preview where a resource of another name takes the customer over', async () => {
    await administratorIn(customer().id);
    const { customerOrg } = await newProcess();
    const adopting = { ...without('webex_suite'), adopt: true };
    const { failures } = await customerOrg.check(adopting as never, undefined, callerOf('renamed'));
    expect(failures).toEqual([
      { property: 'packages', reason: expect.stringMatching(/can't lose webex_suite.*is an administrator/) },
    ]);
  });

  it.each([
    ['none', UNKNOWN],
    ['some', ['webex_calling', UNKNOWN]],
  ])('is an advice while %s of the packages are known', async (_, packages) => {
    const { inputs } = await administratorIn(customer().id);
    const handlers = await newProcess();
    await diffed({ ...customer().inputs, packages }, handlers);
    expect(handlers.warnings.join()).toMatch(/packages are not known yet, so preview can't tell/);
    expect(handlers.warnings.join()).toContain(inputs.email);
  });

  it('is an advice where the same run may raise the administrator', async () => {
    await administratorIn(customer().id, { package: 'webex_meetings', extension: undefined });
    const handlers = await newProcess();
    await diffed(without('webex_meetings'), handlers);
    expect(handlers.warnings.join()).toMatch(/can't lose webex_meetings while an administrator has it/);
  });

  it('passes if no user or no administrator has it', async () => {
    await administratorIn(customer().id, { package: 'webex_calling', attendantConsole: true, roles: [] });
    const handlers = await newProcess();
    await diffed(without('attendant_console'), handlers);
    expect(handlers.warnings.join()).not.toContain('administrator');
  });
});
