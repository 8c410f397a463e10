import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../harness';
import { causes, expectReadable, program } from './support';

/** A wrong host, a captive portal, a proxy that lost its route: each answers 404 with a page. */
const NOT_FOUND_PAGE = '<html><head><title>Not Found</title></head><body><h1>404</h1></body></html>';

const PROGRAM = program(`
const org = new CustomerOrg('johns-pizza', customer);
new User('alice', { customerId: org.id, ...user });
`);

describe('a server that is not Webex', () => {
  let workspace: Workspace;
  const server = createServer((_, response) =>
    response.writeHead(404, { 'content-type': 'text/html' }).end(NOT_FOUND_PAGE),
  );
  beforeAll(async () => {
    workspace = await createWorkspace({ program: PROGRAM });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    server.close();
    await workspace.close();
  });

  it('deletes nothing and makes nothing forgotten, and the message says what to check', async () => {
    (await workspace.up()).ok();
    const before = await resources();
    expect(before).toHaveLength(2);

    workspace.setEnv({ WEBEX_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` });
    for (const run of [await workspace.refresh(), await workspace.destroy()]) {
      run.fails();
      const [cause = ''] = causes(run);
      expect(cause).toContain('404 with a body that is no valid JSON (text/html');
      expect(cause).toMatch(/http:..127\.0\.0\.1:\d+\/v1 does not answer like Webex\. Check that WEBEX_BASE_URL/);
      expectReadable(cause);
    }
    expect(await resources()).toEqual(before);

    workspace.setEnv(workspace.simulator.environment);
    (await workspace.destroy()).ok();
    expect(await resources()).toEqual([]);
  }, 240_000);

  const resources = async () =>
    ((await workspace.stackExport()).deployment.resources ?? [])
      .filter(({ type }) => type.includes('webex-wholesale'))
      .map(({ urn }) => urn);
});
