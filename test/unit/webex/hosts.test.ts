import { describe, expect, test } from 'vitest';
import {
  ConfigurationError,
  configuredHostProblem,
  createWebexClient,
  credentialsFromEnvironment,
  endpointFrom,
} from '../../../provider/webex';
import { CUSTOMER, clientOf, startServer } from './server';

const named = (url: string, env = {}) =>
  endpointFrom('WEBEX_BASE_URL', { setting: 'webex-wholesale:baseUrl', url }, env);

describe('a URL that configuration names', () => {
  test.each([
    'https://webexapis.com/v1',
    'https://WEBEXAPIS.com:443/v1',
    'https://api-usgov.webex.com/v1',
    'https://api.ciscospark.com/v1',
  ])('may be of Webex: %s', (url) => {
    expect(named(url)).toEqual({ url, setting: 'webex-wholesale:baseUrl', isConfigured: true });
  });

  test.each([
    'https://example.com/v1',
    'https://webexapis.com.example.com/v1',
    'https://example.com/webexapis.com',
    'https://webexapis.com@example.com/',
    'https://evil.webexapis.com/v1',
    'https://webex.com/v1',
    'http://127.0.0.1:3000/v1',
    'http://localhost/v1',
    'http://[::1]:80/v1',
    'https://webexapis.com./v1',
  ])('may not be another host, nor this machine: %s', (url) => {
    expect(() => named(url)).toThrow(ConfigurationError);
    expect(() => named(url)).toThrow(
      /^webex-wholesale:baseUrl names the host ".+"\. .+ Set WEBEX_BASE_URL .+ WEBEX_ALLOWED_HOSTS/,
    );
  });

  test('may be a host that the environment lists, with its port or whatever the port', () => {
    const env = { WEBEX_ALLOWED_HOSTS: 'templates.example.com, LOCALHOST:3000,' };
    expect(configuredHostProblem('https://templates.example.com:8443/api', 'X', env)).toBeUndefined();
    expect(configuredHostProblem('http://localhost:3000/v1', 'X', env)).toBeUndefined();
    expect(configuredHostProblem('http://localhost:3001/v1', 'X', env)).toContain('"localhost:3001"');
    expect(configuredHostProblem('https://example.com', 'X', env)).toContain('Set X in the environment');
    expect(configuredHostProblem('https://example.com', 'X', { WEBEX_ALLOWED_HOSTS: '' })).toBeDefined();
  });

  test('does not matter where the environment names one, which may be any', () => {
    const env = { WEBEX_BASE_URL: 'http://127.0.0.1:3000/v1' };
    expect(named('https://example.com/v1', env)).toEqual({
      url: env.WEBEX_BASE_URL,
      setting: 'WEBEX_BASE_URL',
      isConfigured: false,
    });
    expect(endpointFrom('WEBEX_BASE_URL', { setting: 's', url: undefined }, { WEBEX_BASE_URL: '' })).toBeUndefined();
  });
});

describe("a service app's secrets", () => {
  const serviceApp = { WEBEX_CLIENT_ID: 'id', WEBEX_CLIENT_SECRET: 'secret', WEBEX_REFRESH_TOKEN: 'refresh' };
  const configured = (url: string) => ({ url, setting: 'webex-wholesale:baseUrl', isConfigured: true });

  test.each([{}, { WEBEX_ACCESS_TOKEN: 'token' }])('are not sent to a host that configuration names', (token) => {
    const credentials = credentialsFromEnvironment({ ...serviceApp, ...token });
    for (const url of ['https://api-usgov.webex.com/v1', 'http://localhost:3000/v1']) {
      const make = () => createWebexClient({ baseUrl: configured(url), credentials });
      expect(make).toThrow(ConfigurationError);
      expect(make).toThrow(/not sent to a host that configuration names: set WEBEX_BASE_URL/);
    }
    const same = createWebexClient({ baseUrl: configured('https://webexapis.com/v1'), credentials });
    return same.close();
  });

  test('an access token goes to a host that the environment lists', async () => {
    const server = await startServer([{ status: 200, json: CUSTOMER }]);
    const { client } = clientOf(server, { baseUrl: configured(`${server.url}/v1`) });
    expect(await client.customers.get('x')).toMatchObject({ id: CUSTOMER.id });
  });
});

test('slashes too many in a base URL do not matter', async () => {
  const server = await startServer([{ status: 200, json: CUSTOMER }]);
  await clientOf(server, { baseUrl: `${server.url}//v1//` }).client.customers.get('x');
  expect(server.seen[0]?.path).toBe('/v1/wholesale/customers/x');
});
