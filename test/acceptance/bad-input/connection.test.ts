import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../harness';
import { expectRefused, program } from './support';

const SECONDS = 240;

// Each resource checks the same connection; the problem must not be reported once for each resource.
const PROGRAM = program(`
const template = new OnboardingTemplate('template', { provisioningId });
const org = new CustomerOrg('johns-pizza', { ...customer, provisioningId: template.provisioningId });
for (const name of ['alice', 'john']) {
  new User(name, { customerId: org.id, ...user, email: name + '@acme.com' });
}
`);

describe('the way to Webex is refused, once for all resources, when', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await createWorkspace({ program: PROGRAM });
  });
  afterEach(() => workspace.setEnv(workspace.simulator.environment));
  afterAll(() => workspace.close());

  const CASES: [what: string, env: NodeJS.ProcessEnv, says: RegExp][] = [
    [
      'there is no token',
      { WEBEX_ACCESS_TOKEN: undefined },
      /^error: No Webex credentials found\. Set WEBEX_ACCESS_TOKEN, or /,
    ],
    [
      "a service app's credentials are incomplete",
      { WEBEX_ACCESS_TOKEN: undefined, WEBEX_CLIENT_ID: 'C0ffee' },
      /WEBEX_CLIENT_SECRET and WEBEX_REFRESH_TOKEN not set/,
    ],
    [
      'plain http goes to another host than loopback',
      { WEBEX_BASE_URL: 'http://example.com/v1' },
      /WEBEX_BASE_URL: plain http to example\.com would show the access token/,
    ],
    [
      'the base URL is no URL',
      { WEBEX_BASE_URL: 'webexapis' },
      /WEBEX_BASE_URL is not a URL\. Expected something like https:/,
    ],
  ];
  it.each(CASES)(
    '%s',
    async (_what, env, says) => {
      workspace.setEnv(env);
      // "error: " is printed once by Pulumi; in --json the message has it too.
      await expectRefused(workspace, {
        program: PROGRAM,
        says: new RegExp(says.source.replace('^error: ', '^(error: )?')),
      });
    },
    SECONDS * 1000,
  );

  // Without preview the first resources meet Webex at the same time: one of them here, so that there is one error.
  const ONE = program("new CustomerOrg('johns-pizza', customer);");

  it(
    'the token is wrong',
    async () => {
      workspace.setEnv({ WEBEX_ACCESS_TOKEN: 'expired-long-ago' });
      const says = /Webex answered 401: .*set a current one in WEBEX_ACCESS_TOKEN.*\(trackingId \S+\)/;
      await expectRefused(workspace, { program: PROGRAM, says, atPreviewOnly: true });
      await expectRefused(workspace, { program: ONE, says, withoutWrites: false });
    },
    SECONDS * 1000,
  );

  it(
    'Webex is unreachable',
    async () => {
      workspace.setEnv({ WEBEX_BASE_URL: 'http://127.0.0.1:9/v1' });
      const says = /http:\/\/127\.0\.0\.1:9\/v1 can't be reached: connection refused .* Is WEBEX_BASE_URL right\?/;
      await expectRefused(workspace, { program: PROGRAM, says, atPreviewOnly: true });
      await expectRefused(workspace, { program: ONE, says });
    },
    SECONDS * 1000,
  );

  it(
    'a setting has a value that it can not have',
    async () => {
      await workspace.pulumi('config', 'set', 'webex-wholesale:precheck', 'never');
      const says = /webex-wholesale:precheck is "never"; it must be one of all, customers, off/;
      await expectRefused(workspace, { program: ONE, says, atPreviewOnly: true });
      await workspace.pulumi('config', 'rm', 'webex-wholesale:precheck');
    },
    SECONDS * 1000,
  );

  it(
    'the configuration names another host than those of Webex',
    async () => {
      workspace.setEnv({ WEBEX_BASE_URL: undefined });
      await workspace.pulumi('config', 'set', 'webex-wholesale:baseUrl', workspace.simulator.baseUrl);
      const says =
        /webex-wholesale:baseUrl names the host "127\.0\.0\.1:\d+"\. .*Set WEBEX_BASE_URL .*WEBEX_ALLOWED_HOSTS/;
      await expectRefused(workspace, { program: PROGRAM, says, atPreviewOnly: true });
      await workspace.pulumi('config', 'rm', 'webex-wholesale:baseUrl');
    },
    SECONDS * 1000,
  );

  it(
    'there is no such setting',
    async () => {
      await workspace.pulumi('config', 'set', 'webex-wholesale:baseurl', 'https://example.com');
      const says = /webex-wholesale:baseurl is set .* no such setting\. The settings are baseUrl, /;
      await expectRefused(workspace, { program: PROGRAM, says });
      await workspace.pulumi('config', 'rm', 'webex-wholesale:baseurl');
    },
    SECONDS * 1000,
  );
});

describe('a credential in the stack configuration is refused before anything is registered', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await createWorkspace({ program: PROGRAM });
  });
  afterAll(() => workspace.close());

  const TOKEN = 'ZDI3MGEyYzQtNmFlNS00NDNhLWFlNzAtZGVjNjE0MGU1OGZm';
  const CASES: [what: string, key: string, ...args: string[]][] = [
    ['in the clear', 'webex-wholesale:accessToken', '--plaintext'],
    ['as a secret', 'webex-wholesale:clientSecret', '--secret'],
    [
      "under the environment variable's name, in the project's namespace",
      'acceptance:WEBEX_ACCESS_TOKEN',
      '--plaintext',
    ],
    ['under any name, when it is the one in the environment', 'acceptance:apiKey', '--secret'],
  ];
  it.each(CASES)(
    '%s',
    async (_what, key, ...args) => {
      const { WEBEX_ACCESS_TOKEN = '' } = workspace.simulator.environment;
      const value = key === 'acceptance:apiKey' ? `Bearer ${WEBEX_ACCESS_TOKEN}` : TOKEN;
      (await workspace.pulumi('config', 'set', ...args, key, value)).ok();
      const says = new RegExp(
        `${key} in the stack configuration is a Webex credential\\. .*pulumi config rm ${key}.* set WEBEX_`,
      );
      await expectRefused(workspace, { program: PROGRAM, says });

      const { deployment } = await workspace.stackExport();
      expect(deployment.resources?.map(({ type }) => type) ?? []).not.toContain('pulumi:providers:pulumi-nodejs');
      expect(JSON.stringify(deployment)).not.toContain(value);
      expect(JSON.stringify(deployment)).not.toContain('ciphertext');
      expect((await workspace.simulator.requests()).total).toBe(0);
      (await workspace.pulumi('config', 'rm', key)).ok();
    },
    SECONDS * 1000,
  );
});
