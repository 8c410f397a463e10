import { expect, it } from 'vitest';
import { z } from 'zod';
import { all, keysOf, pick, without } from '../../../../provider/resources/inputs/keys';

it('keys follow from the schema, so that a new property is recorded and compared by itself', () => {
  const schema = z.strictObject({ name: z.string(), notes: z.string(), orgId: z.string() });
  expect(keysOf(schema)).toEqual(['name', 'notes', 'orgId']);
  expect(without(keysOf(schema, ['orgId']), ['name'])).toEqual(['notes']);
});

it('all takes the given keys, also undefined ones', () => {
  expect(all({ a: 1, b: undefined as number | undefined, c: 3 }, ['a', 'b'])).toStrictEqual({ a: 1, b: undefined });
});

it('pick takes the given keys that are defined', () => {
  expect(pick({ a: 1, b: undefined as number | undefined, c: 3 }, ['a', 'b'])).toStrictEqual({ a: 1 });
});
