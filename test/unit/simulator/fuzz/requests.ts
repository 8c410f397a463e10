import fc from 'fast-check';
import { read } from '../../../contract/documents';
import { parameterOf, type Schema, valueFor } from './values';

/** A request that was made up; texts still hold `{{KIND:number}}` where an ID belongs. */
export interface Made {
  method: string;
  /** The operation as the document names it. */
  template: string;
  path: string;
  query: [name: string, value: string][];
  contentType: string | undefined;
  body: string | undefined;
}

const FILES = [
  'webex-wholesale',
  'webex-calling',
  'webex-location-call-settings',
  'webex-admin',
  'webex-locations-delete',
  'webex-move-users',
  'webex-manage-numbers',
  'webex-people-me',
];

interface Documented {
  method: string;
  template: string;
  parameters: Schema[];
  body: Schema | undefined;
  schemas: Record<string, Schema>;
}

function documented(): Documented[] {
  return FILES.flatMap((file) => {
    const document = read(`${file}.openapi.json`);
    const schemas = ((document.components as Schema | undefined)?.schemas ?? {}) as Record<string, Schema>;
    const paths = document.paths as Record<string, Record<string, Schema>>;
    return Object.entries(paths).flatMap(([template, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => operation.responses !== undefined)
        .map(([method, operation]) => ({
          method: method.toUpperCase(),
          template,
          parameters: (operation.parameters ?? []) as Schema[],
          body: bodySchema(operation),
          schemas,
        })),
    );
  });
}

function bodySchema(operation: Schema): Schema | undefined {
  const content = (operation.requestBody as Schema | undefined)?.content as Record<string, Schema> | undefined;
  return content?.['application/json']?.schema as Schema | undefined;
}

/** Requests to every documented operation: most of them right, some wrong in one place, a few wrong altogether. */
export function requests(): fc.Arbitrary<Made> {
  return fc.oneof(
    ...documented().map((operation) => ({ weight: weightOf(operation), arbitrary: requestOf(operation) })),
  );
}

/** What takes things away comes less often, so that there is something to try the rest on. */
function weightOf({ method, template }: Documented): number {
  if (method === 'DELETE') return template === '/organizations/{orgId}' || template.startsWith('/wholesale') ? 1 : 2;
  return method === 'POST' && template.startsWith('/wholesale') ? 8 : 4;
}

function requestOf({ method, template, parameters, body, schemas }: Documented): fc.Arbitrary<Made> {
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  const text = (parameter: Schema) => parameterOf((parameter.schema ?? {}) as Schema, String(parameter.name), template);
  const usual = {
    method: fc.constant(method),
    template: fc.constant(template),
    path: fc
      .tuple(...inPath.map(text))
      .map((values) =>
        values.reduce((path, value, at) => path.replace(`{${String(inPath[at]?.name)}}`, encode(value)), template),
      ),
    query: fc
      .tuple(...inQuery.map((parameter) => queryParameter(parameter, text(parameter), template)))
      .map((values) => values.flat()),
    contentType: fc.constant(body ? 'application/json' : undefined),
    body: body ? valueFor(body, '', template, schemas).map((value) => JSON.stringify(value)) : fc.constant(undefined),
  };
  const broken: fc.Arbitrary<Partial<Made>>[] = [
    fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD').map((other) => ({ method: other })),
    fc.constantFrom('text/plain', 'application/xml', undefined).map((contentType) => ({ contentType, body: '{}' })),
    fc.string({ unit: 'binary' }).map((garbage) => ({ contentType: 'application/json', body: garbage })),
    fc.jsonValue().map((value) => ({ contentType: 'application/json', body: JSON.stringify(value) })),
    fc.tuple(fc.string(), fc.string()).map((pair) => ({ query: [pair] })),
    fc.string().map((wild) => ({ path: `/${encode(wild)}` })),
  ];
  const right = fc.record(usual);
  const wrong = fc.tuple(right, fc.oneof(...broken)).map(([made, change]) => ({ ...made, ...change }));
  return fc.oneof({ weight: 12, arbitrary: right }, { weight: 1, arbitrary: wrong });
}

/**
 * The parameter or none. An organization is nearly always named if the path doesn't contain it; a sub-partner to act
 * for nearly never.
 */
function queryParameter(
  parameter: Schema,
  text: fc.Arbitrary<string>,
  template: string,
): fc.Arbitrary<[string, string][]> {
  const name = String(parameter.name);
  const share =
    name === 'orgId' ? (template.includes('{') ? 0.1 : 8) : name === 'onBehalfOfSubPartnerOrgId' ? 0.05 : 0.25;
  const given = text.map((value): [string, string][] => [[name, value]]);
  return fc.oneof(
    { weight: 100, arbitrary: fc.constant<[string, string][]>([]) },
    { weight: Math.round(100 * share), arbitrary: given },
  );
}

/** Percent-encoding that also takes what is no well-formed text, and lets the places for IDs be. */
function encode(text: string): string {
  return /^\{\{\w+:\d+\}\}$/.test(text) ? text : encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}
