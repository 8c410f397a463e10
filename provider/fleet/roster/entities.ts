import type { z } from 'zod';
import type { CheckFailure } from '../../lifecycle';
import { failuresFrom } from '../../resources/inputs/failures';
import { spreadsheetFailures, spreadsheetHint, textsIn } from './cells';
import { hidesSomething } from './characters';
import type { JsonSchema } from './json-schema';
import { nearest, schemaAt } from './names';
import type { Path } from './problems';
import type { Written } from './written';

/** A customer, location, user or template of a roster, before and after it is checked. */
export interface Entity extends Written {
  /** Name in messages: `customer "acme"`. */
  label: string;
  /** The written properties, with the roster's defaults for the others. */
  merged: Record<string, unknown>;
  defaults?: Written;
  /** True for a row of a CSV file. */
  isRow?: boolean;
  /** Paths of properties with a problem. Further problems of these are consequences, and not reported. */
  reported: Set<string>;
}

/** Makes an entity of written values and the roster's defaults for its kind. Nested objects are not merged. */
export function entity(label: string, from: Written, defaults?: Written): Entity {
  return {
    ...from,
    label,
    merged: { ...defaults?.data, ...from.data },
    ...(defaults && { defaults }),
    reported: new Set(),
  };
}

/** A property of an entity; undefined if it is not a text. */
export function textOf({ merged }: Entity, name: string): string | undefined {
  const value = Object.hasOwn(merged, name) ? merged[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** Reports a problem at the place of a property; in the defaults, if the property comes from there. */
export function reportOn(from: Entity, path: Path, message: string, key = false): void {
  const property = path.join('.');
  if (from.reported.has(property)) return;
  if (path.length > 0) from.reported.add(property);
  const defaults = defaultsWith(from, path);
  if (defaults) defaults.report(`defaults: ${message}`, path, key);
  else from.report(from.label ? `${from.label}: ${message}` : message, path, key);
}

/** The defaults, if the property comes from there. */
function defaultsWith({ data, defaults }: Entity, [first]: Path): Written | undefined {
  if (typeof first !== 'string' || Object.hasOwn(data, first)) return undefined;
  return defaults && Object.hasOwn(defaults.data, first) ? defaults : undefined;
}

/**
 * Checks an entity with the schema of its kind and, if it is valid, with the rules that need the whole entity.
 *
 * @returns the checked values; undefined if a problem was reported
 */
export function checked<T>(
  from: Entity,
  schema: z.ZodType<T>,
  shape: JsonSchema,
  rules: (values: T) => CheckFailure[] = () => [],
): T | undefined {
  const result = schema.safeParse(from.merged, { reportInput: true });
  const failures = result.success ? rules(result.data) : withoutMeant(failuresFrom(result.error.issues), shape);
  const damaged = damagedValues(from);
  const isDamaged = ({ property }: CheckFailure) => damaged.some((each) => each.property === property);
  for (const failure of [...damaged, ...failures.filter((each) => !isDamaged(each))]) {
    const path = pathFrom(failure.property);
    // The defaults have been checked separately, once.
    if (!result.success && defaultsWith(from, path)) continue;
    if (failure.reason === 'is required' && from.lacksColumn?.(path)) continue;
    reportFailure(from, failure, shape);
  }
  return failures.length + damaged.length === 0 && result.success ? result.data : undefined;
}

/** Values that are certainly wrong, although their form may be valid. */
function damagedValues({ data, isRow, isExact }: Entity): CheckFailure[] {
  const hidden = textsIn(data).filter(({ property, text }) => {
    const path = pathFrom(property);
    return hidesSomething(path.at(-1) ?? '', text) && isExact?.(path) !== true;
  });
  return [
    ...hidden.map(({ property, text }) => ({
      property,
      reason: `${JSON.stringify(text)} contains an invisible character; enter it again`,
    })),
    ...(isRow ? spreadsheetFailures(data) : []),
  ];
}

/** Omits "is required" for a property that is present under a misspelt name, which is reported. */
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

/** The name in the schema that a misspelt name probably stands for. */
function nameMeant(path: (string | number)[], shape: JsonSchema): string | undefined {
  return nearest(String(path.at(-1)), Object.keys(schemaAt(shape, path.slice(0, -1))?.properties ?? {}));
}

/** Reports a failure of a check at its place. */
export function reportFailure(from: Entity, { property, reason }: CheckFailure, shape: JsonSchema): void {
  const path = pathFrom(property);
  const meant = isUnknownName(reason) ? nameMeant(path, shape) : undefined;
  const hint = meant === undefined ? '' : `; did you mean "${meant}"?`;
  // A number without quotes has lost its leading zeros: suggest the text in the file.
  const written = from.written?.(path);
  const text = written === undefined ? reason : reason.replace(/\("[^"]*", in quotes\)/, `("${written}", in quotes)`);
  const more = from.isRow ? spreadsheetHint(property, valueAt(from.data, path)) : '';
  reportOn(from, path, `${property} ${text}${hint}${more}`.trim(), /^there is no such/.test(reason));
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string | number, unknown> | undefined)?.[step], data);
}

/** The steps of a path such as `headquarters.address.country` or `phoneNumbers[2]`. */
function pathFrom(property: string): (string | number)[] {
  return [...property.matchAll(/[^.[\]]+|\[(\d+)\]/g)].map(([text, index]) =>
    index === undefined ? text : Number(index),
  );
}
