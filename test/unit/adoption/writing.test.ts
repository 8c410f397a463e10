import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Found, FoundCustomer } from '../../../provider/adoption/discover/found';
import { programOf } from '../../../provider/adoption/discover/program';
import { rosterOf } from '../../../provider/adoption/discover/roster';
import { printed } from '../../../provider/adoption/discover/typescript';
import { loadRoster } from '../../../provider/fleet/roster/load';
import { MILPITAS, PROVISIONING_ID } from './partner';

const VERSIONS = { own: '0.1.0', sdk: '3.270.0' };

/** Names that end a text, a comment or a line where nobody thought of them. */
const ODD = 'Café `Zürich` $\u007bx} \\ "Süd" \'1\' */ // \u2028';

function customer(changes: Partial<FoundCustomer> = {}): FoundCustomer {
  return {
    id: 'id-1',
    externalId: 'c1677a16',
    status: 'provisioned',
    orgId: 'org-1',
    notes: [],
    declaration: {
      inputs: {
        externalId: 'c1677a16',
        name: "John's Pizza",
        primaryEmail: 'john.anderson@acme.com',
        address: MILPITAS,
        packages: ['webex_calling'],
        headquarters: {
          name: 'Head Office',
          address: MILPITAS,
          timeZone: 'America/Los_Angeles',
          language: 'en_us',
          supportedLocationVerified: true,
        },
      },
      locations: [
        {
          id: 'location-1',
          name: 'San Jose',
          inputs: {
            name: 'San Jose',
            timeZone: 'America/Los_Angeles',
            preferredLanguage: 'en_us',
            announcementLanguage: 'en_us',
            address: MILPITAS,
          },
        },
      ],
      users: [
        {
          id: 'user-1',
          email: 'alice.anderson@acme.com',
          location: 'San Jose',
          inputs: {
            email: 'alice.anderson@acme.com',
            firstName: 'Alice',
            lastName: 'Anderson',
            package: 'webex_calling',
            extension: '0017',
          },
        },
      ],
    },
    ...changes,
  };
}

function oddCustomer(): FoundCustomer {
  const { declaration, ...rest } = customer({ externalId: ODD.replace('\u2028', ''), notes: [`${ODD}\nsecond line`] });
  const inputs = { ...declaration?.inputs, name: ODD, primaryEmail: 'a@example.com' };
  return { ...rest, declaration: { inputs, locations: [], users: [] } };
}

function syntaxErrors(files: Map<string, string>): string[] {
  return [...files]
    .filter(([file]) => file.endsWith('.ts'))
    .flatMap(([fileName, text]) => {
      const { diagnostics = [] } = ts.transpileModule(text, { fileName, reportDiagnostics: true });
      return diagnostics.map(({ messageText }) => `${fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
    });
}

describe('a program of what was found', () => {
  it('has a file a customer, with references instead of IDs and each address once', () => {
    const files = programOf({ customers: [customer()], provisioningId: PROVISIONING_ID }, 'acme', VERSIONS);
    expect([...files.keys()].sort()).toEqual([
      '.gitignore',
      'Pulumi.yaml',
      'customers/johns-pizza.ts',
      'index.ts',
      'package.json',
      'template.ts',
      'tsconfig.json',
    ]);
    expect(files.get('index.ts')).toContain("import './customers/johns-pizza';");
    const text = files.get('customers/johns-pizza.ts') ?? '';
    expect(text.match(/771 Alder Drive/g)).toHaveLength(1);
    expect(text).toContain('customerId: customer.id');
    expect(text).toContain("const sanJose = new Location('c1677a16/San Jose', {");
    expect(text).toContain('locationId: sanJose.id');
    expect(text).toContain("extension: '0017'");
    expect(text).not.toContain('location-1');
  });

  it('is TypeScript whatever names there are, and two of a name get files of their own', () => {
    const customers = [customer(), customer({ externalId: 'other' }), oddCustomer()];
    const files = programOf({ customers, provisioningId: PROVISIONING_ID }, 'acme', VERSIONS);
    expect(syntaxErrors(files)).toEqual([]);
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['customers/johns-pizza.ts', 'customers/johns-pizza2.ts']),
    );
  });

  it('asks for what Webex never tells', () => {
    const { declaration, ...rest } = customer();
    const { primaryEmail: _, ...inputs } = declaration?.inputs ?? {};
    const found: Found = { customers: [{ ...rest, declaration: { inputs, locations: [], users: [] } }] };
    const files = programOf(found, 'acme', VERSIONS);
    expect(files.get('template.ts')).toContain("require('provisioningId')");
    expect(files.get('customers/johns-pizza.ts')).toContain("primaryEmail: '', // GAP");
    expect(syntaxErrors(files)).toEqual([]);
  });

  it('leaves out a customer that can not be declared', () => {
    const { declaration: _, ...failed } = customer({ status: 'error' });
    const files = programOf({ customers: [failed], provisioningId: PROVISIONING_ID }, 'acme', VERSIONS);
    expect([...files.keys()].filter((file) => file.startsWith('customers/'))).toEqual([]);
  });

  it('holds no character that makes code look like other code', () => {
    const name = 'Acme\u202e } \u2066// \u200b\u{e0041}\u0085';
    const { declaration, ...rest } = customer({ notes: [`${name} is odd`] });
    if (declaration) Object.assign(declaration.inputs, { name });
    const files = programOf({ customers: [{ ...rest, ...(declaration && { declaration }) }] }, 'acme', VERSIONS);
    const text = [...files.values()].join('');
    expect(text).toContain('Acme\\u202e } \\u2066// \\u200b\\udb40\\udc41\\u0085');
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(new Function(`return ${printed(name)}`)()).toBe(name);
  });

  it('writes texts as they are', () => {
    const value = { text: ODD, 'a-b': ["'", '"', '\n', '\u0000'], nested: { list: [1, true, null] }, left: undefined };
    const { left: _, ...expected } = value;
    expect(new Function(`return ${printed(value)}`)()).toEqual(expected);
  });
});

describe('a roster of what was found', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'roster-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function written(found: Found): string {
    for (const [file, text] of rosterOf(found, 'acme')) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    }
    return folder;
  }

  it('is what the fleet reads', () => {
    const customers = [customer(), { ...oddCustomer(), externalId: 'odd "1"; #2' }];
    for (const { declaration, externalId } of customers)
      if (declaration) Object.assign(declaration.inputs, { name: 'Café "Süd": #1', externalId });
    const roster = loadRoster(written({ customers, provisioningId: PROVISIONING_ID }));
    expect(roster.name).toBe('acme');
    expect(roster.customers.map(({ externalId }) => externalId).sort()).toEqual(['c1677a16', 'odd "1"; #2']);
    const [first] = roster.customers;
    expect(first?.users[0]).toMatchObject({
      email: 'alice.anderson@acme.com',
      location: 'San Jose',
      extension: '0017',
    });
  });

  it('is reported by check where something is missing that Webex never tells', () => {
    expect(() => loadRoster(written({ customers: [customer()] }))).toThrow(
      /roster\.yaml:\d+:\d+.*provisioningId "" must not be empty/,
    );
  });
});
