import { z } from 'zod';
import { type ErrorDetail, WebexResponseError } from './errors';
import { parseJson, withoutNulls } from './json';
import { redact } from './redaction';
import type { HttpAnswer } from './transport';

const code = z.union([z.number(), z.string()]).optional().catch(undefined);
const text = z.string().optional().catch(undefined);
/** An entry of a list of errors, in each of the forms that Webex sends. */
export const errorEntry = z.object({
  errorCode: code,
  code,
  description: text,
  message: z
    .union([z.string(), z.array(z.object({ code, description: text }))])
    .optional()
    .catch(undefined),
  errorMessage: text,
  number: text,
});
const entries = z.array(errorEntry).optional().catch(undefined);

/**
 * The error bodies that Webex sends; any part may be missing:
 * - `message`, `errors: [{ errorCode, description }]`, `trackingId` (documented);
 * - `error: [{ key, message: [{ code, description }] }]`, `errorCode`, `trackingId`, and `error: [{ code, message }]`;
 * - `errorMessage` alone; `error` and `error_description` (OAuth);
 * - a list of such objects.
 */
const errorBody = z.object({
  message: text,
  description: text,
  errorMessage: text,
  error_description: text,
  errorCode: code,
  trackingId: text,
  errors: entries,
  error: z.union([entries, text]).catch(undefined),
});

/** The contents of an error answer, independent of its shape. */
export interface ErrorReport {
  code?: number | string;
  description: string;
  trackingId?: string;
  errors: ErrorDetail[];
}

/** The most characters of a server's texts that messages show. Texts that are written for people are shorter. */
const LONGEST = { description: 500, trackingId: 100, code: 50, contentType: 50 };
/** How many entries of a list of errors are kept (a request has up to 1,000 numbers), and how many a message shows. */
const MOST_ERRORS = { kept: 1000, shown: 20 };

/**
 * Reads the body of an answer with an error status: Cisco's shape, or the beginning of any other text.
 * Secrets are removed before texts are shortened, because a token that is cut in two would not be found.
 */
export function readError(raw: HttpAnswer, secrets: string[]): ErrorReport {
  const answer = withoutSecrets(raw, secrets);
  const json = parseJson(answer.body);
  const value = 'value' in json ? withoutNulls(json.value, hiding(raw, secrets)) : undefined;
  const parsed = z.union([errorBody, z.array(errorBody).min(1)]).safeParse(value);
  const trackingId = trackingIdOf(answer);
  const headerCode = codeOfHeader(answer);
  if (!parsed.success) {
    const description = plainText(redact(unescaped(answer.body.slice(0, READ)), secrets)) || 'no explanation';
    return { code: headerCode, description, trackingId, errors: [] };
  }
  const bodies = [parsed.data].flat();
  const { code, description, errors } = describeErrors(bodies.flatMap(entriesOf));
  const whole = bodies[0] ?? {};
  const found = whole.description ?? whole.message ?? whole.errorMessage ?? whole.error_description ?? '';
  const word = typeof whole.error === 'string' ? whole.error : '';
  return {
    code: shownCode(whole.errorCode) ?? code ?? headerCode,
    description: description || oneLine(found || word, LONGEST.description) || 'no explanation',
    trackingId: oneLine(whole.trackingId ?? '', LONGEST.trackingId) || trackingId,
    errors,
  };
}

/** The entries of all lists of errors in a body; the lists have different names. */
function entriesOf(body: z.infer<typeof errorBody>): ErrorEntry[] {
  return [...(body.errors ?? []), ...(Array.isArray(body.error) ? body.error : [])];
}

export type ErrorEntry = z.infer<typeof errorEntry>;

/** Errors in the answer of POST of numbers, also with 2xx: `[{ errors: [{ number, errorCode, errorMessage }] }]`. */
export const listOfErrors = z
  .array(z.object({ errors: entries }))
  .transform((list) => list.flatMap((each) => each.errors ?? []))
  .catch([]);

/** The text of a list of errors for a message: each entry on one line of limited length. */
export function describeErrors(list: ErrorEntry[]): Pick<ErrorReport, 'code' | 'description' | 'errors'> {
  const errors = list.slice(0, MOST_ERRORS.kept).map((each): ErrorDetail => {
    const inner = typeof each.message === 'object' ? each.message : [];
    const message = typeof each.message === 'string' ? each.message : inner.map((one) => one.description).join('; ');
    const found = each.description || message || each.errorMessage || '';
    return {
      code: shownCode(each.errorCode ?? each.code ?? inner[0]?.code),
      description: oneLine(found, LONGEST.description) || 'no description',
      ...(each.number !== undefined && { number: oneLine(each.number, LONGEST.code) }),
    };
  });
  const shown = errors.slice(0, MOST_ERRORS.shown).map(({ number, description }) => {
    return number === undefined ? description : `${number}: ${description}`;
  });
  return { code: errors[0]?.code, description: cut(shown.join('; '), 2 * LONGEST.description), errors };
}

/** The first code of the header `cisco-spark-error-codes`, which some 502 carry instead of a body. */
function codeOfHeader({ headers }: HttpAnswer): string | undefined {
  const [first] = (headers['cisco-spark-error-codes'] ?? '').split(/[\s,;]+/).filter((each) => each !== '');
  return first && oneLine(first, LONGEST.code);
}

/**
 * Whether the body of an error answer comes from Webex: JSON with a list of errors that have a code or a description,
 * or with a tracking ID beside a message or a code. A message alone is not enough, because other gateways also answer
 * `{"message": "Not Found"}`.
 */
export function isWebexError(answer: HttpAnswer): boolean {
  const json = parseJson(answer.body);
  const value = 'value' in json ? withoutNulls(json.value, (each) => each) : undefined;
  const parsed = z.union([errorBody, z.array(errorBody).min(1)]).safeParse(value);
  if (!parsed.success) return false;
  const bodies = [parsed.data].flat();
  if (bodies.flatMap(entriesOf).some((each) => each.errorCode !== undefined || each.description !== undefined))
    return true;
  const tracked = trackingIdOf(answer) !== undefined || bodies.some(({ trackingId }) => trackingId !== undefined);
  const says = bodies.some(
    (body) => (body.message ?? body.errorMessage ?? body.errorCode ?? body.errors ?? body.error) !== undefined,
  );
  return tracked && says;
}

function shownCode(value: number | string | undefined): number | string | undefined {
  return typeof value === 'string' ? oneLine(value, LONGEST.code) || undefined : value;
}

/** The answer without the known secrets, except those that an escape of JSON hides. */
export function withoutSecrets(answer: HttpAnswer, secrets: string[]): HttpAnswer {
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, value && redact(value, secrets)]);
  return { ...answer, headers: Object.fromEntries(headers), body: redact(answer.body, secrets) };
}

/** Removes secrets from the parsed texts of a body: before parsing, escapes of JSON may have hidden one. */
function hiding({ body }: HttpAnswer, secrets: string[]): (text: string) => string {
  return body.includes('\\') ? (text) => redact(text, secrets) : (text) => text;
}

/** The tracking ID, which Cisco's support asks for. */
export function trackingIdOf({ headers }: Pick<HttpAnswer, 'headers'>): string | undefined {
  return oneLine(headers.trackingid ?? '', LONGEST.trackingId) || undefined;
}

/**
 * Parses the body of an answer by a schema. Nulls count as missing.
 * @param secrets texts to remove from the result; none for a token request, whose answer holds the new token
 * @throws WebexResponseError
 */
export function readBody<T>(
  answer: HttpAnswer,
  schema: z.ZodType<T>,
  call: { method: string; path: string; outcomeUnknown: boolean; advice?: string },
  secrets: string[] = [],
): T {
  const trackingId = trackingIdOf(answer);
  const { outcomeUnknown, advice } = call;
  const fail = (problem: string) =>
    new WebexResponseError(call.method, call.path, `status ${answer.status} with ${problem}`, {
      outcomeUnknown,
      trackingId,
      ...(advice !== undefined && { advice }),
    });
  const json = parseJson(answer.body);
  if (answer.notUtf8 || 'problem' in json) throw fail(describeBody(answer));
  const parsed = schema.safeParse(withoutNulls(json.value, hiding(answer, secrets)));
  if (parsed.success) return parsed.data;
  // zod's messages show paths and types, but no values.
  const issues = parsed.error.issues.slice(0, 3).map(({ path, message }) => {
    const problem = message.replace('Invalid input: ', '').replace('received undefined', 'found nothing');
    return `${path.join('.') || 'body'}: ${problem}`;
  });
  throw fail(`unexpected content (${issues.join('; ')})`);
}

/** Describes an unusable body for a message, e.g. `a body that is no valid JSON (text/html, 120 characters)`. */
export function describeBody(answer: HttpAnswer): string {
  if (answer.notUtf8) return 'a body that is no valid UTF-8';
  if (answer.body.trim() === '') return 'an empty body';
  const json = parseJson(answer.body);
  const type = oneLine(answer.headers['content-type']?.split(';')[0] ?? '', LONGEST.contentType) || 'no content type';
  const problem = 'problem' in json ? json.problem : 'not in the shape of Webex';
  return `a body that is ${problem} (${type}, ${answer.body.length} characters)`;
}

/** The first words of a page that did not come from Webex, so that the user recognises it. Secrets are removed. */
export function firstWords(raw: HttpAnswer, secrets: string[]): string {
  const { body } = withoutSecrets(raw, secrets);
  return plainText(redact(unescaped(body.slice(0, READ)), secrets));
}

/** The most characters of a page that are read. */
const READ = 20_000;

/** Replaces escapes of JSON and HTML by their characters, since they may hide a secret, also in incomplete JSON. */
function unescaped(text: string): string {
  const character = (code: number) => (code <= 0x10ffff ? String.fromCodePoint(code) : '');
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => character(Number.parseInt(hex, 16)))
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, hex: string) => character(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,7});/g, (_, code: string) => character(Number(code)))
    .replaceAll('\\/', '/');
}

/** The readable beginning of an HTML page or other text. */
function plainText(body: string): string {
  const visible = body
    .slice(0, READ)
    .replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ');
  return oneLine(visible, 200);
}

/** A server's text on one line, without control characters and others that a terminal can't show. */
function oneLine(text: string, longest: number): string {
  return cut(text.replace(/[\s\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim(), longest);
}

function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // Drop the first half of a surrogate pair that was cut in two.
  return `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…`;
}
