import type { Context } from 'hono';
import type { z } from 'zod';
import { ApiError, badRequest } from '../api-error';
import type { Env } from './env';

/** No body of the API is longer than a few kilobytes. */
const MAX_BODY = 1_048_576;

/** No body of the API is deeper than seven objects within each other. */
const MAX_DEPTH = 64;

/** At most so many broken fields are named in one answer. */
const MAX_ERRORS = 20;

/** So much of a body that is too long is read before the connection is closed. */
const PATIENCE = 32 * MAX_BODY;

/** The body of a request as text. Errors: 413 too long, 400 cut off. */
export async function bodyText(context: Context<Env>, limit = MAX_BODY): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of context.env.incoming.iterator({ destroyOnReturn: false })) {
      length += (chunk as Buffer).length;
      // Go on reading a body that is too long: a client that is still writing doesn't read the answer.
      if (length <= limit) chunks.push(chunk as Buffer);
      if (length > limit + PATIENCE) break;
    }
  } catch {
    throw badRequest('The request body could not be read.');
  }
  if (length > limit) throw tooLarge(limit);
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/**
 * Checks a JSON body against a schema. Errors: 415 other media type, 400 malformed JSON or a field that breaks the
 * schema.
 */
export function parseBody<Body>(schema: z.ZodType<Body>, request: BodyText): Body {
  return checked(schema, parseJson(request), 'field');
}

interface BodyText {
  readonly contentType: string | undefined;
  readonly text: string;
}

/**
 * Reads JSON. Errors: 415 other media type; 400 no or malformed JSON, text that no Unicode string can hold, nested too
 * deeply.
 */
export function parseJson({ contentType, text }: BodyText): unknown {
  if (text === '' && contentType === undefined) throw badRequest('The request needs a body.');
  const mediaType = (contentType ?? '').split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json')
    throw new ApiError(415, 'The request must have the content type application/json.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest('The request body is not valid JSON.');
  }
  checkTexts(value);
  return value;
}

/**
 * Checks a value against a schema; throws 400 with a description that names each broken field. `null` for a field means
 * "not given", as many clients write it, unless the schema gives null a meaning.
 */
export function checked<Type>(schema: z.ZodType<Type>, value: unknown, what: string): Type {
  let result = schema.safeParse(value);
  // An object inside a field that was broken is looked at in the next round only.
  while (!result.success && dropNulls(value, result.error.issues)) result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.slice(0, MAX_ERRORS).map((issue) => {
    const path = issue.path.map(String).join('.');
    return {
      description:
        path === '' ? `Invalid request body: ${issue.message}` : `Invalid ${what} '${path}': ${issue.message}`,
    };
  });
  throw new ApiError(400, errors[0]?.description ?? 'Invalid request.', { errors });
}

/** Deletes the fields that are null and were refused; answers whether there were any. */
function dropNulls(value: unknown, issues: readonly z.core.$ZodIssue[]): boolean {
  let dropped = false;
  for (const { path } of issues) {
    const parent = path.slice(0, -1).reduce<unknown>((inner, key) => fieldsOf(inner)?.[key], value);
    const fields = Array.isArray(parent) ? undefined : fieldsOf(parent);
    const key = path.at(-1);
    if (fields === undefined || key === undefined || fields[key] !== null) continue;
    delete fields[key];
    dropped = true;
  }
  return dropped;
}

function fieldsOf(value: unknown): Record<PropertyKey, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>) : undefined;
}

/**
 * NUL ends a text in SQLite, and half a surrogate pair can't be written as UTF-8: neither would come back as it was
 * sent.
 */
const UNKEEPABLE = /[\0\p{Surrogate}]/u;

/** Refuses (400) such text, and what is nested too deeply. */
function checkTexts(root: unknown): void {
  // A list of what is left to look at instead of recursion: a million brackets must not exhaust the stack.
  const left: { value: unknown; path: string; depth: number }[] = [{ value: root, path: '', depth: 0 }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, path, depth } = next;
    if (depth > MAX_DEPTH) throw badRequest('The request body is nested too deeply.');
    if (typeof value === 'string' && UNKEEPABLE.test(value))
      throw badRequest(`Invalid field '${path}': must not contain NUL or half of a surrogate pair.`);
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (UNKEEPABLE.test(key)) throw badRequest('The request body has an invalid field name.');
      left.push({ value: inner, path: path === '' ? key : `${path}.${key}`, depth: depth + 1 });
    }
  }
}

function tooLarge(limit: number): ApiError {
  const message = `The request body is too large: at most ${limit} bytes are accepted.`;
  return new ApiError(413, message, { headers: { Connection: 'close' } });
}
