import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { rosterJsonSchema } from '../../../provider/fleet/roster/json-schema';
import { rosterSchemaText, schemaFile } from '../../../tools/lib/roster-schema';
import { root } from '../../../tools/setup/paths.mjs';
import { TOP } from './rosters';

describe('the JSON Schema of a roster', () => {
  let valid: (text: string) => unknown[];
  beforeAll(() => {
    const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(schemaFile, 'utf8')));
    valid = (text) => {
      validate(parse(text));
      return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    };
  });

  it('is published as the schemas of the resources have it (npm run roster-schema)', () => {
    expect(readFileSync(schemaFile, 'utf8')).toBe(rosterSchemaText());
  });

  it('accepts the example, and properties from the defaults', () => {
    expect(valid(readFileSync(path.join(root, 'examples', 'fleet', 'roster.yaml'), 'utf8'))).toEqual([]);
    expect(valid(`${TOP}  - { externalId: a, headquarters: null, users: [{ email: a@example.com }] }\n`)).toEqual([]);
  });

  it.each([
    ['externalId: 5', '/customers/0/externalId must be string'],
    ['name: a', "/customers/0 must have required property 'externalId'"],
    ['externalId: a, nmae: b', '/customers/0 must NOT have additional properties'],
    ['externalId: a, packages: [webex]', '/customers/0/packages/0 must be equal to one of the allowed values'],
    ['externalId: a, provisioningId: b', '/customers/0 must NOT have additional properties'],
    [
      'externalId: a, users: [{ email: a@example.com, customerId: x }]',
      '/customers/0/users/0 must NOT have additional properties',
    ],
  ])('refuses { %s }', (customer, expected) => {
    expect(valid(`${TOP}  - { ${customer} }\n`)).toEqual([expected]);
  });

  it('explains every property that people write', () => {
    const schema = JSON.parse(readFileSync(schemaFile, 'utf8')) as ReturnType<typeof rosterJsonSchema>;
    const customer = schema.properties?.customers?.items;
    for (const name of ['externalId', 'template', 'packages', 'headquarters', 'locations', 'users', 'removal'])
      expect(customer?.properties?.[name]?.description, name).toMatch(/\w{3}/);
    const user = customer?.properties?.users?.items?.properties;
    for (const name of ['package', 'extension', 'location', 'roles'])
      expect(user?.[name]?.description, name).toMatch(/\w{3}/);
  });
});
