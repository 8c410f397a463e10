import { beforeEach, describe, expect, it } from 'vitest';
import { UNKNOWN } from '../../../../provider/lifecycle';
import {
  customerFailures,
  followsCustomer,
  immutableFailures,
} from '../../../../provider/resources/define/replacement';
import { Claims } from '../../../../provider/resources/run/claims';

let claims: Claims;
beforeEach(() => {
  claims = new Claims();
});

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

describe('an object with a replaced customer', () => {
  const recorded = { customerId: 'customer-1' };
  const unknown = { customerId: UNKNOWN };

  it('is refused by check, unless it may be replaced', () => {
    expect(customerFailures(claims, recorded, unknown)).toMatchObject([{ property: 'customerId' }]);
    expect(customerFailures(claims, recorded, { ...unknown, allowReplacement: true })).toEqual([]);
    expect(customerFailures(claims, undefined, unknown)).toEqual([]);
    expect(customerFailures(claims, recorded, { customerId: 'customer-1' })).toEqual([]);
  });

  it('stays where a renamed resource takes that customer over', () => {
    claims.expectAdoption('customer', 'customer-1', 'urn');
    expect(customerFailures(claims, recorded, unknown)).toEqual([]);
    expect(followsCustomer(claims, 'user', recorded, unknown)).toBe(false);
    expect(customerFailures(claims, { customerId: 'customer-2' }, unknown)).toHaveLength(1);
  });

  it('is destroyed with its customer, and prevents its replacement unless it may be replaced', () => {
    expect(followsCustomer(claims, 'user', recorded, recorded)).toBe(false);
    expect(followsCustomer(claims, 'user', recorded, unknown)).toBe(true);
    claims.isReplacementCheck('customer', 'johns-pizza', {});
    claims.isReplacementCheck('customer', 'johns-pizza', undefined);
    expect(() => followsCustomer(claims, 'user alice', recorded, unknown)).toThrow(
      /^user alice would have to be deleted/,
    );
    expect(followsCustomer(claims, 'user', recorded, { ...unknown, allowReplacement: true })).toBe(true);
  });
});
