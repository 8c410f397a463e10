import { z } from 'zod';
import { type ErrorDetail, WebexResponseError } from './errors';
import { parseJson, withoutNulls } from './json';
import { redact } from './redaction';
import type { HttpAnswer } from './transport';

const code = z.union([z.number(), z.string()]).optional().catch(undefined);
const text = z.string().optional().catch(undefined);
const detail = z.object({ errorCode: code, code, description: text, message: text });

/** Cisco's error body: `message`, `errors: [{ errorCode, description }]`, `trackingId`; any part may be missing. */
const errorBody = z.object({
  message: text,
  description: text,
  errorCode: code,
  trackingId: text,
  errors: z.array(detail).optional().catch(undefined),
});

/** What an error answer says, whatever its shape. */
export interface ErrorReport {
  code?: number | string;
  description: string;
  trackingId?: string;
  errors: ErrorDetail[];
}

/** What of a server's words is shown, in characters: enough for any that were meant for people. */
const LONGEST = { description: 500, trackingId: 100, code: 50, contentType: 50 };
/** Entries of `errors` that are kept. */
const MOST_ERRORS = 20;

/**
 * Reads the body of an answer with an error status: Cisco's shape, or the beginning of whatever else it is.
 * Secrets are taken out before texts are shortened: half a token would not be found.
 */
export function readError(raw: HttpAnswer, secrets: string[]): ErrorReport {
  const answer = withoutSecrets(raw, secrets);
  const json = parseJson(answer.body);
  const parsed = errorBody.safeParse('value' in json ? withoutNulls(json.value, hiding(raw, secrets)) : undefined);
  const trackingId = trackingIdOf(answer);
  if (!parsed.success) {
    const description = plainText(redact(unescaped(answer.body.slice(0, READ)), secrets)) || 'no explanation';
    return { description, trackingId, errors: [] };
  }
  const body = parsed.data;
  const { code, description, errors } = tellErrors(body.errors ?? []);
  return {
    code: shownCode(body.errorCode) ?? code,
    description:
      description || oneLine(body.description ?? body.message ?? '', LONGEST.description) || 'no explanation',
    trackingId: oneLine(body.trackingId ?? '', LONGEST.trackingId) || trackingId,
    errors,
  };
}

/** What entries of `errors` say, for people: as many and as long as a person reads. */
export function tellErrors(entries: z.infer<typeof detail>[]): Omit<ErrorReport, 'trackingId'> {
  const errors = entries.slice(0, MOST_ERRORS).map((entry) => ({
    code: shownCode(entry.errorCode ?? entry.code),
    description: oneLine(entry.description ?? entry.message ?? '', LONGEST.description) || 'no description',
  }));
  const description = errors.map((entry) => entry.description).join('; ');
  return { code: errors[0]?.code, description: cut(description, 2 * LONGEST.description), errors };
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
  const fail = (problem: string) =>
    new WebexResponseError(call.method, call.path, `status ${answer.status} with ${problem}`, {
      outcomeUnknown: call.outcomeUnknown,
      trackingId: trackingIdOf(answer),
    });
  if (answer.notUtf8) throw fail('a body that is no valid UTF-8');
  if (answer.body.trim() === '') throw fail('an empty body');
  const json = parseJson(answer.body);
  if ('problem' in json) {
    const type = oneLine(answer.headers['content-type']?.split(';')[0] ?? '', LONGEST.contentType) || 'no content type';
    throw fail(`a body that is ${json.problem} (${type}, ${answer.body.length} characters)`);
  }
  const parsed = schema.safeParse(withoutNulls(json.value, hiding(answer, secrets)));
  if (parsed.success) return parsed.data;
  // Paths and types only: zod's messages don't show the values.
  const issues = parsed.error.issues.slice(0, 3).map(({ path, message }) => {
    const problem = message.replace('Invalid input: ', '').replace('received undefined', 'found nothing');
    return `${path.join('.') || 'body'}: ${problem}`;
  });
  throw fail(`unexpected content (${issues.join('; ')})`);
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
