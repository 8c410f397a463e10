import fc from 'fast-check';
import { UNKNOWN } from '../../../provider/lifecycle';

/** A recipe for a value: huge or deep ones are made only when they are needed. */
export type Recipe =
  | { plain: unknown }
  | { repeat: string; times: number }
  | { depth: number; of: 'lists' | 'objects' }
  | { items: number };

/** A change of a tree of JSON values: its place, operation, name and value. */
export interface Mutation {
  at: number;
  how: 'replace' | 'remove' | 'add';
  name: string;
  value: Recipe;
}

/** Names with a meaning in JavaScript, and unknown names. */
const names = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'toJSON', 'then'),
  fc.constantFrom('', ' ', '__provider', '__caller', '__defaults', 'id', 'urn', 'status', 'packages', 'package', '0'),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

const texts = fc.oneof(
  fc.constantFrom('', ' ', '\0', '\ud800', '\udc00 x', '\u001b[31mred', 'a\nb', '\u202eabc', '\ufeff', '../..', '.'),
  fc.constantFrom('%', '%00', '<script>', '$name', '{{name}}', '<{%reset%}>', 'null', 'NaN', '1e999', '-0', UNKNOWN),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
);

const plain = fc.oneof(
  texts,
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 2 ** 53, 1e308, Number.NaN, Infinity, -Infinity),
  fc.constantFrom<unknown>([], {}, [[]], [null], [UNKNOWN], { a: UNKNOWN }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(names, fc.oneof(texts, fc.jsonValue({ maxDepth: 2 })), { maxKeys: 3 }),
);

const recipes: fc.Arbitrary<Recipe> = fc.oneof(
  { weight: 200, arbitrary: plain.map((value) => ({ plain: value })) },
  { weight: 4, arbitrary: fc.record({ repeat: texts, times: fc.constantFrom(100, 50_000) }) },
  {
    weight: 3,
    arbitrary: fc.record({ depth: fc.constantFrom(50, 70, 20_000), of: fc.constantFrom('lists', 'objects') }),
  },
  { weight: 3, arbitrary: fc.record({ items: fc.constantFrom(50, 300) }) },
);

/** Up to three changes; none in a quarter of the cases. */
export const mutations: fc.Arbitrary<Mutation[]> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Mutation[]>([]) },
  {
    weight: 3,
    arbitrary: fc.array(
      fc.record({
        at: fc.nat(200),
        how: fc.constantFrom('replace', 'replace', 'remove', 'add'),
        name: names,
        value: recipes,
      }),
      { minLength: 1, maxLength: 3 },
    ),
  },
);

/** The value of a recipe. */
export function made(recipe: Recipe): unknown {
  // Copy it, so that later changes of the tree don't affect the next case.
  if ('plain' in recipe) return structuredClone(recipe.plain);
  if ('repeat' in recipe) return recipe.repeat.repeat(recipe.times);
  if ('items' in recipe) return Array.from({ length: recipe.items }, (_, index) => ({ index }));
  let value: unknown = 'deep';
  for (let level = 0; level < recipe.depth; level++) value = recipe.of === 'lists' ? [value] : { a: value };
  return value;
}

type Place = { holder: Record<string, unknown> | unknown[]; key: string | number };

/** A copy of a tree of JSON values with changes. */
export function mutated(original: unknown, changes: readonly Mutation[]): unknown {
  const root: Record<string, unknown> = { tree: structuredClone(original) };
  for (const { at, how, name, value } of changes) {
    const all = places(root);
    const { holder, key } = all[at % all.length] as Place;
    const here = (holder as Record<string | number, unknown>)[key];
    if (how === 'replace') set(holder, key, made(value));
    else if (how === 'remove') remove(holder, key);
    else if (Array.isArray(here)) here.push(made(value));
    else if (typeof here === 'object' && here !== null) set(here as Record<string, unknown>, name, made(value));
    else set(holder, key, made(value));
  }
  return root.tree;
}

/** The places in a tree, at most a few hundred and not very deep ones. */
function places(root: Record<string, unknown>): Place[] {
  const found: Place[] = [{ holder: root, key: 'tree' }];
  for (let index = 0; index < found.length && found.length < 300; index++) {
    const { holder, key } = found[index] as Place;
    const value = (holder as Record<string | number, unknown>)[key];
    if (Array.isArray(value)) found.push(...value.slice(0, 50).map((_, item) => ({ holder: value, key: item })));
    else if (typeof value === 'object' && value !== null)
      found.push(...Object.keys(value).map((name) => ({ holder: value as Record<string, unknown>, key: name })));
  }
  return found;
}

/** Sets a property as JSON.parse does: `__proto__` is an ordinary name. */
function set(holder: Record<string, unknown> | unknown[], key: string | number, value: unknown): void {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}

function remove(holder: Record<string, unknown> | unknown[], key: string | number): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}
