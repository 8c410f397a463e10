import { beforeEach, describe, expect, it } from 'vitest';
import { toResourceProvider } from '../../../provider/dynamic/provider';
import { SecretValues } from '../../../provider/dynamic/secrets';
import { type Lifecycle, PartialFailure } from '../../../provider/lifecycle';

type Props = Record<string, unknown>;

const secret = (value: unknown) => ({
  '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
  value,
});

describe('values of secret inputs', () => {
  const redacted = (inputs: Props, text: string) => {
    const values = new SecretValues();
    values.add(inputs, Object.keys(inputs));
    return values.redact(text);
  };

  it('are taken out at any depth, as JSON, URLs and forms have them', () => {
    const inputs = { callSettings: { pin: 'a "b" c/d', list: ['John Anderson', 4711] } };
    expect(redacted(inputs, 'a "b" c/d, "a \\"b\\" c/d", ?q=a%20%22b%22%20c%2Fd&q=a+%22b%22+c%2Fd, 4711')).toBe(
      '[secret], "[secret]", ?q=[secret]&q=[secret], [secret]',
    );
    expect(redacted(inputs, 'John Anderson exists')).toBe('[secret] exists');
  });

  it('are taken out where a message shows only the beginning', () => {
    const long = 'abcdefghij'.repeat(10);
    expect(redacted({ notes: long }, `"${long.slice(0, 60)}…" is too long`)).toBe('"[secret]…" is too long');
  });

  it('are words where they are short, so that they leave other words alone', () => {
    const inputs = { country: 'US', digit: '9', firstName: 'Al', limit: 5, empty: ' ', adopt: true };
    expect(redacted(inputs, 'USER US-9, Alice, Al: 5 of 55 (true)')).toBe(
      'USER [secret]-[secret], Alice, [secret]: [secret] of 55 (true)',
    );
  });

  it('are found in lower case where they are mailboxes', () => {
    expect(redacted({ email: 'Alice.Anderson@acme.com' }, 'alice.anderson@acme.com')).toBe('[secret]');
  });
});

describe('a resource with secret inputs', () => {
  let lifecycle: Lifecycle<Props, Props>;
  beforeEach(() => {
    lifecycle = {
      derived: { previous: ['roles'], status: ['roles'] },
      configure: () => undefined,
      check: async (news) => ({ inputs: { ...news, previous: 'old-role' }, failures: [] }),
      diff: async () => ({ changes: true }),
      create: async (inputs) => ({ id: 'id-1', state: { ...inputs, status: 'old-role' } }),
      read: async (_id, state) => ({ id: 'id-1', state: { ...state }, inputs: { ...state } }),
      import: async () => undefined,
      update: async (_id, _state, inputs) => ({ ...inputs, status: 'old-role' }),
      delete: async () => undefined,
    };
  });
  const provider = () => toResourceProvider(lifecycle, new SecretValues());
  const declared = { name: 'Alice', roles: ['a-role'], __secrets: ['roles'] };
  const check = (olds: Props, news: Props, secrets?: string[]) =>
    provider().check?.(olds, { ...news, __caller: JSON.stringify({ name: 'alice', secrets }) });

  it('notes their names, and marks what reveals them', async () => {
    const news = { name: 'Alice', roles: ['a-role'] };
    expect((await check({}, news, ['roles']))?.inputs).toEqual({ ...declared, previous: secret('old-role') });
    const answers = [
      (await provider().create(declared)).outs,
      (await provider().read?.('id-1', { ...declared, status: 'old-role' }))?.props,
      (await provider().update?.('id-1', {}, declared))?.outs,
    ];
    for (const outs of answers) expect(outs).toEqual({ ...declared, status: secret('old-role') });
  });

  it('marks what reveals the old value of an input that is not secret any more, and nothing else', async () => {
    const inputs = { name: 'Alice', roles: ['a-role'] };
    const checked = await check(declared, inputs);
    expect(checked?.inputs).toEqual({ ...inputs, previous: secret('old-role') });
    expect((await check(inputs, inputs))?.inputs).toEqual({ ...inputs, previous: 'old-role' });
    expect((await check(inputs, inputs, ['name']))?.inputs).toMatchObject({ previous: 'old-role' });
  });

  it('handlers see neither notes nor marks', async () => {
    const seen: unknown[] = [];
    lifecycle.diff = async (...args) => {
      seen.push(...args);
      return { changes: false };
    };
    await provider().diff?.('id-1', declared, declared);
    expect(seen).toEqual(['id-1', { name: 'Alice', roles: ['a-role'] }, { name: 'Alice', roles: ['a-role'] }]);
  });

  it('quotes them in no failure, error or reason', async () => {
    const text = 'a-role of Alice was old-role';
    lifecycle.check = async () => ({ inputs: {}, failures: [{ property: 'roles', reason: text }] });
    const checked = await check({ ...declared, roles: ['old-role'] }, declared, ['roles']);
    expect(checked?.failures?.[0]?.reason).toBe('roles: [secret] of Alice was [secret]');
    const thrown = (error: Error) => () => Promise.reject(error);
    lifecycle = { ...lifecycle, diff: thrown(new Error(text)), delete: thrown(new Error(text)) };
    lifecycle = { ...lifecycle, create: thrown(new PartialFailure('id-1', { status: 'a-role' }, [text])) };
    const expected = '[secret] of Alice was old-role';
    await expect(provider().diff?.('id-1', declared, {})).rejects.toThrow(expected);
    await expect(provider().delete?.('id-1', declared)).rejects.toThrow(expected);
    await expect(provider().create(declared)).rejects.toMatchObject({
      message: expected,
      reasons: [expected],
      properties: { status: secret('a-role'), __secrets: ['roles'] },
    });
  });
});
