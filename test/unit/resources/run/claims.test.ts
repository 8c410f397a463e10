import { beforeEach, describe, expect, it } from 'vitest';
import { Claims } from '../../../../provider/resources/run/claims';

const caller = (name: string, parent = '') => ({ name, urn: `urn:pulumi:test::acceptance::${parent}$User::${name}` });

let claims: Claims;
beforeEach(() => {
  claims = new Claims();
});

describe('one object, one resource', () => {
  it('an object is claimed from claim to release, by kind and ID', () => {
    claims.claim('user', '1');
    const claimed = [claims.isClaimed('user', '1'), claims.isClaimed('user', '2'), claims.isClaimed('customer', '1')];
    expect(claimed).toEqual([true, false, false]);
    claims.release('user', '1');
    expect(claims.isClaimed('user', '1')).toBe(false);
  });

  it('the second to declare a key gets the name of the first; the first may check again', () => {
    const email = 'alice.anderson@acme.com';
    const [alice, alice2] = [caller('alice'), caller('alice-2')];
    expect(claims.declare('user', email, alice)).toBeUndefined();
    expect(claims.declare('user', email, alice)).toBeUndefined();
    expect(claims.declare('user', email, alice2)).toBe('resource "alice"');
    expect(claims.declare('user', email, alice2)).toBe('resource "alice"');
    expect(claims.declare('customer', email, alice2)).toBeUndefined();
  });

  it('children of the same name of two components are two resources', () => {
    const [first, second] = ['acme:index:Sales', 'acme:index:Support'].map((parent) => caller('user', parent));
    if (first === undefined || second === undefined) throw new Error('two callers');
    expect(claims.declare('number of a user', '+14085550100', first)).toBeUndefined();
    expect(claims.declare('number of a user', '+14085550100', second)).toBe(`resource "user" (${first.urn})`);
    expect(claims.isReplacementCheck('user', first.urn, {})).toBe(false);
    expect(claims.isReplacementCheck('user', second.urn, undefined)).toBe(false);
    expect(claims.isReplacementCheck('user', first.urn, undefined)).toBe(true);
  });

  it('knows which objects will be adopted, and which updated', () => {
    claims.expectAdoption('customer', '1', 'urn');
    claims.expectUpdate('customer', '2');
    expect(['1', '2'].map((id) => claims.isAdoptionExpected('customer', id))).toEqual([true, false]);
    expect(['1', '2'].map((id) => claims.isUpdateExpected('customer', id))).toEqual([false, true]);
  });
});

describe('the second check of a replacement', () => {
  it('may come without old inputs after one with them', () => {
    expect(claims.isReplacementCheck('customer', 'johns-pizza', { name: 'old' })).toBe(false);
    expect(claims.mayReplace('customer')).toBe(false);
    expect(claims.isReplacementCheck('customer', 'johns-pizza', undefined)).toBe(true);
    expect([claims.mayReplace('customer'), claims.mayReplace('user')]).toEqual([true, false]);
  });

  it('is not the first check of a new resource, nor one of another name or kind', () => {
    claims.isReplacementCheck('customer', 'johns-pizza', { name: 'old' });
    expect(claims.isReplacementCheck('customer', 'pizza', undefined)).toBe(false);
    expect(claims.isReplacementCheck('user', 'johns-pizza', undefined)).toBe(false);
  });

  it('may be what a check without old inputs is, of which there is none in a destroy', () => {
    expect(claims.mayReplace('customer')).toBe(false);
    claims.isReplacementCheck('customer', 'pizza', undefined);
    expect([claims.mayReplace('customer'), claims.mayReplace('user')]).toEqual([true, false]);
  });
});
