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

describe('one object, one owner', () => {
  it('an object is held from hold to release, by kind and ID', () => {
    hold('user', '1');
    expect([isHeld('user', '1'), isHeld('user', '2'), isHeld('customer', '1')]).toEqual([true, false, false]);
    release('user', '1');
    expect(isHeld('user', '1')).toBe(false);
  });

  it('the second to declare a key is told who was first; the first may check again', () => {
    const email = 'alice.anderson@acme.com';
    expect(declare('user', email, 'alice')).toBeUndefined();
    expect(declare('user', email, 'alice')).toBeUndefined();
    expect(declare('user', email, 'alice-2')).toBe('alice');
    expect(declare('user', email, 'alice-2')).toBe('alice');
    expect(declare('customer', email, 'alice-2')).toBeUndefined();
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
