import { KINDS, type KindName } from '../../kinds';
import { resources } from '../../resources';
import { validate } from '../../resources/inputs/validation';

const schemas = new Map(Object.values(resources).map(({ type, schema }) => [type, schema]));

/** The errors of declared inputs as a text; undefined if there are none. Invalid inputs must not be recorded. */
export function wrongWith(kind: KindName, declared: Record<string, unknown>): string | undefined {
  const schema = schemas.get(KINDS[kind].type);
  const failures = schema === undefined ? [] : validate(schema, declared).failures;
  return failures.length === 0 ? undefined : failures.map(({ property, reason }) => `${property} ${reason}`).join('; ');
}
