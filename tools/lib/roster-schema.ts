// The published JSON Schema of a roster: the provider's schemas with the comments of the resources' arguments.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type JsonSchema, rosterJsonSchema } from 'pulumi-webex-wholesale/fleet';
import ts from 'typescript';
import { root } from '../setup/paths.mjs';

/** The published file. */
export const schemaFile = path.join(root, 'provider', 'roster.schema.json');

/** A property of an interface: its comment and the interface of its values. */
interface Property {
  comment: string;
  type: string | undefined;
}

type Interfaces = Map<string, { parents: string[]; properties: Map<string, Property> }>;

/** Generates the text of the file. */
export function rosterSchemaText(): string {
  const schema = rosterJsonSchema();
  const interfaces = readInterfaces();
  const customer = schema.properties?.customers?.items;
  const defaults = schema.properties?.defaults?.properties;
  describe(schema.properties?.templates?.additionalProperties, 'OnboardingTemplateArgs', interfaces);
  for (const each of [customer, defaults?.customer]) describe(each, 'CustomerOrgArgs', interfaces);
  for (const each of [customer?.properties?.locations?.items, defaults?.location])
    describe(each, 'LocationArgs', interfaces);
  for (const each of [customer?.properties?.users?.items, defaults?.user]) describe(each, 'UserArgs', interfaces);
  const { $schema, ...rest } = schema;
  const title = 'Roster of a Webex for Wholesale fleet';
  return `${JSON.stringify({ $schema, title, ...rest }, undefined, 1)}\n`;
}

function describe(schema: JsonSchema | boolean | undefined, type: string, interfaces: Interfaces): void {
  if (typeof schema !== 'object') return;
  for (const [name, part] of Object.entries(schema.properties ?? {})) {
    const property = propertyOf(type, name, interfaces);
    if (property === undefined) continue;
    if (part.description === undefined && property.comment !== '') part.description = property.comment;
    if (property.type !== undefined) describe(part, property.type, interfaces);
  }
}

function propertyOf(type: string, name: string, interfaces: Interfaces): Property | undefined {
  const found = interfaces.get(type);
  if (found === undefined) return undefined;
  const own = found.properties.get(name);
  if (own !== undefined) return own;
  for (const parent of found.parents) {
    const inherited = propertyOf(parent, name, interfaces);
    if (inherited !== undefined) return inherited;
  }
  return undefined;
}

function readInterfaces(): Interfaces {
  const folder = path.join(root, 'provider', 'resources');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(^|[\\/])args\.ts$/.test(name),
  );
  const found: Interfaces = new Map();
  for (const file of files) {
    const text = readFileSync(path.join(folder, file), 'utf8');
    ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true).forEachChild((node) => {
      if (ts.isInterfaceDeclaration(node)) found.set(node.name.text, readInterface(node));
    });
  }
  return found;
}

function readInterface(node: ts.InterfaceDeclaration): { parents: string[]; properties: Map<string, Property> } {
  const properties = new Map<string, Property>();
  for (const member of node.members) {
    if (!ts.isPropertySignature(member) || !ts.isIdentifier(member.name)) continue;
    properties.set(member.name.text, { comment: commentOf(member), type: namedType(member.type) });
  }
  // In `extends Omit<Reconciliation, 'timeouts'>` the first argument is the interface.
  const parents = (node.heritageClauses ?? []).flatMap(({ types }) =>
    types.flatMap(({ expression, typeArguments }) => [
      expression.getText(),
      ...(typeArguments ?? []).map((type) => type.getText()),
    ]),
  );
  return { parents, properties };
}

/** The X of `Input<X>`. */
function namedType(type: ts.TypeNode | undefined): string | undefined {
  if (type === undefined || !ts.isTypeReferenceNode(type)) return undefined;
  const [inner] = type.typeArguments ?? [];
  return inner && ts.isTypeReferenceNode(inner) ? inner.typeName.getText() : undefined;
}

function commentOf(node: ts.PropertySignature): string {
  const [comment] = ts.getJSDocCommentsAndTags(node);
  const text = comment && ts.isJSDoc(comment) ? (ts.getTextOfJSDocComment(comment.comment) ?? '') : '';
  // Replaces Pulumi's terms by the names that a roster uses.
  return text
    .replace(/\s+/g, ' ')
    .replace(/\{@link (\w+)\}/g, '$1')
    .trim();
}
