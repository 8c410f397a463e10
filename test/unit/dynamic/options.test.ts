import * as pulumi from '@pulumi/pulumi';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkedOptions } from '../../../provider/dynamic/options';
import { ModuleResource } from '../../../provider/dynamic/resource';

const registered: Record<string, unknown>[] = [];
const KIND = { type: 'webex-wholesale:Location', handlers: 'pulumi-webex-wholesale/location' };

class WithTimeouts extends ModuleResource {
  constructor(name: string, props: pulumi.Inputs, opts?: pulumi.CustomResourceOptions) {
    super({ ...KIND, timeouts: true }, name, props, opts);
  }
}

class WithoutTimeouts extends ModuleResource {
  constructor(name: string, props: pulumi.Inputs, opts?: pulumi.CustomResourceOptions) {
    super(KIND, name, props, opts);
  }
}

/** The inputs of a resource as the engine gets them. */
async function sent(resource: pulumi.CustomResource): Promise<Record<string, unknown>> {
  await new Promise<void>((done) => resource.urn.apply(() => done()));
  return registered.at(-1) ?? {};
}

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => {
      registered.push(inputs);
      return { id: `${name}-id`, state: inputs };
    },
    call: ({ inputs }) => inputs,
  }),
);
beforeEach(() => {
  registered.length = 0;
});

describe('options that can not hold', () => {
  const other = new pulumi.ComponentResource('acme:index:Sales', 'sales');
  const refused: [string, pulumi.CustomResourceOptions, RegExp][] = [
    ['import', { import: 'id-1' }, /the option import needs Pulumi's plugin .* with the hook/],
    ['deletedWith', { deletedWith: other }, /stays in Webex.*Remove it/],
    ['replaceOnChanges', { replaceOnChanges: ['notes'] }, /allowReplacement: true/],
    ['replaceWith', { replaceWith: [other] }, /allowReplacement: true/],
    ['deleteBeforeReplace', { deleteBeforeReplace: false }, /same key/],
    ['customTimeouts', { customTimeouts: { create: '5m' } }, /waits/],
    ['provider', { provider: other as unknown as pulumi.ProviderResource }, /stack configuration and the environment/],
    ['version', { version: '1.2.3' }, /npm package/],
    ['pluginDownloadURL', { pluginDownloadURL: 'https://example.com' }, /npm package/],
    ['envVarMappings', { envVarMappings: { A: 'B' } }, /environment variables/],
  ];

  it.each(refused)('%s: refused with what to do instead', (option, opts, instead) => {
    const make = () => new WithoutTimeouts('denver', {}, opts);
    expect(make).toThrow(pulumi.RunError);
    expect(make).toThrow(
      new RegExp(`^denver: the option ${option}[^:]*(: false)? (can't be used with this resource: |needs )`),
    );
    expect(make).toThrow(instead);
  });

  it.each(refused)('%s: also where a transformation adds it', (_option, added, instead) => {
    const transformations = [
      ({ props, opts }: pulumi.ResourceTransformationArgs) => ({ props, opts: { ...opts, ...added } }),
    ];
    expect(() => new WithoutTimeouts('denver', {}, { transformations })).toThrow(instead);
    const parent = new pulumi.ComponentResource('acme:index:Sales', 'sales', {}, { transformations: [] });
    Object.assign(parent, { __transformations: transformations });
    expect(() => new WithoutTimeouts('denver', {}, { parent })).toThrow(instead);
  });

  it('are all other options not, nor empty ones', () => {
    const opts = { aliases: [], dependsOn: [other], ignoreChanges: ['notes'], protect: true, replaceOnChanges: [] };
    const checked = checkedOptions('denver', opts, { type: KIND.type, timeouts: false, allowReplacement: undefined });
    expect(checked).toEqual({ deleteBeforeReplace: true, ...opts });
    const replaceWith = { replaceWith: [other] };
    expect(
      checkedOptions('denver', replaceWith, { type: KIND.type, timeouts: false, allowReplacement: true }),
    ).toMatchObject(replaceWith);
  });
});

describe('customTimeouts', () => {
  const timeouts = async (customTimeouts: pulumi.CustomTimeouts, props: pulumi.Inputs = {}) =>
    (await sent(new WithTimeouts('denver', props, { customTimeouts }))).timeouts;

  it('are the input timeouts, in seconds; the input wins', async () => {
    expect(await timeouts({ create: '1h30m', update: '1.5s', delete: '500ms' })).toEqual({
      create: 5400,
      update: 1.5,
      delete: 0.5,
    });
    const declared = pulumi.output({ create: 10 });
    expect(await timeouts({ create: '5m', delete: '5m' }, { timeouts: declared })).toEqual({ create: 10, delete: 300 });
  });

  it.each(['', '5', '5 m', 'soon', '1d', '5mm'])('"%s" is no duration', (create) => {
    expect(() => new WithTimeouts('denver', {}, { customTimeouts: { create } })).toThrow(/customTimeouts.create is "/);
  });

  it('of reading are refused', () => {
    expect(() => new WithTimeouts('denver', {}, { customTimeouts: { read: '5m' } })).toThrow(/retryTimeoutSeconds/);
  });
});

describe('what a transformation makes of the inputs', () => {
  it('is passed to check', async () => {
    const transformations = [
      ({ props, opts }: pulumi.ResourceTransformationArgs) => ({
        props: { ...props, name: pulumi.secret('Denver') },
        opts,
      }),
    ];
    const inputs = await sent(new WithTimeouts('denver', { name: 'Milpitas' }, { transformations }));
    expect(JSON.parse(String(inputs.__caller))).toMatchObject({ secrets: ['name'] });
    expect(inputs).toMatchObject({ __provider: expect.stringContaining('require') });
  });

  it('leaves resources of other classes alone, also children', async () => {
    const parent = new WithTimeouts('denver', {});
    const child = new pulumi.ComponentResource('acme:index:Sales', 'child', { plain: 1 }, { parent });
    await new Promise<void>((done) => child.urn.apply(() => done()));
    expect(registered.filter((inputs) => '__provider' in inputs)).toHaveLength(1);
  });
});
