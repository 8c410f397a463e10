import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';

/** Folder of Cisco's published documents, beside a checkout of this project. */
export const documentFolders = ['api', 'api-more'].map((name) =>
  path.resolve(import.meta.dirname, '../../../shared', name),
);

/** True if the documents are available; tests that need them are skipped otherwise. */
export const haveDocuments = documentFolders.every(existsSync);

type Json = Record<string, unknown>;

/** One operation of the documents. */
export interface Operation {
  readonly name: string;
  readonly matches: (method: string, path: string) => boolean;
  readonly hasBody: boolean;
  readonly parameters: readonly string[];
  readonly request: ValidateFunction | undefined;
  readonly responses: ReadonlyMap<number, ValidateFunction | undefined>;
}

/** A schema of one document by name. */
export function documentSchema(file: string, name: string): Json {
  const document = read(file);
  const schemas = (document.components as { schemas: Record<string, Json> }).schemas;
  const found = schemas[name];
  if (found === undefined) throw new Error(`${file} has no schema ${name}`);
  return found;
}

/** The document itself. */
export function read(file: string): Json {
  const places = documentFolders.map((folder) => path.join(folder, file));
  return JSON.parse(readFileSync(places.find(existsSync) ?? file, 'utf8')) as Json;
}

/**
 * Every operation of every document; a literal path comes before a templated one: /people/me is no
 * /people/{personId}.
 */
export function documentedOperations(): Operation[] {
  const parameters = ({ name }: Operation) => name.split('{').length;
  return documentFolders
    .flatMap((folder) => readdirSync(folder))
    .flatMap((file) => operationsOf(read(file)))
    .sort((a, b) => parameters(a) - parameters(b));
}

function operationsOf(document: Json): Operation[] {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const compile = (schema: unknown) =>
    schema === undefined ? undefined : ajv.compile({ ...closed(schema as Json), components: closedSchemas(document) });
  const paths = document.paths as Record<string, Record<string, Json>>;
  return Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.responses !== undefined)
      .map(([method, operation]): Operation => {
        const pattern = new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`);
        const responses = Object.entries(operation.responses as Record<string, Json>);
        return {
          name: `${method.toUpperCase()} ${template}`,
          matches: (verb, url) => verb === method.toUpperCase() && pattern.test(url),
          hasBody: operation.requestBody !== undefined,
          parameters: ((operation.parameters ?? []) as Json[])
            .filter((p) => p.in === 'query')
            .map((p) => String(p.name)),
          request: compile(jsonSchema(operation.requestBody as Json | undefined)),
          responses: new Map(responses.map(([status, response]) => [Number(status), compile(jsonSchema(response))])),
        };
      }),
  );
}

function jsonSchema(holder: Json | undefined): unknown {
  return (holder?.content as Record<string, Json> | undefined)?.['application/json']?.schema;
}

function closedSchemas(document: Json): Json {
  const schemas = ((document.components ?? {}) as { schemas?: Record<string, Json> }).schemas ?? {};
  return { schemas: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, closed(schema)])) };
}

/** Forbids additional properties in the objects of a schema, so that undocumented fields are problems. */
function closed(schema: Json): Json {
  const copy: Json = {};
  for (const [key, value] of Object.entries(schema)) copy[key] = closedValue(value);
  if (schema.properties !== undefined && schema.additionalProperties === undefined) copy.additionalProperties = false;
  return copy;
}

function closedValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closedValue);
  return typeof value === 'object' && value !== null ? closed(value as Json) : value;
}
