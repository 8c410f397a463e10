import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { customerOrgInputs } from '../../../../provider/resources/customer-org/schema';
import { changedKeys, same } from '../../../../provider/resources/inputs/compare';
import { comparable, inRecordedSpelling } from '../../../../provider/resources/inputs/spelling';
import { email, innerOf, language, timeZone } from '../../../../provider/resources/inputs/validation';
import { locationInputs } from '../../../../provider/resources/location/schema';
import { templateInputs } from '../../../../provider/resources/onboarding-template/schema';
import { userInputs } from '../../../../provider/resources/user/schema';

/** An ID as Webex makes it. */
function id(cluster: string, kind: string, uuid: string, padding = ''): string {
  return `${Buffer.from(`ciscospark://${cluster}/${kind}/${uuid}`).toString('base64').replace(/=+$/, '')}${padding}`;
}

const CASES: [property: string, one: unknown, other: unknown, areSame: boolean][] = [
  ['email', 'Alice.Anderson@Acme.com', 'alice.anderson@acme.com', true],
  ['primaryEmail', 'John.Anderson@acme.com', 'john.anderson@acme.com', true],
  ['email', 'alice.anderson@acme.com', 'alice.andersen@acme.com', false],
  ['preferredLanguage', 'en_US', 'en-us', true],
  ['language', 'en_us', 'en_gb', false],
  ['timeZone', 'Asia/Kolkata', 'Asia/Calcutta', true],
  ['timeZone', 'America/Denver', 'America/Phoenix', false],
  ['name', 'Café', 'Cafe\u0301', true],
  ['name', 'Denver', 'denver', false],
  ['address', { city: 'Milpitas', country: 'US' }, { city: 'Milpitas', country: 'us' }, true],
  ['address', { city: 'Milpitas' }, { city: 'milpitas' }, false],
  ['phoneNumber', '+14085267209', '+1 408 526-7209', true],
  ['roles', ['b', 'a'], ['a', 'b'], true],
  ['locationId', id('us', 'LOCATION', 'a'), id('urn:TEAM:us-west-2_r', 'LOCATION', 'a', '=='), true],
  ['customerId', id('us', 'ENTERPRISE', 'a'), 'a', true],
  ['customerId', id('us', 'ENTERPRISE', 'a'), id('us', 'ENTERPRISE', 'b'), false],
  ['externalId', id('us', 'ENTERPRISE', 'a'), 'a', false],
  ['headquarters', { language: 'en_US', timeZone: 'UTC' }, { language: 'en_us', timeZone: 'UTC' }, true],
];

describe('spelling', () => {
  it.each(CASES)('of %s: %j and %j', (property, one, other, areSame) => {
    expect(same(one, other, property)).toBe(areSame);
    expect(changedKeys([property], { [property]: one }, { [property]: other })).toEqual(areSame ? [] : [property]);
  });

  it('that was recorded stays, where what was read means the same', () => {
    const recorded = {
      email: 'Alice@Acme.com',
      name: 'Cafe\u0301',
      headquarters: { language: 'en_US' },
      roles: ['Cafe\u0301'],
    };
    const real = {
      email: 'alice@acme.com',
      name: 'Café',
      headquarters: { language: 'en_us' },
      roles: ['Café', 'x'],
      id: '1',
    };
    expect(inRecordedSpelling(real, recorded)).toEqual({ ...recorded, roles: ['Cafe\u0301', 'x'], id: '1' });
    expect(inRecordedSpelling({ email: 'bob@acme.com' }, recorded)).toEqual({ email: 'bob@acme.com' });
  });

  // The names by which spelling.ts compares follow from the schemas.
  it('is that of each e-mail address, language and time zone of every resource', () => {
    const examples = new Map<unknown, [string, string]>([
      [email, ['A@acme.com', 'a@acme.com']],
      [language, ['en_US', 'en-us']],
      [timeZone, ['Asia/Kolkata', 'Asia/Calcutta']],
    ]);
    const found: string[] = [];
    const walk = (schema: unknown, property: string): void => {
      const plain = unwrapped(schema);
      const example = examples.get(plain);
      if (example !== undefined) {
        found.push(property);
        expect(comparable(example[0], property), property).toBe(comparable(example[1], property));
      }
      if (plain instanceof z.ZodObject) for (const [key, inner] of Object.entries(plain.shape)) walk(inner, key);
    };
    for (const schema of [customerOrgInputs, locationInputs, templateInputs, userInputs]) walk(schema, '');
    expect(found.length).toBeGreaterThan(9);
  });
});

/** The schema within `required` and `optional`. */
function unwrapped(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unwrapped(schema.unwrap());
  const inner = innerOf(schema as object);
  return inner === undefined ? schema : unwrapped(inner);
}
