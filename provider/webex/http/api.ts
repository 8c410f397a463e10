import type { z } from 'zod';
import { type Repeatability, retryAfter } from '../pacing/retry';
import type { Sender } from '../pacing/sender';
import { readBody, readError, trackingIdOf, withoutSecrets } from './answers';
import type { Credentials, TokenExchange } from './credentials';
import { WebexApiError, WebexError, WebexResponseError } from './errors';
import type { HttpAnswer, HttpRequest } from './transport';
import { below } from './url';
import { VERSION } from './version';

/** Query parameters; undefined ones are left out, lists repeat the parameter. */
export type Query = Record<string, string | number | boolean | string[] | undefined>;

/** One operation of the API. */
export interface Call {
  method: HttpRequest['method'];
  /** Below the base URL, IDs encoded: see {@link path}. */
  path: string;
  query?: Query;
  body?: object;
  /** For a POST that changes nothing: it is retried like a GET. */
  safe?: boolean;
}

/** A successful answer. */
export interface Success<T> {
  status: number;
  body: T;
  headers: HttpAnswer['headers'];
}

/** Sends operations to one base URL, with authorization, retries and pacing. */
export interface Api {
  /** For an operation whose answer has a body. @throws WebexError */
  call<T>(call: Call, schema: z.ZodType<T>): Promise<Success<T>>;
  /** For an operation whose answer's body (if any) is of no interest. @throws WebexError */
  run(call: Call): Promise<Success<string>>;
}

/** A path with its IDs encoded: path`/people/${id}`. */
export function path(parts: TemplateStringsArray, ...ids: string[]): string {
  return parts.reduce((result, part, index) => {
    const id = ids[index - 1] ?? '';
    // "." and ".." would be resolved away by URL, and an empty ID would name the collection.
    // Half of a surrogate pair has no form in a URL.
    if (index > 0 && (id === '' || id === '.' || id === '..' || /\p{Cs}/u.test(id))) {
      throw new WebexError(`${JSON.stringify(id)} can't be an ID in ${parts.join('{id}')}`);
    }
    return result + encodeURIComponent(id) + part;
  }, '');
}

/** Operations below one base URL, authorized by `credentials` and sent by `sender`. */
export function createApi(sender: Sender, credentials: Credentials, exchange: TokenExchange): Api {
  async function send(call: Call): Promise<HttpAnswer> {
    const tries = sender.begin(call, repeatability(call));
    const token = await credentials.accessToken(exchange);
    let answer = await tries.send(prepare(sender.base, call, token));
    if (answer.status === 401) {
      const renewed = await credentials.renewedToken(token, exchange);
      if (renewed !== undefined) answer = await tries.send(prepare(sender.base, call, renewed));
    }
    if (answer.status >= 200 && answer.status < 300) return clean(answer);
    const outcomeUnknown = tries.outcomeUnknown();
    // The first DELETE, whose answer was lost, was the one that deleted it.
    if (call.method === 'DELETE' && answer.status === 404 && outcomeUnknown)
      return { ...clean(answer), status: 204, body: '' };
    throw rejection(call, answer, outcomeUnknown);
  }

  /** Nothing that a server echoes may come further: not into a state, not into a message. */
  function clean(raw: HttpAnswer): HttpAnswer {
    const answer = withoutSecrets(raw, credentials.secrets());
    return { ...answer, headers: { ...answer.headers, trackingid: trackingIdOf(answer) } };
  }

  function rejection(call: Call, answer: HttpAnswer, outcomeUnknown: boolean): Error {
    const { method, path } = call;
    if (answer.status < 400) {
      const redirect = answer.headers.location ? ', a redirect, which is not followed' : '';
      const unknown = repeatability(call) !== 'safe';
      const { trackingid: trackingId } = clean(answer).headers;
      return new WebexResponseError(method, path, `status ${answer.status}${redirect}`, {
        outcomeUnknown: unknown,
        trackingId,
      });
    }
    const report = readError(answer, credentials.secrets());
    const description = explained(answer, report.description);
    return new WebexApiError({ ...report, status: answer.status, method, path, description, outcomeUnknown });
  }

  function explained({ status, headers }: HttpAnswer, description: string): string {
    if (status === 401)
      return `the access token is unknown or has expired; set a current one in ${credentials.source}. ${description}`;
    const wait = [423, 429, 503].includes(status) ? retryAfter(headers['retry-after'], sender.clock.now()) : undefined;
    // It was tried again as long as that may take (retryTimeoutSeconds), or Webex asked for more than that.
    return wait === undefined
      ? description
      : `${description}; Webex asks to try again after ${Math.ceil(wait / 1000)} s`;
  }

  return {
    call: async (call, schema) => {
      const answer = await send(call);
      const unknown = { ...call, outcomeUnknown: repeatability(call) !== 'safe' };
      const body = readBody(answer, schema, unknown, credentials.secrets());
      return { status: answer.status, headers: answer.headers, body };
    },
    run: send,
  };
}

function repeatability(call: Call): Repeatability {
  if (call.method === 'GET' || call.safe) return 'safe';
  return call.method === 'POST' ? 'once' : 'idempotent';
}

function prepare(base: URL, call: Call, token: string): HttpRequest {
  const url = below(base, call.path);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    for (const entry of Array.isArray(value) ? value : [value]) {
      if (entry !== undefined) url.searchParams.append(name, String(entry));
    }
  }
  const headers: Record<string, string> = {
    accept: 'application/json',
    authorization: `Bearer ${token}`,
    'user-agent': `pulumi-webex-wholesale/${VERSION}`,
  };
  if (call.body === undefined) return { method: call.method, url, headers };
  return {
    method: call.method,
    url,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(call.body),
  };
}
