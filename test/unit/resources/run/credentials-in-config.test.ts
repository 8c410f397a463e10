import { describe, expect, it } from 'vitest';
import {
  CREDENTIAL_KEYS,
  credentialHeld,
  credentialInConfig,
  credentialNamed,
} from '../../../../provider/resources/run/credential-keys';
import { SETTINGS } from '../../../../provider/resources/run/settings';

describe('a configuration key', () => {
  it.each([
    ['webex-wholesale:accessToken', 'WEBEX_ACCESS_TOKEN'],
    ['webex-wholesale:access_token', 'WEBEX_ACCESS_TOKEN'],
    ['webex-wholesale:token', 'WEBEX_ACCESS_TOKEN'],
    ['webex-wholesale:WEBEX_CLIENT_SECRET', 'WEBEX_CLIENT_SECRET'],
    ['acceptance:WEBEX_ACCESS_TOKEN', 'WEBEX_ACCESS_TOKEN'],
    ['acceptance:webexRefreshToken', 'WEBEX_REFRESH_TOKEN'],
    ['acceptance:webex-wholesale-token', 'WEBEX_ACCESS_TOKEN'],
    ['webexToken', 'WEBEX_ACCESS_TOKEN'],
  ])('%s is a credential', (key, variable) => expect(credentialNamed(key)).toBe(variable));

  it.each([
    'acceptance:token',
    'github:token',
    'acceptance:WEBEX_BASE_URL',
    'acceptance:webex',
    'acceptance:webexconstructor',
    'webex-wholesale:__proto__',
    'webex-wholesale:constructor',
    '',
    ':',
    ...SETTINGS.map((name) => `webex-wholesale:${name}`),
  ])('%s is none', (key) => expect(credentialNamed(key)).toBeUndefined());

  it('that the plugin looks for is one that the program looks for', () => {
    for (const key of CREDENTIAL_KEYS) expect(credentialNamed(`webex-wholesale:${key}`)).toMatch(/^WEBEX_/);
  });
});

describe('a configuration value', () => {
  const env = { WEBEX_ACCESS_TOKEN: ' ZDI3MGEyYzQt ', WEBEX_CLIENT_SECRET: 'short', WEBEX_CLIENT_ID: 'C0ffee-C0ffee' };
  it.each([
    ['ZDI3MGEyYzQt', 'WEBEX_ACCESS_TOKEN'],
    ['{"headers":{"Authorization":"Bearer ZDI3MGEyYzQt"}}', 'WEBEX_ACCESS_TOKEN'],
    ['short', undefined],
    ['C0ffee-C0ffee', undefined],
    ['', undefined],
  ])('%s holds %s', (value, variable) => expect(credentialHeld(value, env)).toBe(variable));

  it('is found by no secret where none is set', () => expect(credentialHeld('anything at all', {})).toBeUndefined());
});

it('the explanation has the commands to remove it and the variable to set', () => {
  const text = credentialInConfig('acceptance:webexToken', 'WEBEX_ACCESS_TOKEN');
  expect(text).toMatch(/pulumi config rm acceptance:webexToken.*set WEBEX_ACCESS_TOKEN in the environment.*revoke/);
});
