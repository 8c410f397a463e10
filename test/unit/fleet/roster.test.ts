import { readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { loadRoster } from '../../../provider/fleet/roster/load';
import { FIRST, load, problems, TOP, write } from './rosters';

describe('a roster in YAML', () => {
  it('merges customers with the defaults', () => {
    const { name, customers, templates } = load(`name: acme
${TOP}  - externalId: johns-pizza
    packages: [webex_calling]
    locations: [{ name: Denver, timeZone: America/Boise }]
    users: [{ email: alice.anderson@acme.com, firstName: Alice, extension: "1001", location: Denver }]
`);
    expect(name).toBe('acme');
    expect([...templates.keys()]).toEqual(['standard']);
    const [customer] = customers;
    expect(customer?.entry).toMatchObject({ packages: ['webex_calling'], name: "John's Pizza", template: 'standard' });
    expect(customer?.locations).toMatchObject([
      { name: 'Denver', timeZone: 'America/Boise', preferredLanguage: 'en_us' },
    ]);
    expect(customer?.users).toMatchObject([{ firstName: 'Alice', lastName: 'Anderson', location: 'Denver' }]);
  });

  it('is called after its file where it has no name', () => {
    expect(load(`${TOP}  - { externalId: a }\n`).name).toBe('roster');
  });

  it('may come with a byte order mark, Windows line ends, as JSON, and with merge keys', () => {
    const text = `${TOP}  - &first { externalId: a, name: Acme }\n  - { <<: *first, externalId: b }\n`;
    const expected = [
      ['a', 'Acme'],
      ['b', 'Acme'],
    ];
    const found = (from: string) => load(from).customers.map(({ entry }) => [entry.externalId, entry.name]);
    expect(found(text)).toEqual(expected);
    expect(found(`\ufeff${text.replaceAll('\n', '\r\n')}`)).toEqual(expected);
    const asJson = JSON.stringify({ templates: {}, customers: [] });
    expect(load(asJson).customers).toEqual([]);
  });

  it('reports each problem at its place: ten in five thousand lines', () => {
    const customers = Array.from({ length: 840 }, (_, number) => [
      `  - externalId: customer-${number}`,
      `    language: en`,
      `    users:`,
      `      - email: alice@customer-${number}.example.com`,
      `        extension: "1001"`,
      `        lastName: Anderson`,
    ]);
    const change = (number: number, line: number, text: string) => {
      const lines = customers[number] as string[];
      lines[line] = text;
    };
    change(10, 1, '    country: US');
    change(100, 1, '    address: { addressLine1: 771 Alder Drive, city: Milpitas, country: USA }');
    change(200, 0, '  - externalId: customer-199');
    change(250, 1, '    template: standrd');
    change(300, 3, '      - email: alice@customer-299.example.com');
    change(400, 4, '        extension: 0102');
    change(500, 5, '        lastNam: Anderson');
    change(600, 5, '        package: webex_suite');
    change(700, 5, '        location: Head Ofice');
    change(839, 5, '        phoneNumber: "12"');
    const text = TOP + customers.map((lines) => lines.join('\n')).join('\n');
    expect(text.split('\n').length).toBeGreaterThan(4999);
    const at = (number: number, line: number) => `roster.yaml:${FIRST + number * 6 + line}`;
    expect(problems(text)).toEqual([
      expect.stringMatching(`^${at(10, 1)}:5 customer "customer-10": country there is no such property`),
      expect.stringMatching(`^${at(100, 1)}:72 customer "customer-100": address.country "USA" must be an ISO 3166-1`),
      expect.stringMatching(
        `^${at(200, 0)}:17 customer "customer-199": externalId is already used by another customer`,
      ),
      expect.stringMatching(`^${at(250, 1)}:15 customer "customer-250": there is no template "standrd"; did you mean`),
      expect.stringMatching(
        `^${at(300, 3)}:16 user "alice@customer-299.example.com": email is already used by another user`,
      ),
      `${at(400, 4)}:20 user "alice@customer-400.example.com": extension 102 must be a text ("0102", in quotes)`,
      `${at(500, 5)}:9 user "alice@customer-500.example.com": lastNam there is no such property; remove it or correct its name; did you mean "lastName"?`,
      expect.stringMatching(`^${at(600, 5)}:18 user .*: the customer doesn't have the package webex_suite`),
      expect.stringMatching(
        `^${at(700, 5)}:19 user .*: the customer has no location "Head Ofice"; did you mean "Head Office"`,
      ),
      expect.stringMatching(`^${at(839, 5)}:22 user .*: phoneNumber "12" must be an E.164 phone number`),
    ]);
  });

  it.each([
    [
      'a property twice',
      `${TOP}  - externalId: a\n    externalId: b\n`,
      [`roster.yaml:${FIRST + 1}:5 this name is already used above`],
    ],
    [
      'a prototype as a name',
      `${TOP}  - externalId: a\n    __proto__: { x: 1 }\n`,
      [/:5 customer "a": __proto__ there is no such property/],
    ],
    [
      'an alias without an anchor',
      `${TOP}  - externalId: *nobody\n`,
      [/there is no anchor &nobody above/, /externalId is required/],
    ],
    [
      'a list where an object must be',
      '- a\n',
      ['roster.yaml:1:1 must be an object with $schema, name, stacks, settings, defaults, templates, customers'],
    ],
    ['a customer that is a text', `${TOP}  - acme\n`, [/customers\[0\] must be an object/]],
    ['customers that are no list', 'customers: 5\n', ['roster.yaml:1:12 customers must be a list']],
    ['what is none of its own', `custmers: []\n`, [/:1 custmers there is no such property.*did you mean "customers"/]],
    [
      'a mistake in the defaults, once',
      `${TOP.replace('firstName: John', 'firstName: 5')}  - { externalId: a, users: [{ email: a@example.com, extension: "10" }, { email: b@example.com, extension: "11" }] }\n`,
      [/:22 defaults.user.firstName 5 must be a text/],
    ],
    [
      'an unknown value of Pulumi',
      `${TOP}  - externalId: 04da6b54-80e4-46f7-96ec-b56ff0331ba9\n`,
      [/stands for an unknown value/],
    ],
    [
      'a credential among the settings',
      `settings: { accessToken: secret }\n`,
      [/settings.accessToken there is no such property/],
    ],
  ])('says what is wrong with %s', (_, text, expected) => {
    expect(problems(text)).toEqual(
      expected.map((each) => (typeof each === 'string' ? each : expect.stringMatching(each))),
    );
  });

  it('may name servers of Webex only: the access token is sent there', () => {
    const settings = (url: string) => problems(`settings: { baseUrl: "${url}" }\n`);
    expect(settings('https://webexapis.com/v1')).toEqual([]);
    for (const url of [
      'https://webexapis.com.example.com',
      'http://webexapis.com',
      'https://a:b@webexapis.com',
      'http://127.0.0.1:4010/v1',
      'x',
    ])
      expect(settings(url), url).toEqual([expect.stringMatching(/^roster\.yaml:1:22 settings\.baseUrl/)]);
    expect(problems('settings: { templateApiUrl: "https://example.com" }\n')).toHaveLength(1);
    vi.stubEnv('WEBEX_ALLOWED_HOSTS', 'webex.example.com, 127.0.0.1:4010');
    expect(settings('https://webex.example.com/v1')).toEqual([]);
    expect(settings('http://127.0.0.1:4010/v1')).toEqual([]);
    expect(settings('https://example.com/v1')).toHaveLength(1);
    vi.unstubAllEnvs();
  });

  it('reports the place of a syntax error, and nothing that follows from it', () => {
    const text = `${TOP}  - externalId: a\n    name: "John's Pizza\n  - externalId: b\n    template: nothing\n`;
    expect(problems(text)).toEqual([expect.stringMatching(/closing "quote|closing/)]);
  });

  it('names the line that is not UTF-8, and asks for UTF-8 where it is UTF-16', () => {
    expect(problems(Buffer.from(`${TOP}  - externalId: M\u00fcller\n`, 'latin1'))).toEqual([
      `roster.yaml:${FIRST}:18 is not UTF-8 from here on; save it as UTF-8`,
    ]);
    expect(problems(Buffer.from('\ufeffname: acme', 'utf16le'))).toEqual([
      'roster.yaml:1:1 is UTF-16; save it as UTF-8',
    ]);
  });

  it('bears aliases that multiply, and a value that holds itself', () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const inner = level === 0 ? 'x' : `*a${level - 1}`;
      return `  a${level}: &a${level} [${Array.from({ length: 10 }, () => inner).join(', ')}]`;
    });
    expect(problems(`settings:\n${levels.join('\n')}\n`)).toContainEqual(
      expect.stringMatching(/aliases and merge keys stand for more than 1000000 values/),
    );
    expect(problems('settings: &a { baseUrl: *a }\n')).toContainEqual(expect.stringMatching(/is part of itself/));
  });

  it('counts what a merge key stands for before it is copied: many that merge a large map would fill the memory', () => {
    const names = Array.from({ length: 1000 }, (_, n) => `k${n}: 1`).join(', ');
    const merging = Array.from({ length: 1500 }, () => '- {<<: *u}').join('\n');
    // The problem is at the first value beyond the limit, and not at the list with all values.
    expect(problems(`defaults: { user: &u { ${names} } }\ncustomers:\n${merging}\n`)).toEqual([
      expect.stringMatching(/^roster\.yaml:1:\d+ aliases and merge keys stand for more than 1000000 values/),
    ]);
  });

  it.each([
    [
      'merge keys of merge keys',
      // Each map merges the one before it twice.
      Array.from({ length: 30 }, (_, n) =>
        `x${n}: &x${n} {<<: [*x${n - 1}, *x${n - 1}]}`.replace('[*x-1, *x-1]', '{}'),
      ),
      /^roster\.yaml:\d+:\d+ (x\d+ there is no such|aliases and merge keys stand for more)/,
    ],
    [
      'the same merge key many times',
      Array.from({ length: 30 }, (_, n) => `x${n}: &x${n} {<<: *x${n - 1}, <<: *x${n - 1}}`.replaceAll('*x-1', '{}')),
      /^roster\.yaml:\d+:\d+ /,
    ],
    [
      'lists within each other through aliases',
      ['customers:', '- &a0 []', ...Array.from({ length: 1400 }, (_, n) => `- &a${n + 1} [*a${n}]`)],
      /^roster\.yaml:\d+:\d+ lists or objects are nested more than 100 levels deep here, through aliases/,
    ],
    ['a list that merges itself', ['customers: &c [{ <<: *c, nmae: x }]'], /^roster\.yaml:1:16 is part of itself/],
    ['a map that merges itself', ['defaults: &d { <<: *d, nmae: x }'], /^roster\.yaml:1:14 is part of itself/],
    ['brackets', ['name: x', `customers: ${'['.repeat(100_000)}`], /^roster\.yaml:2:\d+ .* more than 100 levels deep/],
    ['dashes', [`${'- '.repeat(5000)}x`], /^roster\.yaml:1:\d+ .* more than 100 levels deep/],
    ['question marks', ['? '.repeat(5000)], /^roster\.yaml:1:\d+ .* more than 100 levels deep/],
    [
      'indentation',
      Array.from({ length: 3000 }, (_, n) => `${' '.repeat(n)}a:`),
      /^roster\.yaml:\d+:\d+ .* more than 100 levels deep/,
    ],
    ['two documents', ['name: x', '---', 'name: y'], /^roster\.yaml:2:\d+ a second document begins here/],
  ])('bears %s, in little time', (_, lines, expected) => {
    const begun = performance.now();
    expect(problems(lines.join('\n'))).toContainEqual(expect.stringMatching(expected));
    expect(performance.now() - begun).toBeLessThan(3000);
  });
});

describe('a roster in a folder', () => {
  const top = { 'fleet.yaml': TOP };

  it('is all its YAML files, and rows of CSV', () => {
    const { customers } = loadRoster(
      write({
        ...top,
        'customers/johns-pizza.yaml': 'customers: [{ externalId: johns-pizza }]\n',
        'customers.csv':
          'externalId,name,headquarters.calling.mainNumber,packages,packageLimits.webex_calling\nacme,"Acme, Inc.",,webex_calling;webex_meetings,20\n',
        'locations.csv': 'customer;name;calling.phoneNumbers\r\nacme;Denver;+12145557861|+12145557862\r\n',
        'users.csv':
          '\ufeffcustomer,email,extension,location,roles,attendantConsole\nacme,alice@example.com,0101,Denver,Full Administrator,\njohns-pizza,bob@example.com,102,,,false\n',
      }),
    );
    expect(customers.map(({ externalId }) => externalId)).toEqual(['johns-pizza', 'acme']);
    const [pizza, acme] = customers;
    expect(acme?.entry).toMatchObject({
      name: 'Acme, Inc.',
      packages: ['webex_calling', 'webex_meetings'],
      packageLimits: { webex_calling: 20 },
    });
    expect(acme?.locations[0]?.calling?.phoneNumbers).toEqual(['+12145557861', '+12145557862']);
    expect(acme?.users).toMatchObject([{ extension: '0101', roles: ['Full Administrator'], location: 'Denver' }]);
    expect(pizza?.users).toMatchObject([{ email: 'bob@example.com', attendantConsole: false }]);
  });

  it('reports problems of rows by line and column', () => {
    expect(
      problems({
        ...top,
        'customers.csv': 'externalId,nmae\na,\n',
        'users.csv':
          'customer,email,firstName,extension\na,alice@example.com,"Alice\nAnne",1\n\na,"b ""c""",Bob,12,extra\nz,c@example.com,Bob,13\n',
      }),
    ).toEqual([
      'customers.csv:1:12 column "nmae": there is no such column; did you mean "name"?',
      expect.stringMatching(/^users\.csv:2:21 user "alice@example.com": firstName .*must not contain line breaks/),
      expect.stringMatching(/^users\.csv:3:7 user "alice@example.com": extension "1" must be 2 to 10 digits/),
      expect.stringMatching(/^users\.csv:5:3 user .*: email .* must be an e-mail address/),
      'users.csv:5:20 there are 5 fields, but only 4 columns',
      'users.csv:6:1 user "c@example.com": there is no customer "z"',
    ]);
  });

  it('is files of that folder, and nothing that a link leads to: its contents would be shown in messages', () => {
    vi.stubEnv('WEBEX_ACCESS_TOKEN', 'a-secret');
    const outside = write({ 'token.csv': 'a-secret,email\n' });
    for (const target of [path.join(outside, 'token.csv'), '/dev/null']) {
      const folder = write(top);
      symlinkSync(target, path.join(folder, 'users.csv'));
      expect(problems(folder, true)).toEqual([
        expect.stringMatching(/^users\.csv:1:1 is not a regular file in the roster's folder/),
      ]);
      expect(problems(path.join(folder, 'users.csv'), true).join()).not.toContain('a-secret');
    }
    const inside = write({ ...top, 'data/a.txt': 'customers: [{ externalId: a }]\n' });
    symlinkSync(path.join(inside, 'data', 'a.txt'), path.join(inside, 'customers.yaml'));
    expect(problems(inside, true)).toEqual([]);
    vi.unstubAllEnvs();
  });

  it('reports the same problem once', () => {
    expect(problems({ 'a.yaml': 'name: a\n', 'b.yaml': 'name: b\n' })).toEqual([
      expect.stringMatching(/^b\.yaml:1:1 name is already given in .*a\.yaml/),
    ]);
    expect(problems({ ...top, 'people.csv': 'email\n' })).toEqual([
      'people.csv:1:1 CSV files of a roster are called templates.csv, customers.csv, locations.csv, users.csv',
    ]);
  });
});

describe('what must be unique', () => {
  const customer = (id: string, rest: string) => `  - { externalId: ${id}, ${rest} }\n`;
  it.each([
    [
      'an e-mail address, in any letters',
      customer('a', 'users: [{ email: a@example.com, extension: "10" }]') +
        customer('b', 'users: [{ email: A@Example.com, extension: "10" }]'),
      /user "A@Example.com": email is already used by another user: user "a@example.com"/,
    ],
    [
      'a location of a customer',
      customer('a', 'locations: [{ name: Denver }, { name: Denver }]'),
      /name is already used by another location of this customer/,
    ],
    [
      'the name of a location in Pulumi',
      customer('a', 'locations: [{ name: b/Denver }]') + customer('a/b', 'locations: [{ name: Denver }]'),
      /its name in Pulumi, "a\/b\/Denver", is that of another location, too: location "b\/Denver" of customer "a"/,
    ],
    [
      'the headquarters and a location',
      customer('a', 'locations: [{ name: Head Office }]'),
      /name is already used by another location of this customer/,
    ],
    [
      'an extension at a location',
      customer(
        'a',
        'users: [{ email: a@example.com, extension: "10" }, { email: b@example.com, extension: "10", location: Head Office }]',
      ),
      /extension "10" is already used by another user at this location/,
    ],
    [
      'a number of users',
      customer(
        'a',
        'users: [{ email: a@example.com, phoneNumber: "+12145557861" }, { email: b@example.com, phoneNumber: "+12145557861" }]',
      ),
      /phoneNumber is already used by another user/,
    ],
    [
      'a number of locations',
      customer('a', 'locations: [{ name: Denver, calling: { phoneNumbers: ["+12145557861"] } }]') +
        customer('b', 'locations: [{ name: Denver, calling: { phoneNumbers: ["+12145557861"] } }]'),
      /\+12145557861 is already a number of another location/,
    ],
    [
      'a number that the location lacks',
      customer(
        'a',
        'locations: [{ name: Denver, calling: { phoneNumbers: ["+12145557861"] } }], users: [{ email: a@example.com, location: Denver, phoneNumber: "+12145557862" }]',
      ),
      /\+12145557862 is not one of the phoneNumbers of the user's location, location "Denver"\. Add it there/,
    ],
    [
      'an add-on that the customer lacks, said once',
      customer(
        'a',
        'users: [{ email: a@example.com, extension: "10", attendantConsole: true }, { email: b@example.com, extension: "11", attendantConsole: true }]',
      ),
      /the customer doesn't have the package attendant_console: .*\(and in 1 more user\)$/,
    ],
    [
      'calling at a location that has it turned off',
      customer(
        'a',
        'locations: [{ name: Denver, calling: { enabled: false } }], users: [{ email: a@example.com, extension: "10", location: Denver }]',
      ),
      /: location "Denver" has Webex Calling turned off, and the user's package needs it/,
    ],
  ])('%s', (_, customers, expected) => {
    expect(problems(TOP + customers)).toEqual([expect.stringMatching(expected)]);
  });

  it('a customer with removal: delete must not have users that stay', () => {
    const users = (removal: string) => `users: [{ email: a@example.com, extension: "10"${removal} }]`;
    expect(problems(TOP + customer('a', `removal: delete, ${users('')}`))).toEqual([
      expect.stringMatching(/:31 customer "a": removal is "delete", but user "a@example\.com" would only be unlinked/),
    ]);
    expect(problems(TOP + customer('a', `removal: delete, ${users(', removal: delete')}`))).toEqual([]);
    expect(problems(TOP + customer('a', 'removal: delete'))).toEqual([]);
    expect(
      problems(TOP.replace('user: {', 'user: { removal: delete, ') + customer('a', `removal: delete, ${users('')}`)),
    ).toEqual([]);
  });

  it('the same extension at two locations is none', () => {
    const users =
      'users: [{ email: a@example.com, extension: "10" }, { email: b@example.com, extension: "10", location: Denver }]';
    expect(problems(TOP + customer('a', `locations: [{ name: Denver }], ${users}`))).toEqual([]);
  });
});

it('the example is a roster without a problem', () => {
  const folder = path.join(__dirname, '..', '..', '..', 'examples', 'fleet');
  expect(readFileSync(path.join(folder, 'roster.yaml'), 'utf8')).toContain('roster.schema.json');
  expect(loadRoster(path.join(folder, 'roster.yaml')).customers.length).toBeGreaterThan(2);
});
