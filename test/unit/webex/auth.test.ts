import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  CredentialError,
  credentialsFromEnvironment,
  WebexApiError,
  WebexResponseError,
} from '../../../provider/webex';
import { newFolder } from '../new-folder';
import { CUSTOMER, ciscoError, clientOf, failure, type Reply, type Seen, startServer, TOKEN } from './server';

const SERVICE_APP = {
  WEBEX_CLIENT_ID: 'client-id',
  WEBEX_CLIENT_SECRET: 'client-secret/3c=',
  WEBEX_REFRESH_TOKEN: 'refresh-token-77',
};

function tokenFile(text: string): string {
  const file = join(newFolder(), 'token');
  writeFileSync(file, text);
  return file;
}

/** A Webex that accepts one token, and gives it for the refresh token. */
function webexThatWants(token: string, onRefresh?: (seen: Seen) => Reply): (seen: Seen) => Reply {
  return (seen) => {
    if (seen.path === '/v1/access_token') {
      return (
        onRefresh?.(seen) ?? { status: 200, json: { access_token: token, expires_in: 1209600, refresh_token: 'next' } }
      );
    }
    return seen.headers.authorization === `Bearer ${token}`
      ? { status: 200, json: CUSTOMER }
      : ciscoError(401, 'The request requires a valid access token set in the Authorization request header.');
  };
}

describe('credentials in the environment', () => {
  test.each<[string, NodeJS.ProcessEnv, string]>([
    ['nothing', {}, 'Set WEBEX_ACCESS_TOKEN'],
    ['an empty token', { WEBEX_ACCESS_TOKEN: ' ' }, 'No Webex credentials found'],
    ['half a service app', { WEBEX_CLIENT_ID: 'a' }, 'WEBEX_CLIENT_SECRET and WEBEX_REFRESH_TOKEN not set'],
    ['a token in place of a file', { WEBEX_TOKEN_FILE: 'NTQ5_pasted' }, 'must be the path of a file'],
    ['a file that is not there', { WEBEX_TOKEN_FILE: '/nowhere/token' }, "can't be read (ENOENT)"],
    ['a token with white space', { WEBEX_ACCESS_TOKEN: 'a secret\nb' }, 'holds white space'],
  ])('%s: says what to do', (_, env, message) => {
    expect(() => credentialsFromEnvironment(env)).toThrow(CredentialError);
    expect(() => credentialsFromEnvironment(env)).toThrow(message);
    expect(() => credentialsFromEnvironment(env)).not.toThrow('a secret');
  });

  test('an empty token file is refused', () => {
    const env = { WEBEX_TOKEN_FILE: tokenFile('\n') };
    expect(() => credentialsFromEnvironment(env)).toThrow('is empty');
  });

  test('printed, they show no secret', () => {
    const shown = inspect(credentialsFromEnvironment({ ...SERVICE_APP, WEBEX_ACCESS_TOKEN: TOKEN }), {
      depth: 9,
      showHidden: true,
    });
    for (const secret of [TOKEN, SERVICE_APP.WEBEX_CLIENT_SECRET, SERVICE_APP.WEBEX_REFRESH_TOKEN]) {
      expect(shown).not.toContain(secret);
    }
  });
});

describe('requests', () => {
  test('carry token, version and no more than that', async () => {
    const server = await startServer([{ status: 200, json: CUSTOMER }]);
    await clientOf(server).client.customers.get('x');
    expect(server.seen[0]?.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'user-agent': expect.stringMatching(/^pulumi-webex-wholesale\/\d+\.\d+\.\d+$/),
      accept: 'application/json',
    });
  });

  test('a token that can not be renewed: one request, and what to do', async () => {
    const server = await startServer(webexThatWants('another'));
    const error = await failure(clientOf(server).client.customers.get('x'), WebexApiError);
    expect(error.status).toBe(401);
    expect(error.message).toContain('unknown or has expired; set a current one in WEBEX_ACCESS_TOKEN');
    expect(server.seen).toHaveLength(1);
  });
});

describe('a service app', () => {
  test('gets its token by the refresh-token grant, once for many requests', async () => {
    const server = await startServer(webexThatWants('fresh-token'));
    const { client } = clientOf(server, { credentials: credentialsFromEnvironment(SERVICE_APP) });
    await Promise.all(['a', 'b', 'c'].map((id) => client.customers.get(id)));
    const exchanges = server.seen.filter((request) => request.path === '/v1/access_token');
    expect(exchanges).toHaveLength(1);
    expect(exchanges[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(exchanges[0]?.headers.authorization).toBeUndefined();
    expect(Object.fromEntries(new URLSearchParams(exchanges[0]?.body))).toEqual({
      grant_type: 'refresh_token',
      client_id: SERVICE_APP.WEBEX_CLIENT_ID,
      client_secret: SERVICE_APP.WEBEX_CLIENT_SECRET,
      refresh_token: SERVICE_APP.WEBEX_REFRESH_TOKEN,
    });
  });

  test('renews an expired access token in the middle, once for many requests', async () => {
    const server = await startServer(webexThatWants('fresh-token'));
    const credentials = credentialsFromEnvironment({ ...SERVICE_APP, WEBEX_ACCESS_TOKEN: TOKEN });
    const { client } = clientOf(server, { credentials });
    await Promise.all(['a', 'b', 'c'].map((id) => client.customers.get(id)));
    await client.customers.get('d');
    expect(server.seen.filter((request) => request.path === '/v1/access_token')).toHaveLength(1);
  });

  test('warns about another refresh token of Webex, and continues with it', async () => {
    const warnings: string[] = [];
    const sent: (string | null)[] = [];
    let valid = 'token-0';
    const rotating = (seen: Seen): Reply => {
      if (seen.path !== '/v1/access_token') {
        if (seen.headers.authorization === `Bearer ${valid}`) return { status: 200, json: CUSTOMER };
        return ciscoError(401, 'expired');
      }
      sent.push(new URLSearchParams(seen.body).get('refresh_token'));
      valid = `token-${sent.length}`;
      return { status: 200, json: { access_token: valid, refresh_token: `refresh-${sent.length}` } };
    };
    const server = await startServer(rotating);
    const credentials = credentialsFromEnvironment(SERVICE_APP);
    const { client } = clientOf(server, { credentials, onWarning: (text) => warnings.push(text) });
    await client.customers.get('a');
    valid = 'nobody has this one';
    await client.customers.get('b');
    expect(sent).toEqual([SERVICE_APP.WEBEX_REFRESH_TOKEN, 'refresh-1']);
    expect(warnings[0]).toMatch(/^Webex gave another refresh token\. .*WEBEX_TOKEN_FILE/);
    expect(warnings.join()).not.toMatch(/refresh-|refresh-token-77|token-1/);
  });

  test('in two processes: both go on, also where the token of one ends that of the other', async () => {
    let valid: string[] = [];
    let given = 0;
    for (const keeps of [true, false]) {
      const server = await startServer((seen) => {
        if (seen.path === '/v1/access_token') {
          const token = `token-${++given}`;
          valid = keeps ? [...valid, token] : [token];
          return { status: 200, json: { access_token: token, refresh_token: SERVICE_APP.WEBEX_REFRESH_TOKEN } };
        }
        const known = valid.some((token) => seen.headers.authorization === `Bearer ${token}`);
        return known ? { status: 200, json: CUSTOMER } : ciscoError(401, 'unknown');
      });
      const processes = [1, 2].map(
        () => clientOf(server, { credentials: credentialsFromEnvironment(SERVICE_APP) }).client,
      );
      for (const id of ['a', 'b', 'c']) for (const client of processes) await client.customers.get(id);
      valid = [];
      for (const client of processes) await client.customers.get('d');
      const exchanges = server.seen.filter(({ path }) => path === '/v1/access_token').length;
      // One each and one after all tokens ended; else one whenever it is the other's turn.
      expect(exchanges).toBe(keeps ? 4 : 8);
    }
  });

  test('reports a 401 after one renewal', async () => {
    const refresh = () => ({ status: 200, json: { access_token: 'still-wrong' } });
    const server = await startServer(webexThatWants('another', refresh));
    const { client } = clientOf(server, { credentials: credentialsFromEnvironment(SERVICE_APP) });
    expect(await failure(client.customers.get('x'), WebexApiError)).toMatchObject({ status: 401 });
    expect(server.seen.map((request) => request.path)).toEqual([
      '/v1/access_token',
      '/v1/wholesale/customers/x',
      '/v1/access_token',
      '/v1/wholesale/customers/x',
    ]);
  });

  test('with a refused refresh token: the error names the variables and shows no secret', async () => {
    // The worst case: the server answers with what it was sent.
    const echo = (seen: Seen): Reply => ciscoError(400, `bad form ${seen.body} ${decodeURIComponent(seen.body)}`);
    const server = await startServer(webexThatWants('another', echo));
    const { client } = clientOf(server, { credentials: credentialsFromEnvironment(SERVICE_APP) });
    const error = await failure(client.customers.get('x'), CredentialError);
    expect(error.message).toContain('Check WEBEX_CLIENT_ID, WEBEX_CLIENT_SECRET and WEBEX_REFRESH_TOKEN');
    expect(error.message).toContain('client_secret=***&refresh_token=***');
    expect(error.message).not.toContain(SERVICE_APP.WEBEX_CLIENT_SECRET);
    expect(error.message).not.toContain(SERVICE_APP.WEBEX_REFRESH_TOKEN);
  });

  test('with an invalid answer that repeats the request: no secret in the error', async () => {
    const echo = (seen: Seen): Reply => ({ status: 200, text: seen.body, headers: { trackingid: seen.body } });
    const server = await startServer(webexThatWants('another', echo));
    const { client } = clientOf(server, { credentials: credentialsFromEnvironment(SERVICE_APP) });
    const shown = inspect(await failure(client.customers.get('x'), WebexResponseError), { depth: 9 });
    expect(shown).toContain('client_secret=***&refresh_token=***');
    expect(shown).not.toContain(SERVICE_APP.WEBEX_REFRESH_TOKEN);
  });

  test('retries a token service that is busy', async () => {
    let calls = 0;
    const busy = (): Reply =>
      ++calls === 1 ? ciscoError(503, 'busy') : { status: 200, json: { access_token: 'fresh-token' } };
    const server = await startServer(webexThatWants('fresh-token', busy));
    const { client } = clientOf(server, { credentials: credentialsFromEnvironment(SERVICE_APP) });
    await client.customers.get('x');
    expect(calls).toBe(2);
  });
});

describe('a token file', () => {
  test('is read again after a 401', async () => {
    const server = await startServer(webexThatWants('second-token'));
    const file = tokenFile('first-token\n');
    const { client } = clientOf(server, { credentials: credentialsFromEnvironment({ WEBEX_TOKEN_FILE: file }) });
    writeFileSync(file, 'second-token\n');
    await client.customers.get('x');
    expect(server.seen.map((request) => request.headers.authorization)).toEqual([
      'Bearer first-token',
      'Bearer second-token',
    ]);
  });

  test('that is being rewritten is read when it is complete', async () => {
    const server = await startServer(webexThatWants('second-token'));
    const file = tokenFile('first-token\n');
    const { client } = clientOf(server, { credentials: credentialsFromEnvironment({ WEBEX_TOKEN_FILE: file }) });
    writeFileSync(file, '');
    setTimeout(() => writeFileSync(file, 'second-token\n'), 100);
    await client.customers.get('x');
    expect(server.seen).toHaveLength(2);
  });

  test('that stays empty is an error', async () => {
    const server = await startServer(webexThatWants('second-token'));
    const file = tokenFile('first-token\n');
    const { client } = clientOf(server, { credentials: credentialsFromEnvironment({ WEBEX_TOKEN_FILE: file }) });
    writeFileSync(file, '');
    expect((await failure(client.customers.get('x'), CredentialError)).message).toContain('which is empty');
  });

  test('that still holds the refused token: no second try', async () => {
    const server = await startServer(webexThatWants('second-token'));
    const credentials = credentialsFromEnvironment({ WEBEX_TOKEN_FILE: tokenFile('first-token') });
    const error = await failure(clientOf(server, { credentials }).client.customers.get('x'), WebexApiError);
    expect(error.message).toContain('set a current one in WEBEX_TOKEN_FILE');
    expect(server.seen).toHaveLength(1);
  });
});
