import { output } from '@pulumi/pulumi';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UNKNOWN } from '../../../../provider/lifecycle';
import { idOf } from '../../../../provider/resources/inputs/ids';
import {
  email,
  extension,
  jsonValue,
  language,
  oneOf,
  optional,
  phoneNumber,
  reconciliation,
  required,
  text,
  timeZone,
  validate,
} from '../../../../provider/resources/inputs/validation';

/** What is said of one value under the path `value`; undefined when it passes. */
function problem(schema: z.ZodType, value: unknown): string | undefined {
  const { failures } = validate(z.strictObject({ value: required(schema) }), { value });
  expect(failures.length).toBeLessThan(2);
  return failures[0]?.reason;
}

const GOOD: [what: string, schema: z.ZodType, values: unknown[]][] = [
  ['text', text, ['a', 'José Müller', '株式会社', '👩‍👩‍👧', 'x'.repeat(100_000), '__proto__', 'constructor']],
  ['phone number', phoneNumber, ['+12145557861', '+4930123456', '+123456789012345']],
  [
    'e-mail address',
    email,
    ['john.anderson@acme.com', 'John.Anderson+1@acme.co.uk', 'jörg@müller.example.com', 'иван@пример.com'],
  ],
  ['extension', extension, ['10', '0000', '1234567890']],
  ['language', language, ['en', 'en_us', 'en_US', 'pt-br', 'fil']],
  [
    'time zone',
    timeZone,
    ['America/Los_Angeles', 'Asia/Kolkata', 'Asia/Calcutta', 'UTC', 'Etc/GMT+5', 'America/North_Dakota/New_Salem'],
  ],
];

const BAD: [what: string, schema: z.ZodType, values: unknown[], says: RegExp][] = [
  ['text', text, ['', ' ', '\t'], /must not be empty$/],
  ['text', text, [' a', 'a ', 'a\u00a0'], /must not begin or end with a space$/],
  ['text', text, ['a\nb', 'a\u0000b', 'a\u001bb'], /must not contain line breaks or control characters$/],
  ['text', text, [5], /^5 must be a text \("5", in quotes\)$/],
  ['text', text, [true], /^true must be a text$/],
  ['text', text, [[], {}, [1]], /^must be a text$/],
  ['text', text, [null, undefined], /^is required$/],
  [
    'phone number',
    phoneNumber,
    [
      '2145557861',
      '+1 214 555 7861',
      '+1-214-555-7861',
      '+0123456789',
      '+1234567890123456',
      '+12',
      'tel:+12145557861',
      '+１２１４５５５７８６１',
    ],
    /must be an E\.164 phone number/,
  ],
  [
    'e-mail address',
    email,
    ['john', 'john@', '@acme.com', 'john@acme', 'john anderson@acme.com', 'a@b@acme.com'],
    /must be an e-mail address/,
  ],
  ['e-mail address', email, ['alice\u200b@acme.com'], /^"alice\\u200b@acme\.com" must be an e-mail address/],
  [
    'e-mail address',
    email,
    ['\u0430lice@acme.com', 'alice@\u0430cme.com', '\u0430.anderson@acme.com'],
    /mixes alphabets: "\u0430" \(U\+0430\) only looks like a Latin letter$/,
  ],
  ['extension', extension, ['1', '12345678901', '12a4', ' 1234', '-123', '１２３４'], /must be 2 to 10 digits/],
  ['language', language, ['English', 'e', 'EN', 'en_', '', 'en us'], /must be a language code/],
  [
    'time zone',
    timeZone,
    [
      'PST',
      'Pacific Standard Time',
      '+02:00',
      'GMT+2',
      'america/los_angeles',
      'America/los_Angeles',
      'America/LOS_ANGELES',
      'Mars/Olympus',
      '',
      '../etc/passwd',
    ],
    /must be an IANA time zone/,
  ],
];

describe('a value', () => {
  it.each(GOOD)('that is a good %s passes', (_what, schema, values) => {
    for (const value of [...values, UNKNOWN]) expect(problem(schema, value), String(value)).toBeUndefined();
  });

  it.each(BAD)('that is a bad %s is refused: %#', (_what, schema, values, says) => {
    for (const value of values) expect(problem(schema, value), String(value)).toMatch(says);
  });

  it('is shown, but not in full when it is long', () => {
    expect(problem(phoneNumber, '👍'.repeat(500))).toMatch(/^"(👍){60}…" must be/);
  });

  it('that holds an output as a text is named as such, and not quoted', () => {
    for (const [schema, value] of [
      [text, `${output('x')}`],
      [email, `${output('x')}@acme.com`],
    ] as const)
      expect(problem(schema, value)).toMatch(/^holds an output that was put into a text\. Write pulumi\.interpolate/);
  });

  it('of a choice names the choices', () => {
    expect(problem(oneOf(['unlink', 'delete']), 'remove')).toBe('"remove" is not one of unlink, delete');
  });
});

describe('an ID', () => {
  const id = (kind: string) =>
    Buffer.from(`ciscospark://us/${kind}/96abc2aa-3dcc-11e5-a152-fe34819cdc9a`).toString('base64url');
  const customer = idOf(['ENTERPRISE', 'CUSTOMER'], 'customer.id');

  it('of the right kind, or of none, passes', () => {
    for (const value of [
      id('ENTERPRISE'),
      id('CUSTOMER'),
      id('NEW_KIND'),
      'c1677a16',
      'Zm9v',
      UNKNOWN,
      'not base64!',
      id('__proto__'),
      id('constructor'),
    ]) {
      expect(problem(customer, value), value).toBeUndefined();
    }
  });

  it('of another kind is refused, with what to write instead', () => {
    expect(problem(customer, id('ORGANIZATION'))).toMatch(/ is the ID of an organization; use customer\.id$/);
    expect(problem(customer, id('Organization'))).toMatch(/ is the ID of an organization/);
    expect(problem(customer, `${id('PEOPLE')}==`)).toMatch(/ is the ID of a person/);
  });
});

describe('an object', () => {
  const schema = z.strictObject({
    name: required(text),
    phoneNumber: optional(phoneNumber),
    package: optional(text),
    address: optional(z.strictObject({ stateOrProvince: required(text), lines: optional(z.array(required(text))) })),
    ...reconciliation,
  });
  const failuresOf = (inputs: unknown) =>
    validate(schema, inputs).failures.map(({ property, reason }) => `${property}: ${reason}`);

  it('may be unknown anywhere', () => {
    expect(failuresOf({ name: UNKNOWN, address: UNKNOWN, timeouts: UNKNOWN })).toEqual([]);
    expect(failuresOf({ name: 'a', address: { stateOrProvince: UNKNOWN, lines: UNKNOWN } })).toEqual([]);
    expect(failuresOf({ name: 'a', address: { stateOrProvince: 'CA', lines: [UNKNOWN, 'b'] } })).toEqual([]);
  });

  it('may have null for what is left out, and only for that', () => {
    expect(failuresOf({ name: 'a', phoneNumber: null, address: null, adopt: null })).toEqual([]);
    expect(failuresOf({ name: null })).toEqual(['name: is required']);
  });

  it('has the path of each part that is wrong, however deep', () => {
    expect(
      failuresOf({ name: 'a', address: { stateOrProvince: 5, lines: ['a', '', 7] }, timeouts: { create: 0 } }),
    ).toEqual([
      'address.stateOrProvince: 5 must be a text ("5", in quotes)',
      'address.lines[1]: "" must not be empty',
      'address.lines[2]: 7 must be a text ("7", in quotes)',
      'timeouts.create: 0 must be above 0 seconds',
    ]);
    expect(failuresOf({ name: 'a', address: 'CA', timeouts: { delete: 'soon' }, adopt: 'yes' })).toEqual([
      'address: "CA" must be an object',
      'adopt: "yes" must be true or false',
      'timeouts.delete: "soon" must be a number',
    ]);
  });

  it('reports unknown names, also those that every object has', () => {
    const inputs = JSON.parse(
      '{"name": "a", "nmae": 1, "__proto__": {"phoneNumber": 5}, "constructor": 2, "toString": 3}',
    );
    expect(failuresOf(inputs)).toEqual(
      ['nmae', '__proto__', 'constructor', 'toString'].map(
        (name) => `${name}: there is no such property; remove it or correct its name`,
      ),
    );
  });

  it('suggests the name for one from another API, in one failure although the right name is missing', () => {
    expect(failuresOf({ name: 'a', address: { state: 'CA' }, primaryPhoneNumber: '+12145557861' })).toEqual([
      'address.state: there is no such property here; it is called stateOrProvince',
      'primaryPhoneNumber: there is no such property here; it is called phoneNumber',
    ]);
  });

  it('that is none is refused as a whole', () => {
    expect(failuresOf('a')).toEqual([': "a" must be an object']);
  });
});

describe('hostile inputs', () => {
  it('an e-mail address of a million characters is refused at once', () => {
    // By its pattern alone this would take hours: the time grows with the square of the length.
    expect(problem(email, `a@${'.'.repeat(1_000_000)}@`)).toMatch(/must be an e-mail address, and none is that long$/);
  });

  it('what is nested too deep is refused before anything walks through it', () => {
    let deep: unknown = 'x';
    for (let level = 0; level < 100_000; level++) deep = { a: [deep] };
    const { inputs, failures } = validate(z.strictObject({ value: z.unknown() }), { value: deep });
    expect(failures).toEqual([{ property: 'value.a[0]', reason: 'is nested more than 64 levels deep' }]);
    expect(inputs).toEqual({});
  });

  it('a number that JSON does not have is named by its path', () => {
    const { failures } = validate(z.record(z.string(), jsonValue), { a: { b: [1, Number.NaN] }, c: Infinity });
    expect(failures.map(({ property }) => property)).toEqual(['a.b[1]', 'c']);
    expect(failures[0]?.reason).toMatch(/must be a finite number/);
  });

  it('half of a surrogate pair is no text', () => {
    expect(problem(text, 'a\ud800')).toMatch(/must be Unicode text/);
    expect(problem(email, 'a\ud800@example.com')).toMatch(/must be an e-mail address/);
  });
});
