import type { z } from 'zod';

/** Properties by which zod finds the type of a value; no properties of a resource. */
const OF_EVERY_VALUE = ['constructor', 'length'];

/**
 * The paths of all properties that a schema accepts, nested ones with dots: `address.city`.
 *
 * The schemas wrap each property, so that an unknown value passes, and their shapes can't be walked from outside. So
 * this hands the schema an object that remembers what it is asked for.
 */
export function acceptedInputs(schema: z.ZodType): string[] {
  const asked = new Set<string>();
  const probe = (prefix: string): object =>
    new Proxy(
      {},
      {
        get(target, key) {
          // Some checks read the text of a value with a wrong type.
          if (key === Symbol.toPrimitive) return () => '';
          if (typeof key !== 'string' || OF_EVERY_VALUE.includes(key)) return Reflect.get(target, key);
          const path = prefix === '' ? key : `${prefix}.${key}`;
          asked.add(path);
          return probe(path);
        },
      },
    );
  schema.safeParse(probe(''));
  return [...asked].sort();
}
