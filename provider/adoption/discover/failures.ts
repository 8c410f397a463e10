import type { z } from 'zod';
import type { CheckFailure } from '../../lifecycle';
import { validate } from '../../resources/inputs/validation';

/** What a resource's own rules say against inputs that were found, in words. */
export function failuresOf<T>(schema: z.ZodType<T>, found: object, rules: (inputs: T) => CheckFailure[]): string[] {
  const { inputs, failures } = validate<T>(schema, found);
  const all = failures.length > 0 ? failures : rules(inputs);
  return all.map(({ property, reason }) => `${property} ${reason}`);
}
