import type { z } from 'zod';
import type { CheckFailure } from '../../lifecycle';
import { failuresFrom } from '../../resources/inputs/failures';
import type { JsonSchema } from './json-schema';
import { nearest, schemaAt } from './names';
import type { Path, Problem } from './problems';
import type { Written } from './written';

/** A customer, location, user or template of a roster, before and after it is checked. */
export interface Entity extends Written {
  /** What problems call it: `customer "acme"`. */
  label: string;
  /** What is written, on top of the roster's defaults. */
  merged: Record<string, unknown>;
  defaults?: Written;
}

/** Makes an entity of what is written and the roster's defaults for its kind; a default is taken whole or not at all. */
export function entity(label: string, from: Written, defaults?: Written): Entity {
  return { ...from, label, merged: { ...defaults?.data, ...from.data }, ...(defaults && { defaults }) };
}

/** A value of an entity, if it is a text. */
export function textOf({ merged }: Entity, name: string): string | undefined {
  const value = Object.hasOwn(merged, name) ? merged[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** A problem with a property of an entity, at its place: in the defaults, where it comes from there. */
export function problemOf(from: Entity, path: Path, message: string, key = false): Problem {
  const defaults = defaultsWith(from, path);
  if (defaults) return { ...defaults.place(path, key), message: `defaults: ${message}` };
  return { ...from.place(path, key), message: from.label ? `${from.label}: ${message}` : message };
}

/** The defaults, where a property comes from there. */
function defaultsWith({ data, defaults }: Entity, [first]: Path): Written | undefined {
  if (typeof first !== 'string' || Object.hasOwn(data, first)) return undefined;
  return defaults && Object.hasOwn(defaults.data, first) ? defaults : undefined;
}

/**
 * Checks an entity with the schema of its kind, and with the rules that need all of it where it has the right shape.
 *
 * @returns the checked values, or undefined where something is wrong with it
 */
export function checked<T>(
  from: Entity,
  schema: z.ZodType<T>,
  shape: JsonSchema,
  problems: Problem[],
  rules: (values: T) => CheckFailure[] = () => [],
): T | undefined {
  const result = schema.safeParse(from.merged, { reportInput: true });
  const failures = result.success ? rules(result.data) : withoutMeant(failuresFrom(result.error.issues), shape);
  for (const failure of failures) {
    // The defaults have been checked by themselves, once.
    if (!result.success && defaultsWith(from, pathFrom(failure.property))) continue;
    problems.push(problemFrom(from, failure, shape));
  }
  return failures.length === 0 && result.success ? result.data : undefined;
}

/** A value under a misspelt name is one mistake: that the right name is missing then needs no line of its own. */
function withoutMeant(failures: CheckFailure[], shape: JsonSchema): CheckFailure[] {
  const meant = failures.flatMap(({ property, reason }) => {
    const name = isUnknownName(reason) ? nameMeant(pathFrom(property), shape) : undefined;
    return name === undefined ? [] : [[...pathFrom(property).slice(0, -1), name].join('.')];
  });
  return failures.filter(({ property, reason }) => reason !== 'is required' || !meant.includes(property));
}

function isUnknownName(reason: string): boolean {
  return /^there is no such property; remove/.test(reason);
}

/** The name that a property has in the schema, which was probably meant. */
function nameMeant(path: (string | number)[], shape: JsonSchema): string | undefined {
  return nearest(String(path.at(-1)), Object.keys(schemaAt(shape, path.slice(0, -1))?.properties ?? {}));
}

/** A failure of a check as a problem at its place. */
export function problemFrom(from: Entity, { property, reason }: CheckFailure, shape: JsonSchema): Problem {
  const path = pathFrom(property);
  const meant = isUnknownName(reason) ? nameMeant(path, shape) : undefined;
  const hint = meant === undefined ? '' : `; did you mean "${meant}"?`;
  // A number without quotes has lost its leading zeros; what to write is what was written.
  const written = from.written?.(path);
  const text = written === undefined ? reason : reason.replace(/\("[^"]*", in quotes\)/, `("${written}", in quotes)`);
  return problemOf(from, path, `${property} ${text}${hint}`.trim(), /^there is no such/.test(reason));
}

/** `headquarters.address.country`, `phoneNumbers[2]` as steps. */
function pathFrom(property: string): (string | number)[] {
  return [...property.matchAll(/[^.[\]]+|\[(\d+)\]/g)].map(([text, index]) =>
    index === undefined ? text : Number(index),
  );
}
