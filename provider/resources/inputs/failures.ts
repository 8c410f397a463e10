import type { z } from 'zod';
import type { CheckFailure } from '../../lifecycle';

/**
 * Names of the API's documents and of other providers, and our name of the same thing. Asked only about
 * names that a resource doesn't have (a user has no `packages`, a customer no `package`).
 */
const OUR_NAMES: Readonly<Record<string, string>> = {
  address1: 'addressLine1',
  address2: 'addressLine2',
  street: 'addressLine1',
  state: 'stateOrProvince',
  province: 'stateOrProvince',
  zip: 'zipOrPostalCode',
  zipCode: 'zipOrPostalCode',
  postalCode: 'zipOrPostalCode',
  timezone: 'timeZone',
  primaryPhoneNumber: 'phoneNumber',
  packages: 'package (one package, as a text: a user has exactly one)',
  package: 'packages (a list)',
};

/** Characters of a value that are shown. */
const SHOWN = 60;

/** One failure for each property path, in words for people. */
export function failuresFrom(issues: readonly z.core.$ZodIssue[]): CheckFailure[] {
  const failures = new Map<string, CheckFailure>();
  const meant = new Set<string>();
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        const name = Object.hasOwn(OUR_NAMES, key) ? OUR_NAMES[key] : undefined;
        if (name !== undefined) meant.add(pathOf([...issue.path, name.split(' ')[0] ?? name]));
        add({ property: pathOf([...issue.path, key]), reason: unknownName(name) });
      }
    } else {
      add({ property: pathOf(issue.path), reason: reasonOf(issue) });
    }
  }
  // A value under a wrong name is one mistake: that the right name is missing then needs no line of its own.
  return [...failures.values()].filter(({ property, reason }) => reason !== REQUIRED || !meant.has(property));

  function add(failure: CheckFailure): void {
    if (!failures.has(failure.property)) failures.set(failure.property, failure);
  }
}

const REQUIRED = 'is required';

function unknownName(ours: string | undefined): string {
  return ours === undefined
    ? 'there is no such property; remove it or correct its name'
    : `there is no such property here; it is called ${ours}`;
}

/** What zod expects, in words. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** What Pulumi's SDK makes of an output that a program puts into a text, as in `${customer.externalId}@example.com`. */
const OUTPUT_AS_TEXT = /Calling \[to(String|JSON)\] on an \[Output<T>\]/;

function reasonOf(issue: z.core.$ZodIssue): string {
  if (issue.input === undefined) return REQUIRED;
  if (typeof issue.input === 'string' && OUTPUT_AS_TEXT.test(issue.input))
    return 'holds an output that was put into a text. Write pulumi.interpolate before the text, or use apply';
  if (issue.code !== 'invalid_type') return `${shown(issue.input)}${issue.message}`;
  return `${shown(issue.input)}must be ${KINDS[issue.expected] ?? issue.expected}${quotes(issue)}`;
}

/** A number where a text is wanted is mostly one that was not put into quotes: an extension, a postal code. */
function quotes({ expected, input }: z.core.$ZodIssueInvalidType): string {
  return expected === 'string' && typeof input === 'number' ? ` ("${input}", in quotes)` : '';
}

/** A plain value as it was written, cut where it is long. Lists and objects are not shown: their parts have paths. */
function shown(input: unknown): string {
  if (!['string', 'number', 'boolean'].includes(typeof input)) return '';
  if (typeof input !== 'string') return `${input} `;
  const characters = [...input];
  const text = characters.length > SHOWN ? `${characters.slice(0, SHOWN).join('')}…` : input;
  return `${JSON.stringify(text).replace(UNSEEN, escaped)} `;
}

/** What nobody sees, and spaces that look like U+0020. */
const UNSEEN = /(?! )[\p{Cf}\p{Co}\p{Zs}]/gu;

function escaped(character: string): string {
  const units = character.split('');
  return units.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

/** `headquarters.address.country`, `phoneNumbers[2]`. */
export function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
