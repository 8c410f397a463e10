import type { z } from 'zod';
import type { CheckFailure } from '../../lifecycle';
import type { Calling } from '../../resources/calling/schema';
import { validate } from '../../resources/inputs/validation';

/** A calling block without its default: `enabled: true` is omitted if there are other properties. */
export function callingDeclared(calling: Calling | undefined): { calling?: Partial<Calling> } {
  if (calling === undefined) return {};
  const { enabled, ...rest } = calling;
  return { calling: enabled && Object.keys(rest).length > 0 ? rest : calling };
}

/** The failures of found inputs by the resource's own rules, as messages. */
export function failuresOf<T>(schema: z.ZodType<T>, found: object, rules: (inputs: T) => CheckFailure[]): string[] {
  const { inputs, failures } = validate<T>(schema, found);
  const all = failures.length > 0 ? failures : rules(inputs);
  return all.map(({ property, reason }) => `${property} ${reason}`);
}
