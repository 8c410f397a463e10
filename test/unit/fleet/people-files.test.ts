import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadRoster, type RosterCustomer } from '../../../provider/fleet/roster/load';
import { FIRST, load, problems, TOP, write } from './rosters';

/** A roster in a folder, with these CSV files. */
const folder = (files: Record<string, string | Buffer>) => ({
  'fleet.yaml': TOP,
  'customers.csv': 'externalId\nacme\n',
  ...files,
});

function acme(files: Record<string, string>): RosterCustomer {
  const [customer] = loadRoster(write(folder(files))).customers;
  if (customer === undefined) throw new Error('there is no customer');
  return customer;
}

const USERS = 'customer,email,firstName,extension';
const ALICE = 'acme,alice@example.com,Alice,100';

describe('what spreadsheets write is read as it was meant', () => {
  it.each([
    ['rows that were cleared', `${USERS}\n${ALICE}\n,,,\n"","","",""\n , ,,\n,,,\n`],
    ['columns that were cleared', `${USERS},,\n${ALICE},,\n`],
    ['more separators than columns', `${USERS}\n${ALICE},,,\n`],
    ['a line that says the separator', `sep=;\r\n${USERS.replaceAll(',', ';')}\r\n${ALICE.replaceAll(',', ';')}\r\n`],
    ['such a line in quotes, with a tab', `"sep=\t"\n${USERS.replaceAll(',', '\t')}\n${ALICE.replaceAll(',', '\t')}\n`],
    ['line breaks of several programs', `${USERS}\r\n${ALICE}\n,,,\r,,,\r\n`],
    ['a space without width', `${USERS}\nacme\u200b,ali\u200bce@example.com\u200b,\ufeffAlice\u2060,100\u200b\n`],
    ['marks of direction', `${USERS}\nacme,\u200ealice@example.com,\u202aAlice\u202c,\u2066100\u2069\n`],
    ['spaces that do not break', `${USERS}\n\u00a0acme\u00a0,alice@example.com\u00a0,Alice,100\n`],
    ['in the names of columns', `\u200bcustomer,email\u00a0,first\u00adName,extension\n${ALICE}\n`],
    ['an address as a link', `${USERS}\nacme,mailto:alice@example.com,Alice,100\n`],
    ['an address as a link with a subject', `${USERS}\nacme,mailto:alice@example.com?subject=x,Alice,100\n`],
    ['an address in angle brackets', `${USERS}\nacme,<alice@example.com>,Alice,100\n`],
    ['an address out of a list', `${USERS}\nacme,alice@example.com;,Alice,100\n`],
    ['an address at the end of a sentence', `${USERS}\nacme,alice@example.com.,Alice,100\n`],
    ['numbers as formulas and texts', `${USERS}\nacme,alice@example.com,Alice,"=""100"""\n`],
    ['an apostrophe before a number', `${USERS}\nacme,alice@example.com,Alice,'100\n`],
  ])('%s', (_, users) => {
    expect(acme({ 'users.csv': users }).users).toMatchObject([
      { email: 'alice@example.com', firstName: 'Alice', extension: '100' },
    ]);
  });

  it('a list in any of the ways in which people write lists', () => {
    const roles = ['"Full Administrator, Read-only Administrator"', 'Full Administrator;Read-only Administrator'];
    roles.push('"[""Full Administrator"", ""Read-only Administrator""]"');
    roles.push('Full Administrator | Read-only Administrator', '"Full Administrator\nRead-only Administrator\n"');
    for (const list of roles) {
      const users = `${USERS},roles\n${ALICE},${list}\n`;
      expect(acme({ 'users.csv': users }).users[0]?.roles).toEqual(['Full Administrator', 'Read-only Administrator']);
    }
  });

  it('phone numbers as people write them', () => {
    const numbers = [
      "'+12145551325",
      '\u202a+12145551327\u202c',
      'tel:+12145551328',
      '+1 (214) 555-1324',
      '="+12145551320"',
      '+1‑214‑555–1329',
    ];
    const [location] = acme({
      'locations.csv': `customer;name;calling.phoneNumbers\nacme;Denver;"${numbers.join('|').replaceAll('"', '""')}"\n`,
    }).locations;
    expect(location?.calling?.phoneNumbers).toEqual(['5', '7', '8', '4', '0', '9'].map((last) => `+1214555132${last}`));
  });

  it('a location name with another space, and decomposed letters', () => {
    const { users, locations } = acme({
      'locations.csv': 'customer,name\nacme,Zu\u0308rich West\n',
      'users.csv': `${USERS},location\n${ALICE},Z\u00fcrich\u00a0West\n`,
    });
    expect([users[0]?.location, locations[0]?.name]).toEqual(['Z\u00fcrich West', 'Z\u00fcrich West']);
    expect(load(`${TOP}  - { externalId: a, name: "Cafe\u0301\u200b" }\n`).customers[0]?.entry.name).toBe('Caf\u00e9');
  });

  it('ZIP codes that have lost their zero, in states with such codes', () => {
    const address = 'address.addressLine1,address.city,address.stateOrProvince,address.zipOrPostalCode,address.country';
    const zip = (state: string, code: string) =>
      acme({ 'customers.csv': `externalId,${address}\nacme,1 Main St,Somewhere,${state},${code},US\n` }).entry.address
        .zipOrPostalCode;
    expect([zip('ma', '2138'), zip('PR', '601'), zip('NJ', '7030-1234'), zip('CA', '95035')]).toEqual([
      '02138',
      '00601',
      '07030-1234',
      '95035',
    ]);
    expect(
      problems(folder({ 'customers.csv': `externalId,${address}\nacme,1 Main St,Milpitas,CA,9503,US\n` })),
    ).toEqual([
      expect.stringMatching(
        /^customers\.csv:2:\d+ customer "acme": address\.zipOrPostalCode "9503" has fewer than 5 digits/,
      ),
    ]);
  });

  it('typographic quotation marks are letters', () => {
    expect(acme({ 'users.csv': `${USERS}\nacme,a@example.com,“Alice”,100\n` }).users[0]?.firstName).toBe('“Alice”');
  });

  it('files of the npm and Pulumi project that the folder is', () => {
    const files = {
      'package.json': '{"private":true}',
      'package-lock.json': '{"name":"x"}',
      'Pulumi.dev.yaml': 'config: {}',
    };
    expect(problems(folder(files))).toEqual([]);
    expect(
      problems(folder({ 'pnpm-lock.yaml': 'x: 1', 'node_modules/a/b.yaml': 'x: 1', 'package.json': '{}' })),
    ).toEqual([]);
  });
});

describe('uncertain values are refused, and shown', () => {
  it.each([
    [
      'a joiner in an address',
      'acme,ali\u200dce@example.com,Alice,100',
      /email "ali\u200dce@example\.com" contains an invisible character/,
    ],
    [
      'an invisible letter in a name',
      'acme,alice@example.com,Al\u{e0041}ice,100',
      /firstName .* contains an invisible character/,
    ],
    [
      'a number that was shortened',
      'acme,alice@example.com,Alice,1.2E+10',
      /extension "1\.2E\+10" was shortened by a spreadsheet/,
    ],
    [
      'a number that was shortened with a comma',
      'acme,alice@example.com,Alice,"1,2E+10"',
      /extension "1,2E\+10" was shortened by a spreadsheet/,
    ],
    ['the error of a formula', 'acme,alice@example.com,#N/A,100', /firstName "#N\/A" is the error of a formula/],
    ['a name in an address', 'acme,Alice <alice@example.com>,Alice,100', /email .* must be an e-mail address/],
  ])('%s', (_, row, expected) => {
    expect(problems(folder({ 'users.csv': `${USERS}\n${row}\n` }))).toEqual([expect.stringMatching(expected)]);
  });

  it('an externalId that was shortened, and a number without its plus', () => {
    expect(problems(folder({ 'customers.csv': 'externalId\n1.23E+47\n' }))).toEqual([
      expect.stringMatching(/^customers\.csv:2:1 .*externalId "1\.23E\+47" was shortened/),
    ]);
    expect(
      problems(folder({ 'locations.csv': 'customer,name,calling.phoneNumbers\nacme,Denver,12145551322\n' })),
    ).toEqual([expect.stringMatching(/must be an E\.164 phone number.*a spreadsheet drops the "\+"/)]);
  });

  it.each([
    ['columns separated by another character', { 'users.csv': USERS.replaceAll(',', '|') }, /first line has no column/],
    ['another separator than sep= declares', { 'users.csv': `sep=;\n${USERS}` }, /2:1 the first line has no column/],
    [
      'a title above the columns',
      { 'users.csv': `Our users,,\n${USERS}\n${ALICE}` },
      /1:1 the first line has no column/,
    ],
    ['a page instead of a table', { 'users.csv': '<html><body></body></html>' }, /first line has no column/],
    [
      'a number in a list that was shortened with a comma',
      { 'locations.csv': 'customer;name;calling.phoneNumbers\nacme;Denver;1,32E+10\n' },
      /phoneNumbers\[0\] "1\.32E\+10" was shortened by a spreadsheet/,
    ],
    [
      'a zero that is not dialled from abroad',
      { 'locations.csv': 'customer,name,calling.phoneNumbers\nacme,Denver,+49 (0)30 123456\n' },
      /"\+49 \(0\)30 123456" must be an E\.164 phone number/,
    ],
    [
      'a shortened number that is none of the location, either',
      {
        'locations.csv': 'customer,name,calling.phoneNumbers\nacme,Denver,+12145551321\n',
        'users.csv': 'customer,email,location,phoneNumber\nacme,a@example.com,Denver,1.21E+10\n',
      },
      /phoneNumber "1\.21E\+10" was shortened/,
    ],
    ['another encoding', { 'users.csv': Buffer.from(USERS, 'utf16le') }, /is UTF-16; save it as UTF-8/],
    ['an old workbook', { 'users.csv': Buffer.from('d0cf11e0a1b11ae1', 'hex') }, /is a workbook, no text/],
    ['a workbook under the name of a table', { 'users.csv': 'PK\x03\x04\x14' }, /is a workbook or another ZIP file/],
    ['a table with another ending', { 'users.tsv': USERS }, /users\.tsv:1:1 is not read: name it users\.csv/],
    ['a table with two endings', { 'Users.csv.txt': USERS }, /is not read: name it users\.csv/],
    [
      'an unresolved conflict of git',
      { 'users.csv': `${USERS}\n<<<<<<< HEAD\n${ALICE}\n=======\n>>>>>>> main\n` },
      /users\.csv:2:1 has conflict markers of git/,
    ],
    [
      'a header in another language',
      { 'users.csv': 'Kunde;email;Vorname;Nachname;Durchwahl\nacme;a@example.com;Alice;Anderson;1001\n' },
      /^users\.csv:1:1 columns "Kunde", "Vorname", "Nachname", "Durchwahl": there are no such columns; the names are customer, /,
    ],
    [
      'merged cells, of which only the first row has the value',
      { 'users.csv': `${USERS}\n${ALICE}\n,b@example.com,Bob,101\n,j@example.com,John,102\n` },
      /^users\.csv:3:1 user "b@example\.com": customer is required \(and in 1 more row\): fill the column in each row/,
    ],
    [
      'a file that was not written completely',
      { 'users.csv': `${USERS}\n${ALICE}\n\0\0\0` },
      /^users\.csv:3:1 has NUL/,
    ],
    ['a hyphen in a column', { 'users.csv': 'customer,E-Mail\nacme,a@example.com\n' }, /did you mean "email"\?/],
  ])('%s is one mistake', (_, files, expected) => {
    expect(problems(folder(files))).toEqual([expect.stringMatching(expected)]);
  });

  it('a link to a folder above it is one mistake', () => {
    const at = write(folder({ 'users.csv': `${USERS}\n${ALICE}\n` }));
    symlinkSync('.', path.join(at, 'loop'));
    expect(problems(at, true)).toEqual([
      expect.stringMatching(/^loop:1:1 is a link to a folder, which is not followed/),
    ]);
  });

  it('a copy of a table beside it is ignored', () => {
    expect(problems(folder({ 'users.csv': `${USERS}\n${ALICE}\n`, 'users.csv.bak': 'x' }))).toEqual([]);
  });

  it('a joiner stays in names, where scripts need it', () => {
    const name = 'علی\u200cرضا';
    expect(acme({ 'users.csv': `${USERS}\nacme,a@example.com,${name},100\n` }).users[0]?.firstName).toBe(name);
  });

  it('a column with values and no name', () => {
    expect(problems(folder({ 'users.csv': `${USERS},,\n${ALICE},,\nacme,b@example.com,Bob,101,x,\n` }))).toEqual([
      'users.csv:1:36 this column has values (line 3), but no name',
    ]);
  });

  it('a workbook without its CSV file', () => {
    const workbook = expect.stringMatching(
      /^users\.xlsx:1:1 is a workbook, which is not read: save each of its sheets/,
    );
    expect(problems(folder({ 'users.xlsx': 'PK' }))).toEqual([workbook]);
    expect(
      problems(
        folder({ 'users.xlsx': 'PK', '~$users.xlsx': '', '~$users.csv': '', 'users.csv': `${USERS}\n${ALICE}\n` }),
      ),
    ).toEqual([]);
    expect(problems({ 'users.xlsx': 'PK' })).toContainEqual(workbook);
  });
});

describe('one wrong thing is one message', () => {
  const rows = (count: number, row: (number: number) => string) =>
    Array.from({ length: count }, (_, n) => row(n)).join('\n');

  it.each([
    ['customer', 'custmer', 'users.csv:1:1 column "custmer": there is no such column; did you mean "customer"?'],
    ['email', 'emial', 'users.csv:1:10 column "emial": there is no such column; did you mean "email"?'],
    ['extension', 'extention', 'users.csv:1:26 column "extention": there is no such column; did you mean "extension"?'],
  ])('a misspelt column: %s', (name, misspelt, expected) => {
    const users = `${USERS.replace(name, misspelt)},package\n${rows(20, (n) => `acme,u${n}@example.com,U,10${n},webex_meetings`)}\n`;
    expect(problems(folder({ 'users.csv': users.replaceAll(/,10\d+,/g, ',,') }))).toEqual([expected]);
  });

  it('a column that is missing', () => {
    const users = `customer,email,extension\n${rows(20, (n) => `acme,u${n}@example.com,1${n + 10}`)}\n`;
    const top = TOP.replace('firstName: John, ', '');
    expect(problems({ ...folder({ 'users.csv': users }), 'fleet.yaml': top })).toEqual([
      'users.csv:1:1 there is no column for firstName, which is required',
    ]);
  });

  it('a key of customers that is missing, although all users refer to it', () => {
    const users = `${USERS}\n${rows(20, (n) => `acme,u${n}@example.com,U,1${n + 10}`)}\n`;
    expect(problems(folder({ 'customers.csv': 'externaId\nacme\n', 'users.csv': users }))).toEqual([
      'customers.csv:1:1 column "externaId": there is no such column; did you mean "externalId"?',
    ]);
  });

  it('a byte that can not be read', () => {
    const users = `${USERS}\n${rows(50, (n) => `m\u00fcller,u${n}@example.com,U,1${n + 10}`)}\n`;
    const files = {
      ...folder({ 'users.csv': users }),
      'customers.csv': Buffer.from('externalId\nm\u00fcller\n', 'latin1'),
    };
    expect(problems(files)).toEqual(['customers.csv:2:2 is not UTF-8 from here on; save it as UTF-8']);
    const top = Buffer.from(TOP.replace("John's", 'J\u00f6hn'), 'latin1');
    expect(problems({ 'fleet.yaml': top, 'customers.csv': `externalId\n${rows(50, (n) => `c${n}`)}\n` })).toHaveLength(
      1,
    );
  });

  it('a quotation mark within quotation marks', () => {
    const users = `${USERS}\n${ALICE}\nacme,bob@example.com,"John "Jack"",101\n`;
    expect(problems(folder({ 'users.csv': users }))).toEqual([
      expect.stringMatching(/^users\.csv:3:1 a quotation mark within a field in quotation marks must be doubled/),
    ]);
  });

  it('a name that many refer to', () => {
    const users = rows(20, (n) => `acem,u${n}@example.com,U,1${n + 10}`);
    expect(problems(folder({ 'users.csv': `${USERS}\n${users}\n` }))).toEqual([
      'users.csv:2:1 user "u0@example.com": there is no customer "acem" (and in 19 more rows); did you mean "acme"?',
    ]);
    const customers = rows(3, (n) => `  - { externalId: c${n}, template: standrd }`);
    expect(problems(`${TOP}${customers}\n`)).toEqual([
      `roster.yaml:${FIRST}:33 customer "c0": there is no template "standrd" (and in 2 more customers); did you mean "standard"?`,
    ]);
    const places = rows(2, (n) => `acme,u${n}@example.com,U,1${n + 10},Denver`);
    expect(problems(folder({ 'users.csv': `${USERS},location\n${places}\n` }))).toEqual([
      expect.stringContaining('the customer has no location "Denver" (and in 1 more user)'),
    ]);
  });
});
