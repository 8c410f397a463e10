import { z } from 'zod';
import { type ErrorDetail, WebexResponseError } from './errors';
import { parseJson, withoutNulls } from './json';
import { redact } from './redaction';
import type { HttpAnswer } from './transport';

const code = z.union([z.number(), z.string()]).optional().catch(undefined);
const text = z.string().optional().catch(undefined);
/** An entry of a list of errors, in the forms in which Webex sends it. */
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
 * The error bodies that Webex was seen to send; any part may be missing:
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

/** What an error answer says, whatever its shape. */
export interface ErrorReport {
  code?: number | string;
  description: string;
  trackingId?: string;
  errors: ErrorDetail[];
  headerCodes: string[];
}

/** What of a server's words is shown, in characters: enough for any that were meant for people. */
const LONGEST = { description: 500, trackingId: 100, code: 50, contentType: 50 };
/** Entries of a list of errors: how many are kept (a request has up to 1,000 numbers), and how many a message shows. */
const MOST_ERRORS = { kept: 1000, shown: 20 };

/**
 * Reads the body of an answer with an error status: Cisco's shape, or the beginning of whatever else it is.
 * Secrets are taken out before texts are shortened: half a token would not be found.
 */
export function readError(raw: HttpAnswer, secrets: string[]): ErrorReport {
  const answer = withoutSecrets(raw, secrets);
  const json = parseJson(answer.body);
  const value = 'value' in json ? withoutNulls(json.value, hiding(raw, secrets)) : undefined;
  const parsed = z.union([errorBody, z.array(errorBody).min(1)]).safeParse(value);
  const trackingId = trackingIdOf(answer);
  const headerCodes = codesOfHeader(answer);
  if (!parsed.success) {
    const description = plainText(redact(unescaped(answer.body.slice(0, READ)), secrets)) || 'no explanation';
    return { code: headerCodes[0], description, trackingId, errors: [], headerCodes };
  }
  const bodies = [parsed.data].flat();
  const { code, description, errors } = describeErrors(bodies.flatMap(entriesOf));
  const whole = bodies[0] ?? {};
  const said = whole.description ?? whole.message ?? whole.errorMessage ?? whole.error_description ?? '';
  const word = typeof whole.error === 'string' ? whole.error : '';
  return {
    code: shownCode(whole.errorCode) ?? code ?? headerCodes[0],
    description: description || oneLine(said || word, LONGEST.description) || 'no explanation',
    trackingId: oneLine(whole.trackingId ?? '', LONGEST.trackingId) || trackingId,
    errors,
    headerCodes,
  };
}

/** The lists of errors of a body, whichever name they have. */
function entriesOf(body: z.infer<typeof errorBody>): ErrorEntry[] {
  return [...(body.errors ?? []), ...(Array.isArray(body.error) ? body.error : [])];
}

export type ErrorEntry = z.infer<typeof errorEntry>;

/** What POST of numbers answers, with 2xx too: `[{ errors: [{ number, errorCode, errorMessage }] }]`; else nothing. */
export const listOfErrors = z
  .array(z.object({ errors: entries }))
  .transform((list) => list.flatMap((each) => each.errors ?? []))
  .catch([]);

/** Entries of a list of errors as people read them: on one line each, of bounded length. */
export function describeErrors(list: ErrorEntry[]): Pick<ErrorReport, 'code' | 'description' | 'errors'> {
  const errors = list.slice(0, MOST_ERRORS.kept).map((each): ErrorDetail => {
    const inner = typeof each.message === 'object' ? each.message : [];
    const message = typeof each.message === 'string' ? each.message : inner.map((one) => one.description).join('; ');
    const said = each.description || message || each.errorMessage || '';
    return {
      code: shownCode(each.errorCode ?? each.code ?? inner[0]?.code),
      description: oneLine(said, LONGEST.description) || 'no description',
      ...(each.number !== undefined && { number: oneLine(each.number, LONGEST.code) }),
    };
  });
  const shown = errors.slice(0, MOST_ERRORS.shown).map(({ number, description }) => {
    return number === undefined ? description : `${number}: ${description}`;
  });
  return { code: errors[0]?.code, description: cut(shown.join('; '), 2 * LONGEST.description), errors };
}

/** `cisco-spark-error-codes`: one code or several. */
function codesOfHeader({ headers }: HttpAnswer): string[] {
  const codes = (headers['cisco-spark-error-codes'] ?? '').split(/[\s,;]+/).filter((each) => each !== '');
  return codes.slice(0, MOST_ERRORS.shown).map((each) => oneLine(each, LONGEST.code));
}

/**
 * Whether the body of an error answer is Webex's: JSON with a list of errors that have a code or a description, or with
 * a message or a code and a tracking ID. A message alone is not enough, since gateways of others answer that, too:
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

/** An answer from which every known secret is taken out, as far as no escape of JSON hides it. */
export function withoutSecrets(answer: HttpAnswer, secrets: string[]): HttpAnswer {
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, value && redact(value, secrets)]);
  return { ...answer, headers: Object.fromEntries(headers), body: redact(answer.body, secrets) };
}

/** For texts in a body: only escapes of JSON can still hide a secret there. */
function hiding({ body }: HttpAnswer, secrets: string[]): (text: string) => string {
  return body.includes('\\') ? (text) => redact(text, secrets) : (text) => text;
}

/** What Cisco's support asks for. */
export function trackingIdOf({ headers }: Pick<HttpAnswer, 'headers'>): string | undefined {
  return oneLine(headers.trackingid ?? '', LONGEST.trackingId) || undefined;
}

/**
 * The answer's body as the schema wants it. Nulls count as missing.
 * @param secrets what must not come out of it; the answer of a token request holds none that is ours
 * @throws WebexResponseError
 */
export function readBody<T>(
  answer: HttpAnswer,
  schema: z.ZodType<T>,
  call: { method: string; path: string; outcomeUnknown: boolean },
  secrets: string[] = [],
): T {
  const trackingId = trackingIdOf(answer);
  const { outcomeUnknown } = call;
  const fail = (problem: string) =>
    new WebexResponseError(call.method, call.path, `status ${answer.status} with ${problem}`, {
      outcomeUnknown,
      trackingId,
    });
  const json = parseJson(answer.body);
  if (answer.notUtf8 || 'problem' in json) throw fail(describeBody(answer));
  const parsed = schema.safeParse(withoutNulls(json.value, hiding(answer, secrets)));
  if (parsed.success) return parsed.data;
  // Paths and types only: zod's messages don't show the values.
  const issues = parsed.error.issues.slice(0, 3).map(({ path, message }) => {
    const problem = message.replace('Invalid input: ', '').replace('received undefined', 'found nothing');
    return `${path.join('.') || 'body'}: ${problem}`;
  });
  throw fail(`unexpected content (${issues.join('; ')})`);
}

/** What the body of an answer is instead of JSON, e.g. `a body that is no valid JSON (text/html, 120 characters)`. */
export function describeBody(answer: HttpAnswer): string {
  if (answer.notUtf8) return 'a body that is no valid UTF-8';
  if (answer.body.trim() === '') return 'an empty body';
  const json = parseJson(answer.body);
  const type = oneLine(answer.headers['content-type']?.split(';')[0] ?? '', LONGEST.contentType) || 'no content type';
  const problem = 'problem' in json ? json.problem : 'not in the shape of Webex';
  return `a body that is ${problem} (${type}, ${answer.body.length} characters)`;
}

/** The first words of a page that is no answer of Webex, for a person to recognise it by; secrets are taken out. */
export function firstWords(raw: HttpAnswer, secrets: string[]): string {
  const { body } = withoutSecrets(raw, secrets);
  return plainText(redact(unescaped(body.slice(0, READ)), secrets));
}

/** Characters of a page that are looked at. */
const READ = 20_000;

/** Text with what escapes of JSON and HTML stand for: in half of a JSON text, too, they may hide a secret. */
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

/** A server's words on one line, without what a terminal would obey or could not show. */
function oneLine(text: string, longest: number): string {
  return cut(text.replace(/[\s\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim(), longest);
}

function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // Not between the halves of a surrogate pair.
  return `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…`;
}
