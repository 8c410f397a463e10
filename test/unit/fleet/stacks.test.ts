import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Roster } from '../../../provider/fleet/roster/load';
import { ownerAmong } from '../../../provider/fleet/run/resources';
import {
  otherStacks,
  recorded,
  stackCount,
  stackIndexOf,
  stackName,
  suitableCount,
} from '../../../provider/fleet/run/stacks';

/** A roster of so many customers without anything else. */
function roster(customers: number, stacks?: number): Roster {
  const externalIds = Array.from({ length: customers }, (_, number) => `customer-${number}`);
  const none = { locations: [], users: [] };
  return {
    name: 'acme',
    settings: {},
    templates: new Map(),
    customers: externalIds.map((externalId) => ({ externalId, entry: {} as never, ...none })),
    ...(stacks !== undefined && { stacks }),
  };
}

describe('the stack of a customer', () => {
  it('is one of those that there are, and the same for ever', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 9999 }), (externalId, count) => {
        const index = stackIndexOf(externalId, count);
        return index >= 1 && index <= count && index === stackIndexOf(externalId, count);
      }),
    );
    // Recorded in backends: another hash would move every customer.
    expect(['johns-pizza', 'acme', ''].map((id) => stackIndexOf(id, 64))).toEqual([22, 2, 61]);
  });

  it('is spread evenly', () => {
    const sizes = new Map<number, number>();
    for (const { externalId } of roster(6400).customers) {
      const index = stackIndexOf(externalId, 64);
      sizes.set(index, (sizes.get(index) ?? 0) + 1);
    }
    expect(sizes.size).toBe(64);
    expect(Math.max(...sizes.values())).toBeLessThan(150);
    expect(Math.min(...sizes.values())).toBeGreaterThan(60);
  });
});

it('the customer of what is in a state is found by names alone', () => {
  const keys = [
    'CustomerOrg::a',
    'CustomerOrg::a/b',
    'User::a/b/x@example.com',
    'User::a/odd/name@example.com',
    'Location::a/b',
  ];
  const ownerOf = ownerAmong(keys);
  expect(keys.map(ownerOf)).toEqual(['a', 'a/b', 'a/b', 'a', 'a/b']);
});

describe('the number of stacks', () => {
  it('comes from the names of the stacks in the backend', () => {
    const names = ['templates', stackName(3, 64), 'organization/acme/7-of-64', 'another'];
    expect(recorded(names)).toEqual({ count: 64, names: new Set(['templates', '3-of-64', '7-of-64', 'another']) });
    expect(stackCount(roster(10), recorded(names))).toBe(64);
    expect(stackCount(roster(10, 64), recorded(names))).toBe(64);
  });

  it('comes from the roster or its size, if there are no stacks yet', () => {
    expect(stackCount(roster(10, 8), recorded(['templates']))).toBe(8);
    expect(stackCount(roster(10), recorded([]))).toBe(1);
    expect(suitableCount(roster(1000))).toBe(5);
    expect(suitableCount(roster(0))).toBe(1);
  });

  it('finds the stacks of another number', () => {
    const names = ['templates', stackName(1, 2), 'organization/acme/2-of-2', stackName(1, 3)];
    expect(otherStacks(names, 3)).toEqual(['1-of-2', '2-of-2']);
    expect(otherStacks(names, 2)).toEqual(['1-of-3']);
  });

  it('is refused if it would move customers', () => {
    expect(() => stackCount(roster(10, 32), recorded([stackName(1, 64)]))).toThrow(
      'the roster says stacks: 32, but this fleet was made with 64',
    );
    expect(() => recorded([stackName(1, 64), stackName(1, 32)])).toThrow(
      'the names of the stacks contain different numbers (64, 32): a restack was interrupted',
    );
  });
});
