import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import openapi, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { root } from '../../tools/setup/paths.mjs';
import { documentFolders } from './documents';

/** A type of provider/webex and its place in Cisco's documents. */
export interface TypeContract {
  /** Module below provider/webex, and the type that it exports, such as `customers.CustomerCreate`. */
  readonly type: string;
  /** Method and path, as the documents have them. */
  readonly operation: string;
  /** The body of the request, or of the answer with this status. */
  readonly body: 'request' | number;
  /** Where in that body: keys, and `[]` for an item of a list. */
  readonly at?: readonly string[];
}

/**
 * What is compared, in TypeScript. Documented enumerations count as texts, because Cisco adds values, and null as
 * missing.
 * - a request: each key that is sent is documented and has a type that is, and none that is required is missing
 * - an answer: each key that is read is documented, and what the documents give is what is read; where they don't say
 *   what a list holds ("items": {}), anything is
 */
const COMPARISON = `
type Plain<T> = T extends string ? string : T extends number ? number : T extends boolean ? boolean
  : T extends readonly (infer I)[] ? Plain<I>[]
  : T extends object ? { [K in keyof T]: Plain<Exclude<T[K], null>> } : T;
type Full<T> = unknown extends T ? never : T extends readonly (infer I)[] ? Full<I>[]
  : T extends object ? { [K in keyof T]-?: Full<Exclude<T[K], null | undefined>> } : T;
type Part<T> = T extends readonly (infer I)[] ? Part<I>[]
  : T extends object ? { [K in keyof T as string extends K ? never : K]?: Part<T[K]> } : T;
type Named<T> = keyof { [K in keyof T as string extends K ? never : K]: 0 } & string;
type Keys<D> = D extends unknown ? keyof D : never;
type At<D, K> = D extends unknown ? (K extends keyof D ? Exclude<D[K], null | undefined> : never) : never;
type Undocumented<O, D, P extends string = ''> =
  unknown extends D ? never
  : O extends readonly (infer I)[] ? (D extends readonly (infer E)[] ? Undocumented<I, E, P> : never)
  : O extends string | number | boolean ? never
  : O extends object ? (string extends keyof D ? never : { [K in Named<O>]: K extends Keys<D>
      ? Undocumented<Exclude<O[K], undefined>, At<D, K>, \`\${P}\${K}.\`> : \`\${P}\${K}\` }[Named<O>])
  : never;
`;

/** The differences by contract, one line each. Writes the documents' types below .state, which git ignores. */
export async function typeDifferences(contracts: readonly TypeContract[]): Promise<Map<TypeContract, string[]>> {
  const folder = path.join(root, '.state', 'contract-types');
  mkdirSync(folder, { recursive: true });
  const documents = await writeDocuments(
    folder,
    new Set(contracts.map(({ operation }) => operation.split(' ')[1] ?? '')),
  );
  const file = path.join(folder, 'contracts.ts');
  const provider = path.relative(folder, path.join(root, 'provider', 'webex')).replaceAll(path.sep, '/');
  const modules = [...new Set(contracts.map(({ type }) => type.split('.')[0] ?? ''))];
  const lines = [
    ...modules.map((name) => `import type * as ${identifier(name)} from '${provider}/${name}';`),
    ...[...documents.keys()].map((name) => `import type * as ${identifier(name)} from './${name}';`),
    ...COMPARISON.trim().split('\n'),
  ];
  const first = lines.length;
  for (const [index, contract] of contracts.entries()) lines.push(...assertions(contract, index, documents));
  writeFileSync(file, `${lines.join('\n')}\n`);

  const found = new Map(contracts.map((contract) => [contract, [] as string[]]));
  for (const diagnostic of diagnosticsOf(file)) {
    const { line } = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0) ?? { line: -1 };
    const contract = contracts[Math.floor((line - first) / LINES_EACH)];
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
    if (line < first || contract === undefined || diagnostic.file?.fileName !== file.replaceAll(path.sep, '/'))
      throw new Error(`the generated types don't compile: ${diagnostic.file?.fileName}:${line + 1}: ${text}`);
    const isKeys = (line - first) % LINES_EACH === 0;
    found.get(contract)?.push(...(isKeys ? undocumentedKeys(text) : [text]));
  }
  return found;
}

const LINES_EACH = 2;

/** One line a key, of `Type '"address.city" | "name"' is not assignable to type 'never'`. */
function undocumentedKeys(text: string): string[] {
  const keys = text.match(/^Type '(".+")' is not assignable to type 'never'/)?.[1];
  return keys === undefined ? [text] : keys.split(' | ').map((key) => `${JSON.parse(key)} is not documented`);
}

function assertions({ type, operation, body, at = [] }: TypeContract, index: number, documents: Documents): string[] {
  const [method = '', url = ''] = operation.split(' ');
  const document = [...documents].find(([, paths]) => paths.has(url))?.[0];
  if (document === undefined) throw new Error(`${operation} is in no document`);
  const holder = body === 'request' ? "['requestBody']" : `['responses'][${body}]`;
  const place = `${identifier(document)}.paths['${url}']['${method.toLowerCase()}']${holder}`;
  const content = at.reduce(
    (outer, key) => (key === '[]' ? `${outer}[number]` : `NonNullable<${outer}['${key}']>`),
    `NonNullable<NonNullable<${place}>['content']>['application/json']`,
  );
  const [module = '', name = ''] = type.split('.');
  const ours = `${identifier(module)}.${name}`;
  const fits =
    body === 'request'
      ? `export const fits${index}: Plain<${content}> = 0 as unknown as ${ours};`
      : `export const fits${index}: Part<${ours}> = 0 as unknown as Full<Plain<${content}>>;`;
  return [`export const keys${index}: never = '' as Undocumented<${ours}, ${content}>;`, fits];
}

/** Paths by document. */
type Documents = ReadonlyMap<string, ReadonlySet<string>>;

/** Writes the types of each document that describes one of the operations. */
async function writeDocuments(folder: string, urls: ReadonlySet<string>): Promise<Documents> {
  const documents = new Map<string, ReadonlySet<string>>();
  for (const source of documentFolders) {
    for (const name of readdirSync(source)) {
      const document = JSON.parse(readFileSync(path.join(source, name), 'utf8')) as { paths: object };
      const paths = new Set(Object.keys(document.paths));
      if (![...paths].some((url) => urls.has(url))) continue;
      const module = name.replace(/\.openapi\.json$/, '');
      // A property with a default may be left out of a request.
      const types = await openapi(JSON.stringify(document), { defaultNonNullable: false, silent: true });
      writeFileSync(path.join(folder, `${module}.ts`), astToString(types));
      documents.set(module, paths);
    }
  }
  return documents;
}

function diagnosticsOf(file: string): readonly ts.Diagnostic[] {
  const config = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile).config as {
    compilerOptions: Record<string, unknown>;
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram([file], {
    ...options,
    composite: false,
    incremental: false,
    noEmit: true,
    noUnusedLocals: false,
  });
  return ts.getPreEmitDiagnostics(program);
}

const identifier = (module: string) => module.replaceAll('-', '_');
