import { beforeEach, describe, expect, it } from 'vitest';
import {
  declare,
  expectTakeover,
  forgetOwners,
  hold,
  isAnyReplaced,
  isHeld,
  isReplacementCheck,
  isTakeoverExpected,
  release,
} from '../../../provider/resources/run/ownership';

beforeEach(forgetOwners);

const caller = (name: string, parent = '') => ({ name, urn: `urn:pulumi:test::acceptance::${parent}$User::${name}` });

describe('one object, one owner', () => {
  it('an object is held from hold to release, by kind and ID', () => {
    hold('user', '1');
    expect([isHeld('user', '1'), isHeld('user', '2'), isHeld('customer', '1')]).toEqual([true, false, false]);
    release('user', '1');
    expect(isHeld('user', '1')).toBe(false);
  });

  it('the second declaration of a key names the first; the first may be checked again', () => {
    const email = 'alice.anderson@acme.com';
    const [alice, alice2] = [caller('alice'), caller('alice-2')];
    expect(declare('user', email, alice)).toBeUndefined();
    expect(declare('user', email, alice)).toBeUndefined();
    expect(declare('user', email, alice2)).toBe('resource "alice"');
    expect(declare('user', email, alice2)).toBe('resource "alice"');
    expect(declare('customer', email, alice2)).toBeUndefined();
  });

  it('children of the same name of two components are two resources', () => {
    const [first, second] = ['acme:index:Sales', 'acme:index:Support'].map((parent) => caller('user', parent));
    if (first === undefined || second === undefined) throw new Error('two callers');
    expect(declare('number of a user', '+14085550100', first)).toBeUndefined();
    expect(declare('number of a user', '+14085550100', second)).toBe(`resource "user" (${first.urn})`);
    expect(isReplacementCheck('user', first.urn, {})).toBe(false);
    expect(isReplacementCheck('user', second.urn, undefined)).toBe(false);
    expect(isReplacementCheck('user', first.urn, undefined)).toBe(true);
  });

  it('knows which objects will be taken over', () => {
    expectTakeover('customer', '1');
    expect([isTakeoverExpected('customer', '1'), isTakeoverExpected('customer', '2')]).toEqual([true, false]);
  });
});

describe('the second check of a replacement', () => {
  it('comes without old inputs after one with them', () => {
    expect(isReplacementCheck('customer', 'johns-pizza', { name: 'old' })).toBe(false);
    expect(isAnyReplaced('customer')).toBe(false);
    expect(isReplacementCheck('customer', 'johns-pizza', undefined)).toBe(true);
    expect([isAnyReplaced('customer'), isAnyReplaced('user')]).toEqual([true, false]);
  });

  it('is not the first check of a new resource, nor one of another name or kind', () => {
    isReplacementCheck('customer', 'johns-pizza', { name: 'old' });
    expect(isReplacementCheck('customer', 'pizza', undefined)).toBe(false);
    expect(isReplacementCheck('user', 'johns-pizza', undefined)).toBe(false);
    expect(isAnyReplaced('customer')).toBe(false);
  });
});
