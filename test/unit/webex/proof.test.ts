import { describe, expect, test } from 'vitest';
import { DoubtfulAnswerError, WebexApiError, WebexResponseError } from '../../../provider/webex';
import { LOCATION_ADDRESS } from '../../samples/cisco';
import { CUSTOMER, ciscoError, clientOf, failure, ME, type Reply, SUBSCRIBER, startServer } from './server';

const NOT_FOUND = ciscoError(404, 'Customer not found');
const PAGE = { status: 404, text: '<html><h1>Not Found</h1></html>', headers: { 'content-type': 'text/html' } };
const OK = { status: 200, json: CUSTOMER };

describe('404', () => {
  test('in the shape of Webex, from a server that has answered before, means gone: no further request', async () => {
    const server = await startServer([OK, NOT_FOUND]);
    const { customers } = clientOf(server).client;
    await customers.get('x');
    expect((await failure(customers.get('x'), WebexApiError)).isNotFound).toBe(true);
    expect(server.proofs).toBe(0);
  });

  test('as the first answer is proved by one GET /people/me, however many there are', async () => {
    const server = await startServer(() => NOT_FOUND);
    const { client } = clientOf(server);
    const all = Array.from({ length: 20 }, () => failure(client.customers.get('x'), WebexApiError));
    expect((await Promise.all(all)).every((error) => error.isNotFound)).toBe(true);
    expect(server.proofs).toBe(1);
    expect(await client.identity()).toEqual({ id: ME.id, orgId: ME.orgId, displayName: ME.displayName });
    expect(server.proofs).toBe(1);
  });

  test.each<[string, Reply]>([
    ['a page', PAGE],
    ['an empty body', { status: 404 }],
    ["another API's JSON", { status: 404, json: { message: 'no Route matched with those values' } }],
    ["another API's errors", { status: 404, json: { errors: [{ code: 'not_found', message: 'gone' }] } }],
    ['a list', { status: 404, json: [] }],
  ])('with %s says nothing about an object, even from Webex', async (_, reply) => {
    const server = await startServer([OK, reply]);
    const { customers } = clientOf(server).client;
    await customers.get('x');
    const error = await failure(customers.get('x'), DoubtfulAnswerError);
    expect(error.message).toContain(`${server.url}/v1 does not answer like Webex`);
    expect(error.message).toContain('Check that WEBEX_BASE_URL is its base URL with the path');
    expect(error).not.toHaveProperty('isNotFound');
  });

  test.each<[string, Reply, string]>([
    ['404 as well', NOT_FOUND, 'status 404'],
    ['with a page', { status: 200, text: '<html>Log in' }, 'no valid JSON'],
    ['with something else', { status: 200, json: { login: 'octocat' } }, 'id: '],
    ['403, as a token without the scope', ciscoError(403, 'lacks spark:people_read'), 'lacks spark:people_read'],
  ])('in the shape of Webex is not believed where GET /people/me answers %s', async (_, me, reason) => {
    const server = await startServer(() => NOT_FOUND, 0, me);
    const { client } = clientOf(server);
    const error = await failure(client.customers.get('x'), DoubtfulAnswerError);
    expect(error.message).toContain(
      'status 404 is not believed, because GET /people/me does not show that this is Webex',
    );
    expect(error.message).toContain(reason);
    await failure(client.customers.get('x'), DoubtfulAnswerError);
    expect(server.proofs).toBe(2);
  });

  test.each<[string, Reply]>([
    ['403', { status: 403, text: '<html>Forbidden by your administrator</html>' }],
    ['407', { status: 407, text: '<html>Proxy authentication required' }],
    ['409', { status: 409, text: 'busy' }],
    ['410', { status: 410, text: '' }],
  ])('%s that is not of Webex is no verdict either', async (_, reply) => {
    const server = await startServer([OK, reply]);
    const { customers } = clientOf(server).client;
    await customers.get('x');
    await failure(customers.get('x'), DoubtfulAnswerError);
  });

  test.each<[string, Reply]>([
    ['404', NOT_FOUND],
    ['the JSON of another API', { status: 200, json: { items: [] } }],
  ])('%s from GET /people/me says what to check', async (_, me) => {
    const { client } = clientOf(await startServer(() => OK, 0, me));
    const error = await failure(client.identity(), WebexResponseError);
    expect(error.message).toContain('Check that WEBEX_BASE_URL is its base URL with the path');
  });

  test('of a template service is proved by its list of templates', async () => {
    const items = [{ provisioningId: 'other' }];
    const server = await startServer(({ path }) =>
      path === '/templates' ? { status: 200, json: { items } } : ciscoError(404, 'no such template'),
    );
    const { client } = clientOf(server, { templateApiUrl: `${server.url}/templates` });
    expect((await failure(client.templates.get('id'), WebexApiError)).isNotFound).toBe(true);
    const wrong = await startServer(() => PAGE);
    const { client: lost } = clientOf(wrong, { templateApiUrl: `${wrong.url}/templates` });
    const error = await failure(lost.templates.get('id'), DoubtfulAnswerError);
    expect(error.message).toContain('does not answer like a template service. Check that WEBEX_TEMPLATE_API_URL');
  });
});

describe('success', () => {
  test.each<[string, Reply]>([
    ['a login page', { status: 200, text: '<html>Log in' }],
    ['a redirect to it', { status: 302, headers: { location: 'https://login.example.com/' } }],
    ['an empty answer that nothing marks', { status: 204 }],
  ])('with %s has deleted nothing', async (_, reply) => {
    const server = await startServer(() => reply, 0, { status: 200, text: '<html>Log in' });
    const error = await failure(clientOf(server).client.subscribers.remove('x'), DoubtfulAnswerError);
    expect(error.message).toContain('does not answer like Webex');
  });

  test('without a body is believed by its tracking ID, without a further request', async () => {
    const server = await startServer(() => ({ status: 204, headers: { trackingid: 'ROUTER_1' } }));
    await clientOf(server).client.subscribers.remove('x');
    expect(server.proofs).toBe(0);
  });

  test('without a body and tracking ID is believed once GET /people/me was answered', async () => {
    const server = await startServer(() => ({ status: 204 }));
    const { client } = clientOf(server);
    for (const id of ['x', 'y', 'z']) await client.subscribers.remove(id);
    expect(server.proofs).toBe(1);
  });

  test('with a page reports that the server is not Webex; with unknown JSON of Webex it does not', async () => {
    const server = await startServer([
      { status: 200, text: '<html>' },
      { status: 200, text: '{', headers: { trackingid: 'ROUTER_1' } },
    ]);
    const { client } = clientOf(server);
    await failure(client.subscribers.get('x'), DoubtfulAnswerError);
    expect(await failure(client.subscribers.get('x'), WebexResponseError)).not.toBeInstanceOf(DoubtfulAnswerError);
  });

  test('with a schema that accepts anything proves nothing', async () => {
    const server = await startServer([{ status: 200, json: { hello: 'world' } }, NOT_FOUND]);
    const { client } = clientOf(server);
    await client.calling.precheckForDeletion('o', 'l');
    await failure(client.customers.get('x'), WebexApiError);
    expect(server.proofs).toBe(1);
  });
});

describe('403 for a customer organization', () => {
  const refused = ciscoError(403, 'not managed');
  const organization = { status: 200, json: { id: 'o' } };
  const locations = { status: 200, json: { items: [] } };
  const isOrganization = (path: string) => path.startsWith('/v1/organizations/');

  test('puts it on the managed list once, and repeats the calls that met it once', async () => {
    let visited = 0;
    const server = await startServer(({ path }) => {
      if (isOrganization(path)) {
        visited++;
        return organization;
      }
      return visited > 0 ? locations : refused;
    });
    const { client } = clientOf(server);
    await Promise.all([client.locations.list({ orgId: 'o' }), client.locations.list({ orgId: 'o', name: 'Denver' })]);
    await client.locations.list({ orgId: 'o' });
    expect(visited).toBe(1);
    expect(server.seen).toHaveLength(2 + 1 + 2 + 1);
  });

  test('repeats a POST too, since nothing was done', async () => {
    const server = await startServer([refused, organization, { status: 201, json: { id: 'l' } }]);
    const body = { name: 'Denver', timeZone: 'UTC', preferredLanguage: 'en_us', announcementLanguage: 'en_US' };
    const address = { ...LOCATION_ADDRESS, address2: '' };
    expect(await clientOf(server).client.locations.create('o', { ...body, address })).toEqual({ id: 'l' });
    const { address2: _, ...sent } = address;
    expect(JSON.parse(server.seen[2]?.body ?? '')).toEqual({ ...body, announcementLanguage: 'en_us', address: sent });
  });

  test('is an error where it stays, and where the organization cannot be read; it is not asked for again', async () => {
    for (const answer of [organization, refused]) {
      const server = await startServer(({ path }) => (isOrganization(path) ? answer : refused));
      const { client } = clientOf(server);
      expect((await failure(client.locations.list({ orgId: 'o' }), WebexApiError)).status).toBe(403);
      expect(server.seen).toHaveLength(answer === organization ? 3 : 2);
      const before = server.seen.length;
      await failure(client.locations.list({ orgId: 'o' }), WebexApiError);
      expect(server.seen).toHaveLength(before + 1);
    }
  });

  test('without an organization is an error at once', async () => {
    const server = await startServer([refused]);
    await failure(clientOf(server).client.subscribers.get('x'), WebexApiError);
    expect(server.seen).toHaveLength(1);
  });
});

test('an item of a list that the server answers once proves it', async () => {
  const server = await startServer([{ status: 200, json: { items: [SUBSCRIBER] } }, NOT_FOUND]);
  const { client } = clientOf(server);
  await client.subscribers.list();
  await failure(client.customers.get('x'), WebexApiError);
  expect(server.proofs).toBe(0);
});
