import { expect, test } from 'vitest';
import { ConfigurationError, createWebexClient, credentialsFromEnvironment } from '../../../provider/webex';
import { checkedUrl } from '../../../provider/webex/http/url';
import { TOKEN } from './server';

const credentials = credentialsFromEnvironment({ WEBEX_ACCESS_TOKEN: TOKEN });

test.each([
  'https://webexapis.com/v1',
  'https://webexapis.com/v1/',
  'http://127.0.0.1:4010/v1',
  'http://127.8.9.1/v1',
  'http://localhost:4010',
  'http://[::1]:4010/v1',
])('accepts %s', (url) => {
  expect(() => createWebexClient({ baseUrl: url, credentials })).not.toThrow();
});

test.each([
  ['http://example.com/v1', 'plain http to example.com'],
  ['http://127.0.0.1.example.com/v1', 'plain http'],
  ['http://localhost.example.com/v1', 'plain http'],
  ['http://0.0.0.0/v1', 'plain http'],
  ['http://10.0.0.1/v1', 'plain http'],
  ['http://[::2]/v1', 'plain http'],
  ['ftp://example.com/v1', 'must begin with https://'],
  ['webexapis.com', 'is not a URL'],
  ['', 'is not a URL'],
  ['https://user:pass-word@example.com/v1', 'user name or password'],
  ['https://example.com/v1?x=1', 'must end with its path'],
])('refuses %s, as base URL and as template API', (url, message) => {
  const asBase = () => createWebexClient({ baseUrl: url, credentials });
  expect(asBase).toThrow(ConfigurationError);
  expect(asBase).toThrow(message);
  expect(asBase).toThrow('WEBEX_BASE_URL');
  expect(asBase).not.toThrow('pass-word');
  // Empty means that there is no template API.
  if (url) expect(() => createWebexClient({ templateApiUrl: url, credentials })).toThrow('WEBEX_TEMPLATE_API_URL');
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %s as a limit', (value) => {
  expect(() => createWebexClient({ credentials, requestTimeoutSeconds: value })).toThrow('requestTimeoutSeconds');
  expect(() => createWebexClient({ credentials, retryTimeoutSeconds: value })).toThrow('retryTimeoutSeconds');
  expect(() => createWebexClient({ credentials, maxRequestsInFlight: value })).toThrow('maxRequestsInFlight');
});

test('other spellings of loopback count as what URL makes of them', () => {
  expect(checkedUrl('http://0x7f.1/v1/', 'X').href).toBe('http://127.0.0.1/v1');
});
