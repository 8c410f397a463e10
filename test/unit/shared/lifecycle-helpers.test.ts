import { beforeEach, describe, expect, it } from 'vitest';
import { PartialFailure, UNKNOWN } from '../../../provider/lifecycle';
import {
  followsCustomer,
  identityFailure,
  immutableFailures,
  inSteps,
  pick,
} from '../../../provider/resources/outcomes/lifecycle-helpers';
import { expectTakeover, forgetOwners, isReplacementCheck } from '../../../provider/resources/run/ownership';
import { snapshot } from '../../../provider/resources/run/snapshot';

beforeEach(forgetOwners);

describe('immutable inputs', () => {
  interface Inputs {
    name?: string;
    language?: string;
    allowReplacement?: boolean;
  }
  const before: Inputs = { name: "John's Pizza" };
  const keys = ['name', 'language'] as const;

  it('fail with both values and the way out', () => {
    const [failure, ...others] = immutableFailures(keys, before, { ...before, name: 'Other' });
    expect(others).toEqual([]);
    expect(failure?.property).toBe('name');
    expect(failure?.reason).toContain(`can't be changed from "John's Pizza" to "Other"`);
    expect(failure?.reason).toContain('allowReplacement: true');
  });

  it('fail where one is declared for the first time', () => {
    const [failure] = immutableFailures(keys, before, { ...before, language: 'en' });
    expect(failure?.reason).toContain('from nothing to "en"');
  });

  it.each<[string, Inputs]>([
    ['nothing changed', { ...before }],
    ['an unknown value', { ...before, name: UNKNOWN }],
    ['no longer declared', { ...before, name: undefined }],
    ['replacement is allowed', { ...before, name: 'Other', allowReplacement: true }],
  ])('pass: %s', (_, now) => expect(immutableFailures(keys, before, now)).toEqual([]));

  it('pass for a new resource', () => expect(immutableFailures<Inputs>(keys, undefined, before)).toEqual([]));
});

describe('an object whose customer is created anew', () => {
  const recorded = { customerId: 'customer-1' };
  const unknown = { customerId: UNKNOWN };

  it('is refused by check, unless it may be replaced', () => {
    expect(identityFailure(recorded, unknown)).toMatchObject([{ property: 'customerId' }]);
    expect(identityFailure(recorded, { ...unknown, allowReplacement: true })).toEqual([]);
    expect(identityFailure(undefined, unknown)).toEqual([]);
    expect(identityFailure(recorded, { customerId: 'customer-1' })).toEqual([]);
  });

  it('stays where a renamed resource takes that customer over', () => {
    expectTakeover('customer', 'customer-1');
    expect(identityFailure(recorded, unknown)).toEqual([]);
    expect(followsCustomer('user', recorded, unknown)).toBe(false);
    expect(identityFailure({ customerId: 'customer-2' }, unknown)).toHaveLength(1);
  });

  it('goes with its customer when both are destroyed, and stops its replacement unless it may be replaced', () => {
    expect(followsCustomer('user', recorded, recorded)).toBe(false);
    expect(followsCustomer('user', recorded, unknown)).toBe(true);
    isReplacementCheck('customer', 'johns-pizza', {});
    isReplacementCheck('customer', 'johns-pizza', undefined);
    expect(() => followsCustomer('user alice', recorded, unknown)).toThrow(/^user alice would have to be deleted/);
    expect(followsCustomer('user', recorded, { ...unknown, allowReplacement: true })).toBe(true);
  });
});

describe('inSteps', () => {
  const start = { name: 'Denver', step: 0 };

  it('gives what the steps recorded', async () => {
    const state = await inSteps('id-1', start, false, async (note, current) => {
      note({ step: 1 });
      expect(current()).toEqual({ name: 'Denver', step: 1 });
      note({ step: 2 });
    });
    expect(state).toEqual({ name: 'Denver', step: 2 });
  });

  it('a failure after something was recorded keeps it', async () => {
    const cause = new Error('no PSTN');
    const failing = inSteps('id-1', start, false, async (note) => {
      note({ step: 1 });
      throw cause;
    });
    const failure = (await failing.catch((error: unknown) => error)) as PartialFailure;
    expect(failure).toBeInstanceOf(PartialFailure);
    expect(failure).toMatchObject({ id: 'id-1', state: { name: 'Denver', step: 1 }, reasons: ['no PSTN'], cause });
  });

  it('a failure before anything was done is no partial one, unless the object exists already by our doing', async () => {
    const fail = () => Promise.reject(new Error('refused'));
    const plain = await inSteps('id-1', start, false, fail).catch((error: unknown) => error);
    expect(plain).not.toBeInstanceOf(PartialFailure);
    const partial = await inSteps('id-1', start, true, fail).catch((error: unknown) => error);
    expect(partial).toBeInstanceOf(PartialFailure);
  });

  it('passes a partial failure on as it is', async () => {
    const inner = new PartialFailure('id-2', {}, ['inner']);
    await expect(inSteps('id-1', start, true, () => Promise.reject(inner))).rejects.toBe(inner);
  });

  it('makes what was read before worthless, also when it fails', async () => {
    let asked = 0;
    const list = () => snapshot('users', async () => ++asked);
    await list();
    await inSteps('id-1', start, true, async () => void (await list()));
    await list();
    await inSteps('id-1', start, true, () => Promise.reject(new Error('refused'))).catch(() => undefined);
    expect(await list()).toBe(4);
  });
});

it('pick takes the given keys that are defined', () => {
  expect(pick({ a: 1, b: undefined as number | undefined, c: 3 }, ['a', 'b'])).toStrictEqual({ a: 1 });
});
