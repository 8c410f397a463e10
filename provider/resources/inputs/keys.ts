import type { z } from 'zod';

/** The names of the properties of a schema, without `except`: a new property of the schema is among them by itself. */
export function keysOf<Shape extends z.ZodRawShape, Except extends keyof Shape & string = never>(
  schema: z.ZodObject<Shape>,
  except: readonly Except[] = [],
): readonly Exclude<keyof Shape & string, Except>[] {
  return without(Object.keys(schema.shape) as (keyof Shape & string)[], except);
}

/** `keys` without `except`. */
export function without<K extends string, Except extends K>(
  keys: readonly K[],
  except: readonly Except[],
): readonly Exclude<K, Except>[] {
  return keys.filter((key): key is Exclude<K, Except> => !(except as readonly string[]).includes(key));
}

/**
 * Which operation changes each input. `never`: no operation does; `recorded`: it is not sent, but tells how the object
 * is managed. The compiler refuses an input of the schema that is missing here.
 */
export type Changes<Inputs> = { readonly [key in keyof Inputs]-?: string };

/** The inputs that an operation changes. */
export type KeyBy<C, Operation> = { [key in keyof C]: C[key] extends Operation ? key : never }[keyof C] & string;

/** The inputs that one of these operations changes, in their order. */
export function keysBy<C extends Changes<object>, Operation extends C[keyof C] & string>(
  changes: C,
  ...operations: Operation[]
): readonly KeyBy<C, Operation>[] {
  const keys = Object.entries(changes).filter(([, operation]) => (operations as string[]).includes(operation));
  return keys.map(([key]) => key as KeyBy<C, Operation>);
}

/** The properties of `value` that are among `keys` and defined. */
export function pick<T extends object, K extends keyof T & string>(value: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.filter((key) => value[key] !== undefined).map((key) => [key, value[key]])) as Pick<
    T,
    K
  >;
}

/**
 * The properties of `value` that are among `keys`, also undefined ones: merged into a state, they remove what is
 * there.
 */
export function all<T extends object, K extends keyof T & string>(value: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, value[key]])) as Pick<T, K>;
}
