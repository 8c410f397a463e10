import { z } from 'zod';
import { type ErrorDetail, WebexResponseError } from './errors';
import type { HttpAnswer } from './transport';

/** Takes secrets out of what a server said, since some servers echo what they were sent. */
export function redact(text: string, secrets: string[]): string {
  return secrets
    .filter((secret) => secret.length >= 4) // shorter ones are no real secrets, and would garble the message
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((result, secret) => result.replaceAll(secret, '***'), text);
}

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

/**
 * Reads the body of an answer with an error status: Cisco's shape, or the beginning of whatever else it is.
 * Secrets are taken out before the text is shortened (half a token would not be found), and once more from what
 * JSON's escapes may have hidden.
 */
export function readError(raw: HttpAnswer, secrets: string[]): ErrorReport {
  const hide = (value: string) => redact(value, secrets);
  const answer = { ...raw, body: hide(raw.body) };
  const parsed = errorBody.safeParse(dropNulls(parseJson(answer.body)));
  if (!parsed.success) {
    const description = plainText(answer.body) || 'no explanation';
    return { description, trackingId: answer.headers.trackingid, errors: [] };
  }
  const body = parsed.data;
  const errors = (body.errors ?? []).map((entry) => ({
    code: entry.errorCode ?? entry.code,
    description: hide(entry.description ?? entry.message ?? 'no description'),
  }));
  const details = errors.map((entry) => entry.description).join('; ');
  return {
    code: body.errorCode ?? errors[0]?.code,
    description: details || hide(body.description ?? body.message ?? 'no explanation'),
    trackingId: body.trackingId ?? answer.headers.trackingid,
    errors,
  };
}

/** The answer's body as the schema wants it. Nulls count as missing. @throws WebexResponseError */
export function readBody<T>(
  answer: HttpAnswer,
  schema: z.ZodType<T>,
  call: { method: string; path: string; outcomeUnknown: boolean },
): T {
  const fail = (problem: string) =>
    new WebexResponseError(call.method, call.path, `status ${answer.status} with ${problem}`, call.outcomeUnknown);
  if (answer.body.trim() === '') throw fail('an empty body');
  const json = parseJson(answer.body);
  if (json === undefined) {
    const type = answer.headers['content-type']?.split(';')[0] ?? 'no content type';
    throw fail(`a body that is no valid JSON (${type}, ${answer.body.length} characters)`);
  }
  const parsed = schema.safeParse(dropNulls(json));
  if (parsed.success) return parsed.data;
  // Paths and types only: zod's messages don't show the values.
  const issues = parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw fail(`unexpected content (${issues.join('; ')})`);
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The API sends null for what isn't there (e.g. `phoneNumber` of an extension); its documents have no nullable field. */
function dropNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== null)
      .map(([key, entry]) => [key, dropNulls(entry)]),
  );
}

/** The readable beginning of an HTML page or other text. */
function plainText(body: string): string {
  return body
    .slice(0, 20_000)
    .replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
}
