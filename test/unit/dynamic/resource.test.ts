import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { providerCode } from '../../../provider/dynamic/handler-code';
import { IMPORT_SERVED } from '../../../provider/dynamic/keys';
import { ModuleResource } from '../../../provider/dynamic/resource';
import { User } from '../../../provider/index';
import { KINDS } from '../../../provider/kinds';
import { UNKNOWN } from '../../../provider/lifecycle';

interface Registered {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

/** What the engine was asked to register. */
const registered: Registered[] = [];

/** Inputs as they were sent, with the caller as check reads it. */
function withCaller({ __caller: caller, ...inputs }: Registered['inputs']): Registered['inputs'] {
  return caller === undefined ? inputs : { ...inputs, __caller: JSON.parse(String(caller)) };
}

const KIND = { type: 'webex-wholesale:Location', handlers: 'pulumi-webex-wholesale/location' };

class ByModule extends ModuleResource {
  declare readonly orgId: pulumi.Output<string>;
  constructor(name: string, props: pulumi.Inputs, opts?: pulumi.CustomResourceOptions) {
    super(KIND, name, props, opts);
  }
}

class Other extends ModuleResource {
  constructor(name: string, props: pulumi.Inputs, opts?: pulumi.CustomResourceOptions) {
    super({ ...KIND, type: 'webex-wholesale:Other' }, name, props, opts);
  }
}

/** A new run of a program. */
function inMocks(isPreview: boolean): void {
  const newResource = ({ type, name, inputs }: Registered) => {
    registered.push({ type, name, inputs: withCaller(inputs) });
    return { id: isPreview ? undefined : `${name}-id`, state: inputs };
  };
  pulumi.runtime.setMocks({ newResource, call: ({ inputs }) => inputs }, 'project', 'stack', isPreview);
}

class ByValue extends pulumi.dynamic.Resource {}

const byValue: pulumi.dynamic.ResourceProvider = {
  create: async (inputs: Record<string, unknown>) => ({ id: 'id-1', outs: inputs }),
};

function urnOf(resource: pulumi.Resource): Promise<string> {
  return new Promise((done) => resource.urn.apply(done));
}

async function settled(resource: pulumi.CustomResource): Promise<Registered> {
  await new Promise<void>((done) => resource.urn.apply(() => done()));
  const found = registered.at(-1);
  if (found === undefined) throw new Error('nothing was registered');
  return found;
}

describe('ModuleResource', () => {
  beforeAll(() =>
    pulumi.runtime.setMocks({
      newResource: ({ type, name, inputs }) => {
        registered.push({ type, name, inputs: withCaller(inputs) });
        return { id: `${name}-id`, state: { ...inputs, orgId: 'org-1' } };
      },
      call: ({ inputs }) => inputs,
    }),
  );
  beforeEach(() => {
    registered.length = 0;
  });

  it('sends what pulumi.dynamic.Resource sends, with a module name in place of the code', async () => {
    const props = { name: 'Denver', timeZone: 'America/Denver', orgId: undefined };
    const theirs = await settled(new ByValue(byValue, 'denver', { ...props }, {}, 'webex-wholesale', 'Location'));
    const resource = new ByModule('denver', { ...props });
    const ours = await settled(resource);

    expect([ours.type, ours.name]).toEqual([theirs.type, theirs.name]);
    const { __provider: theirCode, ...theirRest } = theirs.inputs;
    const { __provider: ourCode, __caller: caller, ...ourRest } = ours.inputs;
    expect(ourRest).toEqual(theirRest);
    const urn = await urnOf(resource);
    const declared = { type: KIND.type, name: 'denver', urn, inputs: { name: 'Denver', timeZone: 'America/Denver' } };
    expect(caller).toEqual({ urn, name: 'denver', dryRun: false, upcoming: [declared] });

    expect(typeof theirCode).toBe(typeof ourCode);
    expect(String(theirCode)).toMatch(/^exports\.handler = /);
    expect(String(ourCode)).toMatch(/^exports\.handler=/);
    expect(String(ourCode).length).toBeLessThan(80);
    expect(String(theirCode).length).toBeGreaterThan(2 * String(ourCode).length);
  });

  it('names a module that evaluates to the handlers, as the plugin evaluates it', () => {
    // cmd/dynamic-provider compiles this code as a module and calls exports.handler().
    const run = new Function('exports', 'require', `${providerCode(KIND)}; return exports.handler();`);
    const asked: string[] = [];
    const require_ = (name: string) => `handlers of ${asked[asked.push(name) - 1]}`;
    expect(run({}, require_)).toBe('handlers of pulumi-webex-wholesale/location');
    expect(asked).toEqual(['pulumi-webex-wholesale/location']);
  });

  it('names modules that the package exports', () => {
    const root = path.join(__dirname, '../../..', 'provider');
    const { exports } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { exports: object };
    for (const { handlers } of Object.values(KINDS)) {
      expect(exports).toHaveProperty([handlers.replace('pulumi-webex-wholesale', '.')]);
    }
  });

  it('resolves outputs, and sends no caller where an object is only looked up', async () => {
    const resource = new ByModule('denver', { name: 'Denver', orgId: undefined });
    expect(await new Promise((done) => resource.orgId.apply(done))).toBe('org-1');
    const looked = await settled(new ByModule('other', { name: undefined }, { id: 'id-1' }));
    expect(looked.inputs).not.toHaveProperty('__caller');
    expect(looked.inputs).toHaveProperty('__provider');
  });

  it('marks a preview', async () => {
    inMocks(true);
    const { __caller: caller } = (await settled(new ByModule('denver', {}))).inputs;
    expect(caller).toMatchObject({ name: 'denver', dryRun: true });

    // The first check gets the resources declared together, once, without secrets and without ignored changes.
    const all = ['one', 'two', 'three'].map(
      (name) => new ByModule(name, { name, size: pulumi.output(1), not: undefined }),
    );
    all.push(new ByModule('four', { name: pulumi.secret('four') }));
    all.push(new ByModule('five', { name: 'five' }, { ignoreChanges: ['name'] }));
    for (const resource of all) await settled(resource);
    const urn = (name: string) => `urn:pulumi:stack::project::pulumi-nodejs:dynamic/${KIND.type}::${name}`;
    const announced = registered.flatMap(({ inputs }) => (inputs.__caller as { upcoming: unknown[] }).upcoming);
    const { type } = KIND;
    expect(announced).toMatchObject([
      { type, name: 'denver', urn: urn('denver'), inputs: {} },
      ...['one', 'two', 'three'].map((name) => ({ type, name, urn: urn(name), inputs: { name, size: 1 } })),
      ...['four', 'five'].map((name) => ({ type, name, urn: urn(name), inputs: { name: UNKNOWN } })),
    ]);
  });

  it('sends in a preview what refers to the resource, as far as that is known, and again once it is', async () => {
    const customer = new Other('johns-pizza', { name: 'Pizza', orgId: undefined });
    const location = new ByModule('denver', { customerId: customer.id, name: 'Denver', orgId: undefined });
    new ByModule('boise', { customerId: 'customer', rooms: [{ at: pulumi.output(location.id) }] });
    await settled(location);
    await new Promise((done) => setTimeout(done, 50));
    const [urn, customerId] = [await urnOf(location), await urnOf(customer)];
    const announced = registered.map(({ inputs }) => (inputs.__caller as { upcoming: { name: string }[] }).upcoming);
    expect(announced[0]).toMatchObject([
      { type: 'webex-wholesale:Other', name: 'johns-pizza', inputs: { name: 'Pizza' } },
      { urn, inputs: { customerId: UNKNOWN, name: 'Denver' }, references: { customerId: [customerId] } },
      { name: 'boise', inputs: { customerId: 'customer', rooms: [{ at: UNKNOWN }] } },
    ]);
    expect(announced.flat()).toHaveLength(3);
  });

  it('sends in an update what is known of a resource whose inputs are not all known: never a secret', async () => {
    inMocks(false);
    let known: (value: string) => void = () => undefined;
    const later = pulumi.output(new Promise<string>((done) => (known = done)));
    const first = new ByModule('first', { name: 'first' });
    const inputs = { name: 'alice', place: later, level: pulumi.secret('low'), roles: [pulumi.output('a')], size: 1 };
    new Other('alice', inputs);
    new Other('john', { name: 'john', size: 2 }, { ignoreChanges: ['size'] });
    const upcomingOf = ({ inputs }: Registered) => (inputs.__caller as { upcoming: object[] }).upcoming;
    expect(upcomingOf(await settled(first)).slice(1)).toMatchObject([
      {
        name: 'alice',
        inputs: { name: 'alice', place: UNKNOWN, level: UNKNOWN, roles: ['a'], size: 1 },
        isPartial: true,
      },
      { name: 'john', inputs: { name: 'john', size: UNKNOWN }, isPartial: true },
    ]);
    expect(JSON.stringify(registered)).not.toMatch(/"level":"low".*isPartial/);
    known('there');
    await settled(new ByModule('next', { name: 'next' }));
    const announced = registered.flatMap(upcomingOf) as { name: string }[];
    expect(announced.filter(({ name }) => name === 'alice')).toHaveLength(1);
  });

  it('sends the names of inputs that are secret or hold a secret, only where there are any', async () => {
    const secret = pulumi.secret('Milpitas');
    const address = { city: secret, country: 'US' };
    const unknown = pulumi.output(Promise.resolve(['x']));
    const props = { name: secret, address, roles: ['a', pulumi.output('b')], list: [secret], unknown };
    const { inputs } = await settled(new ByModule('denver', props));
    expect((inputs.__caller as { secrets?: string[] }).secrets).toEqual(['name', 'address', 'list']);
  });

  it('sends the URN, which distinguishes children of the same name and adds no dependency', async () => {
    const parents = ['Sales', 'Support'].map((type) => new pulumi.ComponentResource(`acme:index:${type}`, type));
    const children = parents.map((parent) => new ByModule('denver', { name: 'Denver' }, { parent }));
    for (const child of children) await settled(child);
    const sent = registered.map(({ inputs }) => (inputs.__caller as { urn?: string } | undefined)?.urn);
    const urns = await Promise.all(children.map(urnOf));
    expect(sent.filter((found) => found !== undefined).toSorted()).toEqual(urns.toSorted());
    expect(new Set(urns).size).toBe(2);
  });

  it('sends what an input refers to, which adds no dependency', async () => {
    const one = new ByModule('one', { name: 'One', orgId: undefined });
    const two = new ByModule('two', { name: 'Two', orgId: undefined });
    const either = pulumi.all([one.id, two.orgId]).apply(([id]) => id);
    const props = { customerId: one.id, locationId: either, name: 'Denver', plain: pulumi.output('x') };
    const { inputs } = await settled(new ByModule('denver', props));
    const urns = await Promise.all([one, two].map(urnOf));
    expect(inputs.__caller).toMatchObject({ references: { customerId: [urns[0]], locationId: urns } });
    expect(Object.keys((inputs.__caller as { references: object }).references)).toEqual(['customerId', 'locationId']);
  });

  it('explains what the import option needs if the hook is missing', () => {
    const make = () => new ByModule('denver', {}, { import: 'id-1' });
    expect(make).toThrow(/denver: the option import .*--require pulumi-webex-wholesale\/import.*plugins:/s);
  });

  it('accepts the import option with the hook', async () => {
    Object.assign(globalThis, { [IMPORT_SERVED]: true });
    try {
      const resource = new ByModule('denver', {}, { import: 'id-1' });
      expect(await settled(resource)).toMatchObject({ name: 'denver' });
    } finally {
      Reflect.deleteProperty(globalThis, IMPORT_SERVED);
    }
  });

  it('names the missing ID if there is nothing to read', async () => {
    expect(() => User.get('alice', undefined as never)).toThrow('User.get("alice", id): the ID is undefined');
    expect(() => User.get('alice', '')).toThrow('the ID is empty');
  });

  it('leaves the trace of an error that is made meanwhile', () => {
    let trace = '';
    const args = Object.defineProperty({}, 'city', {
      enumerable: true,
      get: () => {
        trace ||= new Error('here').stack ?? '';
        return 'Denver';
      },
    });
    new ByModule('denver', args);
    expect(trace).toMatch(/^Error: here\n {4}at .*resource\.test/);
  });

  it('names the line of the program in an error of the SDK', () => {
    const { stackTraceLimit } = Error;
    let thrown: unknown;
    try {
      // No list, as a program in JavaScript may have it.
      new ByModule('denver', {}, { aliases: {} as never });
    } catch (error) {
      thrown = error;
    }
    expect((thrown as Error).stack).toMatch(/^TypeError: .*aliases is not iterable\n {4}at [\s\S]*resource\.test/);
    expect(Error.stackTraceLimit).toBe(stackTraceLimit);
  });

  it('leaves the hook for stack traces as it was, even when registering fails', () => {
    const before = Error.prepareStackTrace;
    expect(() => new ByModule('', {})).toThrow();
    expect(Error.prepareStackTrace).toBe(before);
  });
});
