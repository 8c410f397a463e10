import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createWebexClient,
  credentialsFromEnvironment,
  WebexApiError,
  WebexError,
  WebexResponseError,
} from '../../../provider/webex';
import { type HttpRequest, type Send, TransportFailure } from '../../../provider/webex/http/transport';
import { quickClock } from '../webex/server';
import { OPERATIONS } from './operations';
import { answerOf, type Reply, replies } from './replies';
import { CASES, RUN, TIMEOUT } from './settings';

const network = vi.hoisted(() => ({ send: undefined as Send | undefined }));
vi.mock('../../../provider/webex/http/transport', async (original) => ({
  ...(await original<object>()),
  createTransport: () => ({ send: (request: HttpRequest) => network.send?.(request), close: async () => {} }),
}));

/** With characters that are written otherwise in URLs, forms, HTML and JSON. */
const SECRETS = { token: "Y2lzY29/+token&'<secret>=", secret: "client/+&secret'<>=", refresh: 'refresh+/&<token>=' };
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** The forms in which a server may repeat a request. */
const echoes = (secrets: string[]) =>
  secrets.flatMap((secret) => [
    secret,
    `Authorization: Bearer ${secret}`,
    encodeURIComponent(secret),
    new URLSearchParams({ secret }).toString(),
    base64(secret),
    base64(`Bearer ${secret}`),
    base64(`a${secret}`),
    secret.replace(/[&<>']/g, (character) => `&#${character.charCodeAt(0)};`),
    [...secret].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  ]);

const TOKEN_ECHOES = echoes([SECRETS.token]);
const ALL_ECHOES = echoes(Object.values(SECRETS));

const BASE = 'https://webexapis.com/v1';
const TEMPLATES = 'https://templates.example.com/api';
/** A page a request, and some tries of the last one. */
const MOST_REQUESTS = 3000;

/** Whether a result holds an ID that no path can hold, or what JavaScript makes of an object that should be a text. */
function isSpoilt(result: unknown, text: string): boolean {
  const all = (Array.isArray(result) ? result : [result]).flatMap((item) => {
    const { id, provisioningId } = (item ?? {}) as { id?: string; provisioningId?: string };
    return [id, provisioningId].filter((value) => value !== undefined);
  });
  return text.includes('[object ') || all.some((id) => /^\.{0,2}$|[\p{Cc}\p{Cs}]/u.test(id));
}

afterEach(() => {
  network.send = undefined;
});

interface Case {
  operation: number;
  answers: Reply[];
  renewals: Reply[];
  serviceApp: boolean;
}

const cases: fc.Arbitrary<Case> = fc.record({
  operation: fc.nat(OPERATIONS.length - 1),
  answers: replies,
  renewals: replies,
  serviceApp: fc.boolean(),
});

describe('the client', () => {
  it(`makes an error of its own or a result of ${CASES} generated answers`, { timeout: TIMEOUT }, async () => {
    const counts = { results: 0, errors: 0 };
    const look = async (input: Case) => {
      const { outcome, sent, waited, last } = await perform(input);
      if (sent.length > MOST_REQUESTS) expect.fail(`${sent.length} requests`);
      if (waited > 20_000) expect.fail(`waited ${waited} ms`);
      for (const { url } of sent)
        if (!url.href.startsWith(BASE) && !url.href.startsWith(TEMPLATES)) expect.fail(url.href);
      if ('error' in outcome) {
        counts.errors++;
        checkError(outcome.error, last);
      } else {
        counts.results++;
        const text = JSON.stringify(outcome.result) ?? '';
        expect(secretIn(text)).toBeUndefined();
        if (isSpoilt(outcome.result, text)) expect.fail(text);
      }
    };
    await fc.assert(fc.asyncProperty(cases, look), RUN);
    if (CASES >= 100) expect(Math.min(counts.results, counts.errors)).toBeGreaterThan(CASES / 10);
  });

  it('has these operations and no other', () => {
    network.send = async () => ({ status: 200, headers: {}, body: '' });
    const names = Object.entries(client(true).client).flatMap(([family, operations]) =>
      typeof operations === 'object'
        ? Object.entries(operations).flatMap(([name, value]) =>
            // The pages of a list are what `list` gathers.
            typeof value === 'function' && name !== 'pages' ? `${family}.${name}` : [],
          )
        : [],
    );
    expect(OPERATIONS.map(({ name }) => name)).toEqual(names);
  });
});

function client(serviceApp: boolean) {
  const clock = quickClock();
  const env = serviceApp
    ? { WEBEX_CLIENT_ID: 'id', WEBEX_CLIENT_SECRET: SECRETS.secret, WEBEX_REFRESH_TOKEN: SECRETS.refresh }
    : {};
  const credentials = credentialsFromEnvironment({ WEBEX_ACCESS_TOKEN: SECRETS.token, ...env });
  const options = { baseUrl: BASE, templateApiUrl: TEMPLATES, credentials, clock, retryTimeoutSeconds: 10 };
  return { client: createWebexClient(options), clock };
}

async function perform({ operation: index, answers, renewals, serviceApp }: Case) {
  const operation = OPERATIONS[index] ?? OPERATIONS[0];
  if (operation === undefined) throw new Error('no operation');
  const sent: HttpRequest[] = [];
  const left = { answers: [...answers], renewals: [...renewals] };
  let last: { status: number; trackingId?: string } | undefined;
  network.send = async (request) => {
    sent.push(request);
    const renewal = request.url.pathname.endsWith('/access_token');
    const queue = renewal ? left.renewals : left.answers;
    const reply = (queue.length > 1 ? queue.shift() : queue[0]) as Reply;
    if (reply.kind === 'failure') throw new TransportFailure(reply.failure, 'a reason');
    const right = renewal ? { status: 200, body: { access_token: 'fresh', refresh_token: 'next-refresh' } } : operation;
    const answer = answerOf(reply, right, serviceApp ? ALL_ECHOES : TOKEN_ECHOES);
    last = { status: answer.status, trackingId: answer.headers.trackingid };
    return answer;
  };
  const { client: webex, clock } = client(serviceApp);
  const outcome = await operation.call(webex).then(
    (result) => ({ result }),
    (error: unknown) => ({ error }),
  );
  await webex.close();
  return { outcome, sent, last, waited: clock.slept.reduce((sum, time) => sum + time, 0) };
}

function checkError(error: unknown, last: { status: number; trackingId?: string } | undefined): void {
  if (!(error instanceof WebexError)) throw error;
  expect(secretIn(inspect(error, { depth: 9, showHidden: true }))).toBeUndefined();
  if (/[\p{Cc}\p{Cs}]/u.test(error.message) || error.message.length > 2_000)
    expect.fail(`not for people: ${error.message}`);
  if (error instanceof WebexApiError || error instanceof WebexResponseError)
    expect(error.message.startsWith(`${error.method} ${error.path || 'at the base URL'}: `)).toBe(true);
  if (error instanceof WebexApiError && last?.status === error.status && last.trackingId === 'ROUTERGW_882b1b3b')
    expect(error.message).toMatch(/\(trackingId .+\)$/);
}

/** A piece of a secret, long enough to be no chance, however it is written. */
function secretIn(text: string): string | undefined {
  return Object.values(SECRETS)
    .flatMap((secret) => [secret, encodeURIComponent(secret), ...[0, 1, 2].map((shift) => base64At(secret, shift))])
    .find((piece) => text.includes(piece));
}

/** What base64 of a text that holds the secret at this offset holds for sure. */
function base64At(secret: string, shift: number): string {
  const whole = base64('x'.repeat(shift) + secret).replace(/=+$/, '');
  return whole.slice(shift === 0 ? 0 : 4, -4);
}
