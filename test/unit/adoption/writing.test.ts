import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { beforeEach, describe, expect, it } from 'vitest';
import { csvOf } from '../../../provider/adoption/discover/csv';
import { type Part, writeFiles } from '../../../provider/adoption/discover/files';
import type { Found, FoundCustomer } from '../../../provider/adoption/discover/found';
import { programOf } from '../../../provider/adoption/discover/program';
import { rosterFileOf, rosterOf } from '../../../provider/adoption/discover/roster';
import { printed } from '../../../provider/adoption/discover/typescript';
import { loadRoster } from '../../../provider/fleet/roster/load';
import { newFolder } from '../new-folder';
import { MILPITAS, PROVISIONING_ID } from './partner';

const program = (found: Found, project = 'acme') => new Map(programOf(found, project, VERSIONS));

const VERSIONS = { own: '0.1.0', sdk: '3.270.0' };

/** Names with characters that could end a text, a comment or a line. */
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
    const files = program({ customers: [customer()], provisioningId: PROVISIONING_ID });
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
    const files = program({ customers, provisioningId: PROVISIONING_ID });
    expect(syntaxErrors(files)).toEqual([]);
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['customers/johns-pizza.ts', 'customers/johns-pizza2.ts']),
    );
  });

  it('gives resources names of their own, and a file that no letter of the name can be part of that of the key', () => {
    const { declaration } = customer();
    const of = (externalId: string, location: string): FoundCustomer => {
      const { inputs = {}, locations: [branch] = [] } = declaration ?? {};
      const locations = branch ? [{ ...branch, name: location, inputs: { ...branch.inputs, name: location } }] : [];
      return customer({
        externalId,
        declaration: { inputs: { ...inputs, externalId, name: '渡辺' }, locations, users: [] },
      });
    };
    const files = program({ customers: [of('chain', '7/East'), of('chain/7', 'East')] });
    const names = [...[...files.values()].join('').matchAll(/new Location\('(.*?)'/g)].map(([, name]) => name);
    expect(names).toEqual(['chain/7/East', 'chain/7/East2']);
    expect([...files.keys()]).toEqual(expect.arrayContaining(['customers/chain.ts', 'customers/chain-7.ts']));
  });

  it('asks for values that Webex never returns', () => {
    const { declaration, ...rest } = customer();
    const { primaryEmail: _, ...inputs } = declaration?.inputs ?? {};
    const found: Found = { customers: [{ ...rest, declaration: { inputs, locations: [], users: [] } }] };
    const files = program(found);
    expect(files.get('template.ts')).toContain("require('provisioningId')");
    expect(files.get('customers/johns-pizza.ts')).toContain("primaryEmail: '', // GAP");
    expect(syntaxErrors(files)).toEqual([]);
  });

  it('leaves out a customer that can not be declared', () => {
    const { declaration: _, ...failed } = customer({ status: 'error' });
    const files = program({ customers: [failed], provisioningId: PROVISIONING_ID });
    expect([...files.keys()].filter((file) => file.startsWith('customers/'))).toEqual([]);
  });

  it('holds no character that makes code look like other code', () => {
    const name = 'Acme\u202e } \u2066// \u200b\u{e0041}\u0085';
    const { declaration, ...rest } = customer({ notes: [`${name} is odd`] });
    if (declaration) Object.assign(declaration.inputs, { name });
    const files = program({ customers: [{ ...rest, ...(declaration && { declaration }) }] });
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
    folder = newFolder();
  });

  function written(found: Found, how: (found: Found) => Iterable<Part> = (all) => rosterOf(all, 'acme')): string {
    writeFiles(folder, () => how(found));
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

  it('is the same in one file, and as CSV files; what these can not hold is YAML beside them', () => {
    const { declaration } = customer();
    const same = (changes: object) => ({ ...declaration, inputs: { ...declaration?.inputs, ...changes } });
    const customers = [
      customer(),
      customer({ externalId: '1E5', declaration: { ...same({ externalId: '1E5' }), locations: [], users: [] } }),
      customer({
        externalId: 'odd',
        declaration: {
          ...same({ externalId: 'odd', name: 'a;b, "c"', packageLimits: { webex_calling: 3 } }),
          locations: [],
          users: [],
        },
      }),
    ];
    const found = { customers, provisioningId: PROVISIONING_ID };
    const load = (how: (found: Found) => Iterable<Part>, at = '') => {
      const { customers: loaded } = loadRoster(path.join(written(found, how), at));
      rmSync(folder, { recursive: true });
      return loaded.sort((a, b) => a.externalId.localeCompare(b.externalId));
    };
    const expected = load((all) => rosterOf(all, 'acme'));
    expect(expected).toHaveLength(3);
    expect(load((all) => rosterFileOf(all, 'acme', 'one.yaml'), 'one.yaml')).toEqual(expected);
    expect(load((all) => csvOf(all, 'acme'))).toEqual(expected);
    const csv = new Set([...csvOf(found, 'acme')].map(([file]) => file));
    expect([...csv]).toEqual([
      'roster.yaml',
      'customers/johns-pizza.yaml',
      'customers.csv',
      'locations.csv',
      'users.csv',
    ]);
  });

  it('has no CSV file with a text that a spreadsheet would calculate', () => {
    const { declaration } = customer();
    const [user] = declaration?.users ?? [];
    for (const firstName of ["=cmd|' /C calc'!A0", '@SUM(1)', '+1+cmd', '-Alice']) {
      const users = [{ ...user, inputs: { ...user?.inputs, firstName } }];
      const found = {
        customers: [customer({ declaration: { ...declaration, users } as never })],
        provisioningId: PROVISIONING_ID,
      };
      const files = [...csvOf(found, 'acme')].filter(([file]) => file.endsWith('.csv'));
      expect(files.map(([, text]) => text).join('')).not.toContain(firstName);
    }
  });

  it('keeps invisible characters and odd spaces, which the reader of rosters corrects in other texts', () => {
    const odd = ['a\u200bb \u00a0c', '\u202eevil\u202c', 'שלום\u200f', '👩\u200d💻'];
    const customers = odd.map((text, index) => {
      const { declaration } = customer();
      const inputs = { ...declaration?.inputs, externalId: `${index}${text}`, name: text };
      return customer({ externalId: inputs.externalId, declaration: { inputs, locations: [], users: [] } });
    });
    const roster = written({ customers, provisioningId: PROVISIONING_ID });
    expect(
      loadRoster(roster)
        .customers.map(({ entry }) => entry.name)
        .sort(),
    ).toEqual(odd.sort());
    const file = path.join(roster, 'customers', 'a-b-c.yaml');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('name: !exact "a\\u200bb \\u00a0c"');
    writeFileSync(file, text.replaceAll('!exact ', ''));
    expect(loadRoster(roster).customers.map(({ entry }) => entry.name)).toContain('ab  c');
  });

  it('overwrites nothing that is there with other content', () => {
    const found = { customers: [customer()], provisioningId: PROVISIONING_ID };
    written(found);
    expect(() => written(found)).not.toThrow();
    const other = () => written({ customers: [customer({ externalId: 'other', notes: ['changed'] })] });
    expect(other).toThrow(/would be overwritten: roster\.yaml, customers\/johns-pizza\.yaml/);
    expect(existsSync(path.join(folder, 'customers', 'other.yaml'))).toBe(false);
  });

  it('is reported by check if a value that Webex never returns is missing', () => {
    expect(() => loadRoster(written({ customers: [customer()] }))).toThrow(
      /roster\.yaml:\d+:\d+.*provisioningId "" must not be empty/,
    );
  });
});
