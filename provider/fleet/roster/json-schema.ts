import { z } from 'zod';
import { innerOf } from '../../resources/inputs/validation';
import { roster } from './schema';

/** The parts of a JSON Schema that are used here. */
export interface JsonSchema {
  type?: string | string[];
  enum?: (string | null)[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  required?: string[];
  [keyword: string]: unknown;
}

/**
 * Properties that must be written at the object itself. Others may come from `defaults`, unknown to a JSON Schema.
 */
const REQUIRED: Readonly<Record<string, string[]>> = {
  'customers[]': ['externalId'],
  'customers[].locations[]': ['name'],
  'customers[].users[]': ['email'],
};

/**
 * The roster as JSON Schema (draft 2020-12), for editors. Rules that it can't express are checked on loading.
 *
 * @example
 * writeFileSync('roster.schema.json', JSON.stringify(rosterJsonSchema()));
 */
export function rosterJsonSchema(): JsonSchema {
  const schema = toJson(roster);
  relax(schema, '');
  return schema;
}

function toJson(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const inner = innerOf(zodSchema);
      if (inner === undefined) return;
      const { $schema: _, ...real } = toJson(inner);
      for (const keyword of Object.keys(jsonSchema)) delete jsonSchema[keyword as keyof typeof jsonSchema];
      Object.assign(jsonSchema, real);
    },
  }) as JsonSchema;
}

function relax(schema: JsonSchema, path: string): void {
  // The largest safe integer of JavaScript is no helpful bound.
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (/^(customers\[\](\.(locations|users)\[\])?|defaults\.\w+)$/.test(path)) {
    const required = REQUIRED[path] ?? [];
    delete schema.required;
    if (required.length > 0) schema.required = required;
    // Null removes a default.
    for (const [name, part] of Object.entries(schema.properties ?? {})) {
      if (!required.includes(name) && typeof part.type === 'string') part.type = [part.type, 'null'];
      if (!required.includes(name) && part.enum) part.enum = [...part.enum, null];
    }
  }
  for (const [name, part] of Object.entries(schema.properties ?? {})) relax(part, path ? `${path}.${name}` : name);
  if (schema.items) relax(schema.items, `${path}[]`);
  if (typeof schema.additionalProperties === 'object') relax(schema.additionalProperties, `${path}{}`);
}
