import { z } from 'zod';
import { type CheckFailure, UNKNOWN } from '../../lifecycle';

/**
 * A value of this schema, or one that isn't known yet in preview. Used for every property, so that an unknown
 * provisioning ID or location never fails a check.
 */
export function known<T extends z.ZodType>(schema: T): z.ZodType<z.output<T>, unknown> {
  return z.unknown().transform((value, context) => {
    if (value === UNKNOWN) return value as z.output<T>;
    const result = schema.safeParse(value, { reportInput: true });
    if (result.success) return result.data;
    for (const issue of result.error.issues) context.issues.push({ ...issue } as never);
    return z.NEVER;
  });
}

/** As {@link known}, for a property that may be left out. */
export function optional<T extends z.ZodType>(schema: T) {
  return known(schema).optional();
}

/** A text with something in it. */
export const text = z.string().refine((value) => value.trim() !== '', 'must not be empty');

/** E.164: "+" and 7 to 15 digits. */
export const phoneNumber = z
  .string()
  .regex(
    /^\+[1-9]\d{6,14}$/,
    'must be an E.164 phone number: "+", country code and number, digits only (+12145557861)',
  );

/** What Webex takes as an e-mail address; the backend has the last word. */
export const email = z
  .string()
  .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'must be an e-mail address (john.anderson@acme.com)');

/** Digits of an extension (validateExtensions, error 4910: only characters 0-9). */
export const extension = z.string().regex(/^\d{2,10}$/, 'must be 2 to 10 digits');

/** Locale of e-mails and announcements. */
export const language = z
  .string()
  .regex(/^[a-z]{2,3}([_-][A-Za-z]{2,4})?$/, 'must be a language code such as en or en_us');

const timeZones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', 'GMT']);

/** IANA time zone. */
export const timeZone = z.string().refine(isTimeZone, 'must be an IANA time zone (America/Los_Angeles)');

/** Intl lists canonical names only; links such as Asia/Calcutta are IANA names too, offsets such as +02:00 are not. */
function isTimeZone(name: string): boolean {
  if (timeZones.has(name)) return true;
  if (!/^[A-Z][A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** One of these names. The message lists them. */
export function oneOf<const T extends readonly [string, ...string[]]>(names: T) {
  return z.enum(names, { error: `is not one of ${names.join(', ')}` });
}

/** Inputs that say how a resource is reconciled (shared/args.ts, Reconciliation). */
export const reconciliation = {
  adopt: optional(z.boolean()),
  allowReplacement: optional(z.boolean()),
  timeouts: optional(
    z.strictObject({
      create: optional(z.number().positive('must be above 0 seconds')),
      update: optional(z.number().positive('must be above 0 seconds')),
      delete: optional(z.number().positive('must be above 0 seconds')),
    }),
  ),
};

/** Runs a schema, and gives one failure for each property path, in words for people. */
export function validate<T>(schema: z.ZodType<T>, inputs: unknown): { inputs: T; failures: CheckFailure[] } {
  const result = schema.safeParse(inputs, { reportInput: true });
  if (result.success) return { inputs: result.data, failures: [] };
  const failures = new Map<string, CheckFailure>();
  for (const issue of result.error.issues) {
    for (const failure of failuresOf(issue)) {
      if (!failures.has(failure.property)) failures.set(failure.property, failure);
    }
  }
  // Pulumi wants inputs even where they fail; nothing is done with them.
  return { inputs: inputs as T, failures: [...failures.values()] };
}

function failuresOf(issue: z.core.$ZodIssue): CheckFailure[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      property: pathOf([...issue.path, key]),
      reason: 'is not a property of this resource; remove it or correct its name',
    }));
  }
  const property = pathOf(issue.path);
  if (issue.code === 'invalid_type' && missing(issue)) return [{ property, reason: 'is required' }];
  if (issue.code === 'invalid_type') return [{ property, reason: `${quoted(issue)}must be a ${issue.expected}` }];
  return [{ property, reason: `${quoted(issue)}${issue.message}` }];
}

/** Pulumi shows the value of a top-level property by itself, but not of one inside another. */
function quoted({ path, input }: z.core.$ZodIssue): string {
  const plain = ['string', 'number', 'boolean'].includes(typeof input);
  return path.length > 1 && plain ? `${JSON.stringify(input)} ` : '';
}

function missing(issue: z.core.$ZodIssue): boolean {
  return issue.input === undefined;
}

/** `headquarters.address.country`, `phoneNumbers[2]`. */
export function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
