import { z } from 'zod';
import type { World } from '../world';
import { checked, parseBody } from './body';

/** The methods that the published documents use. */
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** An unchecked request. */
export interface RawRequest {
  readonly url: URL;
  readonly params: Readonly<Record<string, string>>;
  readonly contentType: string | undefined;
  readonly text: string;
  readonly trackingId: string;
}

/** A request with checked query and body. */
export interface Call<Body, Query> {
  readonly world: World;
  readonly body: Body;
  readonly query: Query;
  readonly url: URL;
  readonly trackingId: string;
  /** A path parameter by its documented name. */
  param(name: string): string;
}

/** The answer of an operation; without `body` it is empty. */
export interface Reply {
  readonly status: 200 | 201 | 202 | 204 | 400;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation of the API, ready to be mounted. */
export interface Operation {
  readonly method: Method;
  /** As documented, with parameters in braces. */
  readonly path: string;
  /** True for operations without an access token; their bodies are not logged. */
  readonly public?: true;
  run(world: World, request: RawRequest): Reply;
}

/** The schemas of a request. A body or query without a schema is not read. */
interface Schemas<Body, Query> {
  body?: z.ZodType<Body>;
  query?: z.ZodType<Query>;
}

/** Defines an operation: its documented method and path, the schemas of query and body, and its implementation. */
export function operation<Body = undefined, Query = unknown>(
  method: Method,
  path: string,
  { body, query = z.unknown() as z.ZodType<Query> }: Schemas<Body, Query>,
  handle: (call: Call<Body, Query>) => Reply,
): Operation {
  const run = (world: World, request: RawRequest) =>
    handle({
      world,
      url: request.url,
      trackingId: request.trackingId,
      body: body ? parseBody(body, request) : (undefined as Body),
      query: checked(query, queryOf(request.url), 'query parameter'),
      param: (name) => request.params[name] ?? '',
    });
  return { method, path, run };
}

/** The answer 200 with a body. */
export function ok(body: unknown): Reply {
  return { status: 200, body };
}

/** The answer 204. */
export const NO_CONTENT: Reply = { status: 204 };

/** Safe methods (RFC 9110). */
const SAFE = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

/**
 * True if an operation changes something. POST of a precheck, a validation or a token request doesn't.
 */
export function isWrite(method: string, path: string): boolean {
  return !SAFE.includes(method) && !/\/(validate|invoke|access_token)$/.test(path);
}

/**
 * Query parameters by name. A repeated one becomes a comma-separated list, the other form of arrays.
 */
function queryOf(url: URL): Record<string, string> {
  const query: Record<string, string> = {};
  for (const name of new Set(url.searchParams.keys())) query[name] = url.searchParams.getAll(name).join(',');
  return query;
}
