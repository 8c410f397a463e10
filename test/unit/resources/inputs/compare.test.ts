import { describe, expect, it } from 'vitest';
import { UNKNOWN } from '../../../../provider/lifecycle';
import {
  changedKeys,
  describeDifferences,
  differs,
  hasUnknown,
  inOrderOf,
  same,
} from '../../../../provider/resources/inputs/compare';

describe('same', () => {
  it.each([
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [{ a: 1, b: undefined }, { a: 1 }],
    [
      ['webex_calling', 'webex_suite'],
      ['webex_suite', 'webex_calling'],
    ],
    [{ list: [{ x: undefined, y: 1 }] }, { list: [{ y: 1 }] }],
    [undefined, undefined],
    ['é', 'é'],
  ])('%j means %j', (left, right) => expect(same(left, right)).toBe(true));

  it.each([
    [['a'], ['a', 'a']],
    [
      [{ a: 1 }, { a: 2 }],
      [{ a: 2 }, { a: 1 }],
    ],
    [undefined, null],
    [undefined, []],
    ['1', 1],
    [{}, { a: null }],
    [{ a: 1 }, JSON.parse('{"a": 1, "__proto__": {"b": 2}}')],
  ])('%j does not mean %j', (left, right) => expect(same(left, right)).toBe(false));
});

describe('differs', () => {
  it.each([
    ['what is unknown', 'a', UNKNOWN],
    ['what is unknown within an object', { a: 1, b: 2 }, { a: UNKNOWN, b: 2 }],
    ['what is unknown deep inside', { a: { b: { c: 1 } } }, { a: { b: { c: UNKNOWN } } }],
    ['a list of the same length with something unknown', ['a', 'b'], ['b', UNKNOWN]],
    ['order of packages', ['a', 'b'], ['b', 'a']],
  ])('is false for %s', (_what, recorded, wanted) => expect(differs(recorded, wanted)).toBe(false));

  it.each([
    ['a known part beside an unknown one', { a: 1, b: 2 }, { a: UNKNOWN, b: 3 }],
    ['a list that grows by something unknown', ['a'], ['a', UNKNOWN]],
    ['a new text in a list with something unknown', ['a', 'b'], ['c', UNKNOWN]],
    ['an object with something unknown where nothing was', undefined, { a: UNKNOWN }],
    ['a list with something unknown where a text was', 'a', [UNKNOWN]],
    ['a part that is no longer declared', { a: 1, b: 2 }, { a: UNKNOWN }],
    ['nothing where something was', 'a', undefined],
  ])('is true for %s', (_what, recorded, wanted) => expect(differs(recorded, wanted)).toBe(true));
});

it('hasUnknown looks everywhere, and only for that one text', () => {
  for (const value of [UNKNOWN, [[UNKNOWN]], { a: [{ b: UNKNOWN }] }]) expect(hasUnknown(value)).toBe(true);
  for (const value of ['', `${UNKNOWN}.`, { [UNKNOWN]: 1 }, null, undefined, 5]) expect(hasUnknown(value)).toBe(false);
});

it('changedKeys names only the keys that it is asked about', () => {
  const recorded = { a: 1, b: 2, c: 3 };
  expect(changedKeys(['a', 'b'], recorded, { a: 1, b: 5, c: 9 } as never)).toEqual(['b']);
  expect(changedKeys(['a', 'constructor' as never], recorded, { a: UNKNOWN } as never)).toEqual([]);
});

describe('describeDifferences', () => {
  it('names paths, what is, and what is declared', () => {
    const actual = { name: 'Denver', address: { city: 'Milpitas', state: 'CA' }, packages: ['b', 'a'] };
    const declared = { name: 'Denver', address: { city: 'San Jose', zip: '95035' }, packages: ['a', 'c'] };
    expect(describeDifferences(actual, declared)).toEqual([
      'address.city is "Milpitas", declared is "San Jose"',
      'address.zip is not set, declared is "95035"',
      'packages is ["b","a"], declared is ["a","c"]',
    ]);
  });

  it('ignores undeclared properties and another order', () => {
    expect(describeDifferences({ a: 1, list: ['x', 'y'] }, { list: ['y', 'x'], b: undefined })).toEqual([]);
  });
});

describe('lists in the order of the last update', () => {
  it('keep each entry at its index, at any depth', () => {
    const before = { packages: ['a', 'b', 'c'], calling: { phoneNumbers: ['1', '2'] } };
    const wanted = { packages: ['d', 'c', 'a'], calling: { phoneNumbers: ['2', '1'] }, name: 'x' };
    expect(inOrderOf(before, wanted)).toEqual({
      packages: ['a', 'd', 'c'],
      calling: { phoneNumbers: ['1', '2'] },
      name: 'x',
    });
  });

  it.each([
    ['what is new comes last', ['a', 'b'], ['c', 'b', 'a'], ['a', 'b', 'c']],
    ['or takes the place of what is removed', ['a', 'b'], ['b', 'd', 'e'], ['d', 'b', 'e']],
    ['else the last one takes it', ['a', 'b', 'c', 'd'], ['b', 'c', 'd'], ['d', 'b', 'c']],
    ['or nothing, at the end', ['a', 'b', 'c', 'd'], ['a', 'b'], ['a', 'b']],
    ['nothing is left', ['a', 'b'], [], []],
  ])('%s', (_what, before, wanted, list) => expect(inOrderOf({ list: before }, { list: wanted })).toEqual({ list }));

  it('are left as they are where they are no sets', () => {
    const wanted = { list: ['b', 'a', 'a'], rows: [{ b: 1 }, { a: 1 }], text: 'x' };
    expect(inOrderOf({ list: ['a', 'b'], rows: [{ a: 1 }, { b: 1 }], text: ['x'] }, wanted)).toEqual(wanted);
    expect(inOrderOf(undefined, wanted)).toBe(wanted);
  });
});
