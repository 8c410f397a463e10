import { z } from 'zod';
import { innerOf } from '../../resources/shared/validation';
import { roster } from './schema';

/** A JSON Schema, as far as it is looked into here. */
export interface JsonSchema {
  type?: string;
  description?: string;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  required?: string[];
  [keyword: string]: unknown;
}

/**
 * What must be written where it is used: everything else may come from `defaults`, which a JSON Schema can't express.
 */
const REQUIRED: Readonly<Record<string, string[]>> = {
  'customers[]': ['externalId'],
  'customers[].locations[]': ['name'],
  'customers[].users[]': ['email'],
};

/** The roster as JSON Schema (draft 2020-12), for editors. What it can't say, loading a roster checks all the same. */
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
  // The bound of JavaScript's whole numbers says nothing to a person.
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (/^(customers\[\](\.(locations|users)\[\])?|defaults\.\w+)$/.test(path)) {
    delete schema.required;
    if (REQUIRED[path]) schema.required = REQUIRED[path];
  }
  for (const [name, part] of Object.entries(schema.properties ?? {})) relax(part, path ? `${path}.${name}` : name);
  if (schema.items) relax(schema.items, `${path}[]`);
  if (typeof schema.additionalProperties === 'object') relax(schema.additionalProperties, `${path}{}`);
}
