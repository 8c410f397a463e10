import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Organizations } from '../../../../provider/resources/lookups/organizations';
import { Run } from '../../../../provider/resources/run/run';

/** A server with customers, which counts the requests for each. */
const customers = new Map<string, object>();
const asked: string[] = [];

describe('the organization of a customer', () => {
  let server: Server;
  let organizations: Organizations;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const id = request.url?.split('/').at(-1)?.split('?')[0] ?? '';
      asked.push(id);
      const items = [...customers.values()];
      const customer = id === 'customers' ? { items } : customers.get(id);
      response.writeHead(customer ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(customer ?? { message: 'not found', errors: [{ description: 'not found' }] }));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    vi.stubEnv('WEBEX_BASE_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
    vi.stubEnv('WEBEX_ACCESS_TOKEN', 'token');
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    server.close();
  });
  beforeEach(() => {
    organizations = Organizations.of(new Run());
    asked.length = 0;
    customers.clear();
  });
  const tell = (id: string, status: string, orgId?: string) =>
    customers.set(id, { id, status, orgId, externalId: id, packages: [] });

  it('asks once for a customer, however many ask', async () => {
    tell('one', 'provisioned', 'org-1');
    expect(await Promise.all([1, 2, 3].map(() => organizations.get('one', undefined)))).toEqual([
      'org-1',
      'org-1',
      'org-1',
    ]);
    expect(asked).toEqual(['one']);
  });

  it('asks not at all for what is known, and again for what was forgotten', async () => {
    tell('two', 'provisioned', 'org-2');
    organizations.set('two', 'org-remembered');
    expect(await organizations.get('two', undefined)).toBe('org-remembered');
    expect(asked).toEqual([]);
    organizations.delete('two');
    expect(await organizations.get('two', undefined)).toBe('org-2');
  });

  it('gives the reason why there is none yet, and asks again the next time', async () => {
    tell('three', 'pending_rpl_review');
    await expect(organizations.get('three', undefined)).rejects.toThrow(
      /status is pending_rpl_review.*export control/s,
    );
    tell('three', 'provisioning');
    await expect(organizations.get('three', undefined)).rejects.toThrow('Run pulumi up again once it is provisioned');
    tell('three', 'provisioned', 'org-3');
    expect(await organizations.get('three', undefined)).toBe('org-3');
    expect(asked.filter((id) => id === 'three')).toHaveLength(3);
  });

  it('a late failure does not discard a newer value', async () => {
    const late = organizations.get('four', undefined);
    organizations.set('four', 'org-4');
    await expect(late).rejects.toThrow('404');
    expect(await organizations.get('four', undefined)).toBe('org-4');
  });

  it('asks a list where many are asked for', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `many-${index}`);
    for (const id of ids) tell(id, 'provisioned', `org-${id}`);
    expect(await Promise.all(ids.map((id) => organizations.get(id, undefined)))).toEqual(ids.map((id) => `org-${id}`));
    expect(asked).toHaveLength(2);
  });

  it('passes an error of Webex on', async () => {
    await expect(organizations.get('none', undefined)).rejects.toThrow('404');
  });
});
