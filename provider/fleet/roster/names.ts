import { closestMatch } from 'leven';
import type { JsonSchema } from './json-schema';
import type { Path } from './problems';

/** The part of a schema at a path; undefined if there is none. */
export function schemaAt(schema: JsonSchema, path: Path): JsonSchema | undefined {
  let found: JsonSchema | undefined = schema;
  for (const step of path) {
    if (step === '__proto__') return undefined;
    if (typeof step === 'number') found = found?.items;
    else if (found?.properties && Object.hasOwn(found.properties, step)) found = found.properties[step];
    else found = typeof found?.additionalProperties === 'object' ? found.additionalProperties : undefined;
  }
  return found;
}

/** All valid column names: the paths of values that are no objects. */
export function columnNames(schema: JsonSchema, prefix = ''): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, part]) =>
    Object.keys(part.properties ?? {}).length > 0 ? columnNames(part, `${prefix}${name}.`) : [`${prefix}${name}`],
  );
}

/** Limits for the comparison of names, because its time grows with both. */
const LONGEST_NAME = 100;
const MOST_NAMES = 10_000;

/** The name that a misspelt one probably stands for; undefined if none is similar enough. */
export function nearest(written: string, names: readonly string[]): string | undefined {
  if (written.length > LONGEST_NAME || names.length > MOST_NAMES) return undefined;
  const same = names.find((name) => letters(name) === letters(written));
  return same ?? closestMatch(written, [...names], { maxDistance: furthest(written) });
}

/** `E-Mail` and `first name` differ from `email` and `firstName` in case and separators only. */
function letters(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

/** `; did you mean "firstName"?`, or an empty text if no name is similar enough. */
export function didYouMean(written: string, names: readonly string[]): string {
  const name = nearest(written, names);
  return name === undefined ? '' : `; did you mean "${name}"?`;
}

/** The largest distance of similar names. Swapped letters have distance two; in short words almost all are similar. */
function furthest({ length }: string): number {
  if (length < 4) return length < 3 ? 0 : 1;
  return Math.max(2, Math.floor(length / 3));
}
