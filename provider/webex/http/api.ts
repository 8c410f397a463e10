import type { z } from 'zod';
import { describeBody, firstWords, isWebexError, readBody, readError, trackingIdOf, withoutSecrets } from './answers';
import type { Credentials, TokenExchange } from './credentials';
import {
  CredentialError,
  DoubtfulAnswerError,
  GONE,
  WebexApiError,
  WebexError,
  WebexResponseError,
  WebexUnreachableError,
} from './errors';
import { parseJson } from './json';
import { ManagedOrganizations } from './managed-organizations';
import { NewObjects } from './new-objects';
import { retryAfter } from './retry-after';
import type { Repeatability, Sender, Tries } from './sender';
import type { HttpAnswer, HttpRequest } from './transport';
import { Trust } from './trust';
import { below } from './url';
import { VERSION } from './version';

/** Query parameters. An undefined one is omitted; a list repeats its parameter. */
export type Query = Record<string, string | number | boolean | string[] | undefined>;

/** One operation of the API. */
export interface Call {
  method: HttpRequest['method'];
  /** Path below the base URL, with encoded IDs: see {@link path}. */
  path: string;
  query?: Query;
  body?: object;
  /** True for a POST that changes nothing: it is retried like a GET. */
  safe?: boolean;
  /** Error statuses that the caller handles; such a request is not retried. */
  finalStatuses?: readonly number[];
  /** True for the request that proves the server to be the right one. A 404 to it is never proved by repeating it. */
  isProof?: boolean;
  /** ID of the organization that the call is about, where the query has no `orgId`. */
  orgId?: string;
}

/** A successful answer. */
export interface Success<T> {
  status: number;
  body: T;
  headers: HttpAnswer['headers'];
}

/** Sends operations to one base URL, with authorization, retries and pacing. */
export interface Api {
  /**
   * Sends an operation whose answer has a body.
   * @param shows whether a body proves that this server is Webex. Default: true where the schema does not accept `{}`
   * @throws WebexError
   */
  call<T>(call: Call, schema: z.ZodType<T>, shows?: (body: T) => boolean): Promise<Success<T>>;
  /** Sends a GET. @returns the body of its answer. @throws WebexError */
  get<T>(path: string, schema: z.ZodType<T>, query?: Query, more?: Partial<Call>): Promise<T>;
  /** Sends a POST. The `id` in its answer is that of a new object below the path. @returns the body. @throws WebexError */
  post<T>(
    path: string,
    body: object | undefined,
    schema: z.ZodType<T>,
    query?: Query,
    more?: Partial<Call>,
  ): Promise<T>;
  /** Sends an operation and does not parse the body of its answer. @throws WebexError */
  run(call: Call): Promise<Success<string>>;
  /** Sends an operation whose answer may have no body: undefined then. @throws WebexError */
  maybe<T>(call: Call, schema: z.ZodType<T>): Promise<Success<T | undefined>>;
  /** The objects that this process has made, by path; {@link Api.post} adds one that its answer names. */
  readonly newObjects: NewObjects;
  /** Proves by a request that this server is Webex, unless that is proved already. @throws DoubtfulAnswerError */
  demandProof(call: Call): Promise<void>;
}

/** Settings of {@link createApi} for the service at a base URL. */
export interface Service {
  sender: Sender;
  credentials: Credentials;
  exchange: TokenExchange;
  /** Name of the service in messages: `Webex`. */
  name: string;
  /** A request that only this service answers as expected, e.g. GET /people/me. */
  proof: { operation: string; ask: (api: Api) => Promise<unknown> };
  /** Puts the organization on the partner's managed list, by GET /organizations/{orgId}. */
  visitOrganization?: (api: Api, orgId: string) => Promise<unknown>;
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

/** Error statuses that state a fact about an object: they count only when the service itself sent them. */
const VERDICTS = [403, 404, 407, 409, 410];

/** Makes the {@link Api} of one base URL: `credentials` authorize the operations, `sender` sends them. */
export function createApi(service: Service): Api {
  const { sender, credentials, exchange } = service;
  const trust = new Trust(() => service.proof.ask(api));
  const newObjects = new NewObjects(() => sender.now());
  const managed = new ManagedOrganizations(async (orgId) => service.visitOrganization?.(api, orgId));

  async function send(call: Call): Promise<HttpAnswer> {
    if (call.method === 'DELETE') newObjects.delete(call.path);
    const notYet = newObjects.has(call.path) ? GONE : [];
    const tries = sender.begin(call, repeatability(call), { final: call.finalStatuses, notYet });
    const answer = await sendToOrganization(call, tries);
    if (answer.status >= 200 && answer.status < 300) return clean(answer);
    const outcomeUnknown = tries.outcomeUnknown();
    if (VERDICTS.includes(answer.status) && !isWebexError(answer)) throw doubtful(call, answer, outcomeUnknown);
    if (GONE.includes(answer.status)) {
      if (call.isProof)
        throw new DoubtfulAnswerError(call.method, call.path, `status ${answer.status}`, {
          outcomeUnknown,
          advice: advice(),
        });
      await demandProof(call, answer.status, outcomeUnknown);
      // The answer of an earlier DELETE was lost, and that DELETE had removed the object.
      if (call.method === 'DELETE' && outcomeUnknown) return { ...clean(answer), status: 204, body: '' };
    }
    throw rejection(call, answer, outcomeUnknown);
  }

  /** Sends the call, and once more if its organization was missing on the partner's managed list. */
  async function sendToOrganization(call: Call, tries: Tries): Promise<HttpAnswer> {
    const orgId = call.orgId ?? call.query?.orgId;
    const mayHelp = service.visitOrganization && typeof orgId === 'string' && !managed.isVisited(orgId);
    const answer = await sendAuthorized(call, tries);
    if (answer.status !== 403 || !mayHelp || !isWebexError(answer)) return answer;
    return (await managed.add(orgId)) ? sendAuthorized(call, tries) : answer;
  }

  async function sendAuthorized(call: Call, tries: Tries): Promise<HttpAnswer> {
    const token = await credentials.accessToken(exchange);
    const answer = await tries.send(prepare(sender.base, call, token));
    if (answer.status !== 401) return answer;
    const renewed = await credentials.renewedToken(token, exchange);
    return renewed === undefined ? answer : tries.send(prepare(sender.base, call, renewed));
  }

  async function run(call: Call): Promise<Success<string>> {
    const answer = await send(call);
    // Each answer of Webex has a trackingId. One without it and without a body may come from any other server.
    if (answer.headers.trackingid !== undefined) trust.prove();
    else if (answer.body.trim() !== '' && 'problem' in parseJson(answer.body))
      throw doubtful(call, answer, isWrite(call));
    else await demandProof(call, answer.status, isWrite(call));
    return answer;
  }

  async function demandProof(call: Call, status: number, outcomeUnknown = false): Promise<void> {
    try {
      await trust.demand();
    } catch (error) {
      if (error instanceof CredentialError || error instanceof WebexUnreachableError) throw error;
      const reason = error instanceof WebexResponseError ? error.problem : String(error);
      const problem = `status ${status} is not believed, because ${service.proof.operation} does not show that this is ${service.name}: ${reason}`;
      throw new DoubtfulAnswerError(call.method, call.path, problem, { outcomeUnknown, advice: advice() });
    }
  }

  /** The error for an answer that the service did not send: a page, the JSON of another API, a redirect. */
  function doubtful(call: Call, answer: HttpAnswer, outcomeUnknown: boolean): DoubtfulAnswerError {
    const words = firstWords(answer, credentials.secrets());
    const problem = `status ${answer.status} with ${describeBody(answer)}${words && `, which begins with ${JSON.stringify(words)}`}`;
    return new DoubtfulAnswerError(call.method, call.path, problem, { outcomeUnknown, advice: advice() });
  }

  function advice(): string {
    const { base, baseSetting } = sender;
    return (
      `${base.origin}${base.pathname} does not answer like ${service.name}. Check that ${baseSetting} is its base URL with the path ` +
      "(Webex's is https://webexapis.com/v1), and that no proxy or login page answers instead"
    );
  }

  /** Removes secrets that the server echoed, so that none reaches a state or a message. */
  function clean(raw: HttpAnswer): HttpAnswer {
    const answer = withoutSecrets(raw, credentials.secrets());
    return { ...answer, headers: { ...answer.headers, trackingid: trackingIdOf(answer) } };
  }

  function rejection(call: Call, answer: HttpAnswer, outcomeUnknown: boolean): Error {
    const { method, path } = call;
    if (answer.status < 400) {
      const { location, trackingid: trackingId } = clean(answer).headers;
      const target =
        location && URL.canParse(location, sender.base.href) ? ` to ${new URL(location, sender.base).host}` : '';
      const redirect = location ? `, a redirect${target}, which is not followed` : '';
      const more = { outcomeUnknown: isWrite(call), trackingId, advice: advice() };
      return new DoubtfulAnswerError(method, path, `status ${answer.status}${redirect}`, more);
    }
    const report = readError(answer, credentials.secrets());
    const description = explained(call, answer, report.description);
    return new WebexApiError({ ...report, status: answer.status, method, path, description, outcomeUnknown });
  }

  function explained(call: Call, { status, headers }: HttpAnswer, description: string): string {
    if (status === 401)
      return `the access token is unknown or has expired; set a current one in ${credentials.source}. ${description}`;
    if (status === 403 && isAboutOrganization(call)) return `${description}. ${ATTACHED}`;
    const wait = [423, 429, 503].includes(status) ? retryAfter(headers, sender.now()) : undefined;
    // The request was retried until retryTimeoutSeconds was over, or Webex asked for a longer wait than that.
    return wait === undefined
      ? description
      : `${description}; Webex asks to try again after ${Math.ceil(wait / 1000)} s`;
  }

  function parsed<T>(call: Call, answer: HttpAnswer, schema: z.ZodType<T>): T {
    const more = { outcomeUnknown: isWrite(call), ...(call.isProof && { advice: advice() }) };
    return readBody(answer, schema, { ...call, ...more }, credentials.secrets());
  }

  const call: Api['call'] = async (call, schema, shows = () => !schema.safeParse({}).success) => {
    const answer = await send(call);
    const isMarked = answer.headers.trackingid !== undefined;
    if (!isMarked && 'problem' in parseJson(answer.body)) throw doubtful(call, answer, isWrite(call));
    const body = parsed(call, answer, schema);
    if (!trust.isProved && (isMarked || shows(body))) trust.prove();
    return { status: answer.status, headers: answer.headers, body };
  };

  const api: Api = {
    call,
    get: async (path, schema, query, more) => (await call({ method: 'GET', path, query, ...more }, schema)).body,
    async post(path, body, schema, query, more) {
      const { body: answer } = await call({ method: 'POST', path, query, body, ...more }, schema);
      const { id } = Object(answer) as { id?: unknown };
      if (typeof id === 'string') newObjects.add(`${path}/${encodeURIComponent(id)}`);
      return answer;
    },
    newObjects,
    run,
    async maybe(call, schema) {
      const answer = await run(call);
      const body = answer.body.trim() === '' ? undefined : parsed(call, answer, schema);
      return { ...answer, body };
    },
    demandProof: (call) => demandProof(call, 200),
  };
  return api;
}

/** What a 403 may mean for an organization that the partner did not create (Cisco help hbzl7eb). */
const ATTACHED =
  'If the organization existed before it was attached, the partner may be Provisioning Administrator there only, with little ' +
  'sight of its users: an administrator of the organization can give the partner more (Cisco help hbzl7eb)';

function isAboutOrganization({ orgId, query, path, isProof }: Call): boolean {
  return !isProof && (orgId !== undefined || query?.orgId !== undefined || path.startsWith('/people'));
}

function isWrite(call: Call): boolean {
  return repeatability(call) !== 'safe';
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
