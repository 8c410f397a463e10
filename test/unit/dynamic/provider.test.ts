import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forPeople, reportErrorsOnce } from '../../../provider/dynamic/console';
import { explainedCode } from '../../../provider/dynamic/handler-code';
import { toResourceProvider } from '../../../provider/dynamic/provider';
import { type Lifecycle, PartialFailure } from '../../../provider/lifecycle';

type Props = Record<string, unknown>;

/** The text that a program sends, and the one that is recorded in the outputs. */
const CODE = "exports.handler=()=>require('example')";
const EXPLAINED = explainedCode(CODE);
const withCode = (props: Props) => ({ ...props, __provider: CODE });

describe('toResourceProvider', () => {
  const seen: Record<string, unknown[]> = {};
  let lifecycle: Lifecycle<Props, Props>;
  beforeEach(() => {
    const record = <T>(name: string, answer: T) =>
      vi.fn(async (...args: unknown[]) => {
        seen[name] = args;
        return answer;
      });
    lifecycle = {
      configure: (config) => {
        seen.configure = [config('text'), config('number'), config('missing')];
      },
      check: record('check', { inputs: { name: 'Denver', notes: undefined }, failures: [] }),
      diff: record('diff', { changes: true }),
      create: record('create', {
        id: 'id-1',
        state: { name: 'Denver', calling: { pstn: undefined, list: [1, undefined] } },
      }),
      read: record('read', { id: 'id-1', state: { a: undefined, b: 2 }, inputs: { c: { d: undefined } } }),
      import: record('import', { id: 'id-2', state: { b: 2 }, inputs: { b: 2 } }),
      update: record('update', { name: 'Denver', notes: undefined }),
      delete: record('delete', undefined),
    };
  });
  const provider = () => toResourceProvider(lifecycle);

  it('configures handlers synchronously, with every value as text', () => {
    const config: Record<string, unknown> = { text: 'all', number: 3 };
    const get = (key: string) => config[key];
    const pending = provider().configure?.({ config: { get } } as never);
    expect(seen.configure).toEqual(['all', '3', undefined]);
    return pending;
  });

  it('check: takes code and caller out, and drops what is undefined', async () => {
    const caller = { urn: 'urn:denver', name: 'denver', dryRun: true, secrets: [] };
    const answer = await provider().check?.(
      withCode({ name: 'Old' }),
      withCode({ name: 'Denver', __caller: JSON.stringify(caller) }),
    );
    expect(seen.check).toEqual([{ name: 'Denver' }, { name: 'Old' }, caller]);
    expect(Object.keys(answer?.inputs ?? {})).toEqual(['name', '__provider']);
  });

  it('check: a caller without a URN is distinguished by its name', async () => {
    await provider().check?.({}, { __caller: JSON.stringify({ name: 'denver', dryRun: true }) });
    expect(seen.check?.[2]).toEqual({ urn: 'denver', name: 'denver', dryRun: true, secrets: [] });
  });

  it('read: an object that is imported, with what is declared of it', async () => {
    const { read } = provider();
    expect(await read?.('alice', { __provider: 'code', __import: true, b: 3 })).toMatchObject({
      id: 'id-2',
      props: { b: 2 },
    });
    expect(seen.import).toEqual(['alice', { b: 3 }]);
    await read?.('alice', { __provider: 'code', __import: true });
    expect(seen.import).toEqual(['alice', undefined]);
  });

  it('check: lets pass what an import without a program has read, and nothing else', async () => {
    lifecycle.check = async () => ({ inputs: {}, failures: [{ property: 'b', reason: 'wrong' }] });
    const { check } = provider();
    expect(await check?.({ __provider: 'code', b: 2 }, { __provider: 'code', b: 2 })).toEqual({
      inputs: { b: 2, __provider: 'code' },
      failures: [],
    });
    expect((await check?.({ b: 2 }, { b: 3 }))?.failures).toHaveLength(1);
    expect(
      (await check?.({ b: 2 }, { b: 2, __caller: JSON.stringify({ name: 'denver', dryRun: true }) }))?.failures,
    ).toHaveLength(1);
  });

  it('check and diff: let everything pass while adopt asks what a program declares', async () => {
    lifecycle.check = async () => ({ inputs: {}, failures: [{ property: 'b', reason: 'wrong' }] });
    vi.stubEnv('WEBEX_WHOLESALE_ADOPTION', 'list');
    try {
      const { check, diff } = provider();
      expect(await check?.({}, { b: 2, __caller: JSON.stringify({ name: 'denver' }) })).toEqual({
        inputs: { b: 2 },
        failures: [],
      });
      expect(await diff?.('id-1', {}, { b: 2 })).toEqual({ changes: false });
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('check: what a failure quotes of the program is shown on one line, and cut', async () => {
    const property = `a\u001b[31m${'b'.repeat(1e5)}`;
    lifecycle.check = async () => ({ inputs: {}, failures: [{ property, reason: `c\nd${'e'.repeat(1e5)}` }] });
    const [failure] = (await provider().check?.({}, {}))?.failures ?? [];
    expect(failure?.reason).toMatch(/^a\\u001b\[31mb+… \(100006 characters\): c\\nde+… \(\d+ characters\)$/);
    expect(failure?.reason.length).toBeLessThan(2000);
  });

  it('check: no old inputs are undefined, not an empty object; without a caller it is no dry run', async () => {
    await provider().check?.(withCode({}), withCode({ name: 'Denver' }));
    expect(seen.check).toEqual([{ name: 'Denver' }, undefined, { urn: '', name: '', dryRun: false, secrets: [] }]);
    await provider().check?.(undefined as never, { __caller: 'nonsense' });
    expect(seen.check).toEqual([{}, undefined, { urn: '', name: '', dryRun: false, secrets: [] }]);
  });

  it('diff: deletes first where something needs replacement, and only there', async () => {
    expect(await provider().diff?.('id-1', withCode({ a: 1 }), withCode({ a: 2 }))).toEqual({
      changes: true,
      deleteBeforeReplace: false,
    });
    expect(seen.diff).toEqual(['id-1', { a: 1 }, { a: 2 }]);
    lifecycle.diff = async () => ({ changes: true, replaces: ['a'] });
    expect(await provider().diff?.('id-1', {}, {})).toMatchObject({ replaces: ['a'], deleteBeforeReplace: true });
  });

  it('create and update: undefined is dropped at any depth, in lists too', async () => {
    const made = await provider().create(withCode({ name: 'Denver' }));
    expect(seen.create).toEqual([{ name: 'Denver' }]);
    expect(made).toStrictEqual({ id: 'id-1', outs: { name: 'Denver', calling: { list: [1] }, __provider: EXPLAINED } });
    const changed = await provider().update?.('id-1', withCode({ a: 1 }), withCode({ a: 2 }));
    expect(seen.update).toEqual(['id-1', { a: 1 }, { a: 2 }]);
    expect(changed).toStrictEqual({ outs: { name: 'Denver', __provider: EXPLAINED } });
  });

  it('keeps a short text in the inputs, and one that explains itself in the outputs', async () => {
    const { check, create, read } = provider();
    const checked = await check?.({}, withCode({ name: 'Denver' }));
    const made = await create(withCode({ name: 'Denver' }));
    const found = await read?.('id-1', { a: 1, __provider: EXPLAINED });
    // What Pulumi's plugin does with each result.
    for (const result of [checked?.inputs, made.outs, found?.props, found?.inputs])
      Object.assign(result, { __provider: 'the text that it received' });
    expect([checked?.inputs.__provider, found?.inputs?.__provider]).toEqual([CODE, CODE]);
    expect([made.outs?.__provider, found?.props?.__provider]).toEqual([EXPLAINED, EXPLAINED]);
  });

  it('read: gives state and inputs, and an empty id for what is gone', async () => {
    expect(await provider().read?.('id-1', withCode({ a: 1 }))).toStrictEqual({
      id: 'id-1',
      props: { b: 2, __provider: EXPLAINED },
      inputs: { c: {}, __provider: CODE },
    });
    expect(seen.read).toEqual(['id-1', { a: 1 }]);
    await provider().read?.('id-1', withCode({}));
    expect(seen.read).toEqual(['id-1', undefined]);
    lifecycle.read = async () => undefined;
    expect(await provider().read?.('id-1', withCode({ a: 1 }))).toEqual({ id: '', props: {} });
  });

  it('read: a look-up of what does not exist is an error, not a resource without properties', async () => {
    lifecycle.read = async () => undefined;
    await expect(provider().read?.('id-1', withCode({}))).rejects.toThrow('id-1');
  });

  it('delete: sees the state without code', async () => {
    await provider().delete?.('id-1', withCode({ a: 1 }));
    expect(seen.delete).toEqual(['id-1', { a: 1 }]);
  });

  it.each(['create', 'update'] as const)('%s: a partial failure keeps id, reasons and code', async (operation) => {
    const failure = new PartialFailure('id-1', { name: 'Denver', notes: undefined }, ['no PSTN', 'no numbers']);
    lifecycle = { ...lifecycle, [operation]: () => Promise.reject(failure) };
    const inputs = withCode({ name: 'Denver' });
    const failing = operation === 'create' ? provider().create(inputs) : provider().update?.('id-1', {}, inputs);
    await expect(failing).rejects.toMatchObject({
      message: 'no PSTN\nno numbers',
      id: 'id-1',
      properties: { name: 'Denver', __provider: EXPLAINED },
      reasons: ['no PSTN', 'no numbers'],
    });
    const thrown = (await failing?.catch((error: unknown) => error)) as { properties: Props };
    expect(Object.keys(thrown.properties).sort()).toEqual(['__provider', 'name']);
  });

  it('any other failure is an error of which nothing was made', async () => {
    lifecycle.create = () => Promise.reject(new Error('no such template'));
    const thrown = await provider()
      .create({})
      .catch((error: unknown) => error);
    expect(thrown).toMatchObject({ message: 'no such template' });
    expect(thrown).not.toHaveProperty('id');
  });
});

describe('errors for people', () => {
  it('show their message alone, without a stack, and keep the cause', () => {
    const cause = new Error('the customer vanished');
    const shown = forPeople(cause);
    expect([shown.message, shown.stack, shown.cause]).toEqual([cause.message, cause.message, cause]);
  });

  it('leave the terminal alone, whatever they quote, and end', () => {
    const hostile = 'status \u001b[2J\u009b\u202e\ud800 of\nJohn';
    expect(forPeople(new Error(hostile)).message).toBe('status \\u001b[2J\\u009b\\u202e\\ud800 of\nJohn');
    expect(forPeople(new Error('x'.repeat(1e6))).message.length).toBeLessThan(5000);
  });

  it('from unexpected failures report a bug and its place', () => {
    expect(forPeople('just a text').message).toMatch(/^a bug in this provider, please report it: .*just a text/);
    expect(forPeople(new TypeError('x is undefined')).message).toMatch(
      /TypeError: x is undefined \(at .*provider.test/,
    );
  });

  it('are printed once: the line by which the plugin prints them is dropped, others are not', () => {
    const lines: unknown[][] = [];
    const target = { error: (...args: unknown[]) => void lines.push(args) };
    reportErrorsOnce(target);
    const error = forPeople(new Error('the customer vanished'));
    target.error(`${error}: ${error.stack}`);
    target.error('something else', 1);
    target.error(new Error('an object'));
    expect(lines).toEqual([['something else', 1], [new Error('an object')]]);
  });
});
