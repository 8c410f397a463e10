import { z } from 'zod';
import { type CheckFailure, UNKNOWN } from '../../lifecycle';
import { failuresFrom, pathOf } from './failures';

const inner = new WeakMap<object, z.ZodType>();

/**
 * A required property: a value of this schema, or one that isn't known yet in preview, which never fails a check. Null
 * means left out, as Pulumi treats it.
 */
export function required<T extends z.ZodType>(schema: T): z.ZodType<z.output<T>, unknown> {
  const wrapped = z.unknown().transform((value, context) => {
    if (value === UNKNOWN) return value as z.output<T>;
    const result = schema.safeParse(value ?? undefined, { reportInput: true });
    if (result.success) return result.data;
    for (const issue of result.error.issues) context.issues.push({ ...issue } as never);
    return z.NEVER;
  });
  inner.set(wrapped, schema);
  return wrapped;
}

/** The schema that {@link required} wraps: a JSON Schema can be made of that one only. */
export function innerOf(schema: object): z.ZodType | undefined {
  return inner.get(schema);
}

/** As {@link required}, for a property that may be left out. */
export function optional<T extends z.ZodType>(schema: T) {
  return required(schema.optional()).optional();
}

/**
 * A text as Webex keeps it: something in it, no spaces around it (which would come back trimmed, as drift), one line.
 */
export const text = z
  .string()
  .refine((value) => value.trim() !== '', { error: 'must not be empty', abort: true })
  .refine((value) => value.trim() === value, 'must not begin or end with a space')
  .refine((value) => !/\p{Cc}/u.test(value), 'must not contain line breaks or control characters')
  .refine((value) => !/\p{Cs}/u.test(value), 'must be Unicode text, and contains half of a surrogate pair');

/** E.164: "+" and 7 to 15 digits. */
export const phoneNumber = z
  .string()
  .regex(
    /^\+[1-9]\d{6,14}$/,
    'must be an E.164 phone number: "+", country code and number, digits only (+12145557861)',
  );

/**
 * Not in an address without quotation marks (RFC 5321, 4.1.2): what a link, a name or a list has around it, and what
 * nobody sees.
 */
const NOT_IN_ADDRESS = '\\s@\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}<>()\\[\\]\\\\,;:"';

/** An e-mail address; Webex has further rules. None is longer than 254 characters (RFC 5321, 4.5.3.1.3). */
export const email = z
  .string()
  // First: on a long text the pattern would take time that grows with the square of its length.
  .max(254, { error: 'must be an e-mail address, and none is that long', abort: true })
  .regex(new RegExp(`^[^${NOT_IN_ADDRESS}]+@[^${NOT_IN_ADDRESS}?/]+\\.[^${NOT_IN_ADDRESS}?/.]+$`, 'u'), {
    error: 'must be an e-mail address (john.anderson@acme.com)',
    abort: true,
  })
  .refine((address) => lookAlike(address) === undefined, {
    error: ({ input }) => {
      const letter = lookAlike(String(input)) ?? '';
      return `mixes alphabets: "${letter}" (U+${letter.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}) only looks like a Latin letter`;
    },
  });

/** Alphabets with letters that look like Latin ones. */
const LOOK_ALIKES = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u;

/** The first letter of another alphabet in a part of an address that has Latin letters, too. */
function lookAlike(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  const parts = [address.slice(0, at), ...address.slice(at + 1).split('.')];
  return parts.find((part) => /\p{Script=Latin}/u.test(part) && LOOK_ALIKES.test(part))?.match(LOOK_ALIKES)?.[0];
}

/** Digits of an extension (validateExtensions, error 4910: only characters 0-9). */
export const extension = z.string().regex(/^\d{2,10}$/, 'must be 2 to 10 digits');

/** Locale of e-mails and announcements. */
export const language = z
  .string()
  .regex(/^[a-z]{2,3}([_-][A-Za-z]{2,4})?$/, 'must be a language code such as en or en_us');

const timeZones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', 'GMT']);

/** IANA time zone. */
export const timeZone = z.string().refine(isTimeZone, 'must be an IANA time zone (America/Los_Angeles)');

/**
 * Intl lists canonical names only; links such as Asia/Kolkata are IANA names too. Offsets such as +02:00 are none, and
 * neither are names in other letters than IANA's, which Intl takes.
 */
function isTimeZone(name: string): boolean {
  if (timeZones.has(name)) return true;
  if (!/^[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z0-9_+-]*)+$/.test(name)) return false;
  try {
    const { timeZone: canonical } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return canonical === name || canonical.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}

/** One of these names. The message lists them. */
export function oneOf<const T extends readonly [string, ...string[]]>(names: T) {
  return z.enum(names, { error: `is not one of ${names.join(', ')}` });
}

const seconds = z.number().positive('must be above 0 seconds');

/** Inputs that say how a resource is reconciled (inputs/args.ts, Reconciliation). */
export const reconciliation = {
  adopt: optional(z.boolean()),
  allowReplacement: optional(z.boolean()),
  timeouts: optional(
    z.strictObject({
      create: optional(seconds),
      update: optional(seconds),
      delete: optional(seconds),
    }),
  ),
};

/** Any JSON value, for the open records. A state can't be saved with a number that JSON doesn't have. */
export const jsonValue = z.unknown().superRefine((value, context) => {
  for (const path of impossibleNumbers(value)) {
    context.addIssue({ code: 'custom', path, message: 'must be a finite number', input: Number.NaN });
  }
});

function impossibleNumbers(value: unknown): PropertyKey[][] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [[]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    impossibleNumbers(inner).map((path) => [Array.isArray(value) ? Number(key) : key, ...path]),
  );
}

/**
 * How deep inputs may be nested. The open records (callSettings) need a few levels; Pulumi itself ends at some
 * thousands.
 */
const DEEPEST = 64;

/** The path of something that is nested too deep, as far as a person wants to read it. */
function tooDeep(inputs: unknown): PropertyKey[] | undefined {
  const open: { value: unknown; path: PropertyKey[] }[] = [{ value: inputs, path: [] }];
  // Not by recursion: that is what a deep value would break.
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (path.length > DEEPEST) return path.slice(0, 3);
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === 'object')
        open.push({ value: inner, path: [...path, Array.isArray(value) ? Number(key) : key] });
    }
  }
  return undefined;
}

/** Runs a schema, and gives one failure for each property path, in words for people. */
export function validate<T>(schema: z.ZodType<T>, inputs: unknown): { inputs: T; failures: CheckFailure[] } {
  const deep = tooDeep(inputs);
  if (deep !== undefined) {
    // None of it is given back: a recursive function would fail on it.
    return {
      inputs: {} as T,
      failures: [{ property: pathOf(deep), reason: `is nested more than ${DEEPEST} levels deep` }],
    };
  }
  const result = schema.safeParse(inputs, { reportInput: true });
  if (result.success) return { inputs: result.data, failures: [] };
  // Pulumi wants inputs even where they fail; nothing is done with them.
  return { inputs: inputs as T, failures: failuresFrom(result.error.issues) };
}
