import { describe, expect, test } from 'vitest';
import { DoubtfulAnswerError, WebexApiError, WebexResponseError } from '../../../provider/webex';
import { CUSTOMER, ciscoError, clientOf, failure, type Reply, type Seen, SUBSCRIBER, startServer } from './server';

const range = (length: number) => Array.from({ length }, (_, index) => index);

describe('offset and max (wholesale)', () => {
  const subscribers = range(250).map((index) => ({ ...SUBSCRIBER, id: `s${index}` }));
  const page = ({ query }: Seen): Reply => {
    const offset = Number(query.get('offset') ?? 0);
    return { status: 200, json: { items: subscribers.slice(offset, offset + Number(query.get('max'))) } };
  };

  test('reads all, 100 a request, with every filter on each page', async () => {
    const server = await startServer(page);
    const found = await clientOf(server).client.subscribers.list({ customerId: 'c' }, 'sub-partner');
    expect(found.map((subscriber) => subscriber.id)).toEqual(subscribers.map((subscriber) => subscriber.id));
    expect(server.seen.map((request) => request.query.get('offset'))).toEqual([null, '100', '200']);
    for (const { query } of server.seen) {
      expect(Object.fromEntries(query)).toMatchObject({
        max: '100',
        customerId: 'c',
        onBehalfOfSubPartnerOrgId: 'sub-partner',
      });
    }
  });

  test('a list of statuses repeats the parameter; what is undefined is not sent', async () => {
    const server = await startServer([{ status: 200, json: { items: [] } }]);
    const filter = { status: ['provisioning', 'updating'], externalId: undefined };
    expect(await clientOf(server).client.customers.list(filter)).toEqual([]);
    expect(server.seen[0]?.query.toString()).toBe('status=provisioning&status=updating&max=100');
  });

  test('an item that moved to the next page is listed once', async () => {
    const customers = range(100).map((index) => ({ ...CUSTOMER, id: `c${index}` }));
    const moved = [customers[99], { ...CUSTOMER, id: 'c100' }];
    const server = await startServer([
      { status: 200, json: { items: customers } },
      { status: 200, json: { items: moved } },
    ]);
    expect(await clientOf(server).client.customers.list()).toHaveLength(101);
  });

  test('a server with smaller pages than requested, and a Link to the next one', async () => {
    const customers = range(3).map((index) => ({ ...CUSTOMER, id: `c${index}` }));
    const server = await startServer(({ query }) => {
      const offset = Number(query.get('offset') ?? 0);
      const link = `<https://webexapis.com/v1/wholesale/customers?offset=${offset + 1}>; rel="next"`;
      return {
        status: 200,
        json: { items: customers.slice(offset, offset + 1) },
        ...(offset < 2 && { headers: { link } }),
      };
    });
    expect(await clientOf(server).client.customers.list()).toHaveLength(3);
  });

  test('a server that ignores the offset is not asked for ever', async () => {
    const customers = range(100).map((index) => ({ ...CUSTOMER, id: `c${index}` }));
    const server = await startServer(() => ({ status: 200, json: { items: customers } }));
    const error = await failure(clientOf(server).client.customers.list(), WebexResponseError);
    expect(error.message).toContain('paging does not advance');
    expect(server.seen).toHaveLength(2);
  });
});

describe('Link (locations, people)', () => {
  const location = (index: number) => ({ id: `l${index}`, name: 'Denver', address: {} });

  test('follows the next page by its query, never to another host', async () => {
    const other = await startServer(() => ({ status: 200, json: { items: [] } }));
    const link = `<${other.url}/v1/locations?orgId=o&cursor=a%2Bb&tag=1&tag=2>; rel="next", <${other.url}/v1/locations>; rel="first"`;
    const server = await startServer([
      { status: 200, json: { items: [location(0)] }, headers: { link } },
      { status: 200, json: { items: [location(1)] } },
    ]);
    const found = await clientOf(server).client.locations.list({ orgId: 'o', name: 'den' });
    expect(found.map((entry) => entry.id)).toEqual(['l0', 'l1']);
    expect(server.seen[0]?.query.toString()).toBe('orgId=o&name=den&max=500');
    expect(server.seen[1]?.query.toString()).toBe('orgId=o&cursor=a%2Bb&tag=1&tag=2');
    expect(server.seen[1]?.path).toBe('/v1/locations');
    expect(other.seen).toHaveLength(0);
  });

  test('an empty page ends the list, although it has a next link', async () => {
    const headers = { link: '</v1/people?cursor=1>; rel=next' };
    const server = await startServer([
      { status: 200, json: { items: [{ id: 'p' }] }, headers: { link: '</v1/people?cursor=0>; rel=next' } },
      { status: 200, json: { items: [] }, headers },
    ]);
    expect(await clientOf(server).client.people.list({ orgId: 'o' })).toHaveLength(1);
  });

  test('links that lead back are not followed, wherever they stand', async () => {
    const link =
      '</v1/people?c=prev>; rel="prev", </v1/people?c=2>; title="a, b"; rel="last next", </v1/people>; rel=first';
    const server = await startServer([
      { status: 200, json: { items: [{ id: 'p' }] }, headers: { link } },
      { status: 200, json: { items: [{ id: 'q' }] }, headers: { link: '</v1/people?c=1>; rel="prev"' } },
    ]);
    expect(await clientOf(server).client.people.list({ orgId: 'o' })).toHaveLength(2);
    expect(server.seen[1]?.query.toString()).toBe('c=2&max=100');
  });

  test('each link in a header of its own is read as well', async () => {
    const link = ['</v1/locations?c=0>; rel="prev"', '</v1/locations?c=2>; rel="next"'];
    const server = await startServer([
      { status: 200, json: { items: [location(0)] }, headers: { link } },
      { status: 200, json: { items: [location(1)] } },
    ]);
    expect(await clientOf(server).client.locations.list({ orgId: 'o' })).toHaveLength(2);
  });

  test('an entry without an ID is no person', async () => {
    const none = { errors: { peopleListLocationId: { code: 'x', reason: 'No user matching l' } } };
    const server = await startServer([{ status: 200, json: { items: [none] } }]);
    expect(await clientOf(server).client.people.list({ orgId: 'o', locationId: 'l' })).toEqual([]);
  });

  test('a page without its list is an empty one, once the server has shown that it is Webex', async () => {
    const server = await startServer(() => ({ status: 200, json: { notFoundIds: null } }));
    expect(await clientOf(server).client.people.list({ orgId: 'o' })).toEqual([]);
    expect(server.proofs).toBe(1);
    const other = await startServer(() => ({ status: 200, json: { ok: true } }), 0, {
      status: 200,
      json: { ok: true },
    });
    await failure(clientOf(other).client.people.list({ orgId: 'o' }), DoubtfulAnswerError);
  });

  test('pages of people that time out get smaller, and stay so', async () => {
    const slow = ciscoError(504, 'Gateway Timeout');
    const server = await startServer(({ query }) => {
      const link = `</v1/people?cursor=1&max=${query.get('max')}>; rel="next"`;
      if (Number(query.get('max')) > 30) return slow;
      return {
        status: 200,
        json: { items: [{ id: query.get('cursor') ?? '0' }] },
        headers: query.has('cursor') ? {} : { link },
      };
    });
    const { client, clock } = clientOf(server);
    expect(await client.people.list({ orgId: 'o' })).toHaveLength(2);
    expect(await client.people.list({ orgId: 'o', locationId: 'l' })).toHaveLength(2);
    expect(server.seen.map(({ query }) => query.get('max'))).toEqual(['100', '50', '25', '25', '25', '25']);
    expect(clock.slept).toEqual([]);
  });

  test('pages of people that time out get as small as one person, with pauses below what Cisco recommends', async () => {
    const slow = ciscoError(504, 'Gateway Timeout');
    const one = { status: 200, json: { items: [{ id: 'p' }] } };
    const server = await startServer(({ query }) => (Number(query.get('max')) > 1 ? slow : one));
    const { client, clock } = clientOf(server);
    expect(await client.people.list({ orgId: 'o' })).toHaveLength(1);
    expect(server.seen.map(({ query }) => query.get('max'))).toEqual(['100', '50', '25', '12', '6', '3', '1']);
    expect(clock.slept).toEqual([1000, 1000, 1000]);
  });

  test('a page of one that times out is tried again like any other request', async () => {
    const server = await startServer(() => ciscoError(504, 'Gateway Timeout'));
    const error = await failure(clientOf(server).client.people.list({ orgId: 'o' }), WebexApiError);
    expect(error.status).toBe(504);
    expect(server.seen.map(({ query }) => query.get('max')).slice(6)).toEqual(Array(6).fill('1'));
  });

  test('a next page that was read already is an error', async () => {
    const link = '</v1/people?cursor=1>; rel="next"';
    const server = await startServer(() => ({ status: 200, json: { items: [{ id: 'p' }] }, headers: { link } }));
    await failure(clientOf(server).client.people.list({ orgId: 'o' }), WebexResponseError);
    expect(server.seen).toHaveLength(2);
  });

  test('pages that hold nothing new are an error, although each link is a new one', async () => {
    let pages = 0;
    const server = await startServer(() => {
      const link = `</v1/people?cursor=${++pages}>; rel="next"`;
      return { status: 200, json: { items: [{ id: 'p' }] }, headers: { link } };
    });
    await failure(clientOf(server).client.people.list({ orgId: 'o' }), WebexResponseError);
    expect(server.seen).toHaveLength(2);
  });

  test('people come 100 a page with calling data, 50 where a location is asked for', async () => {
    const server = await startServer(() => ({ status: 200, json: { items: [] } }));
    const { client } = clientOf(server);
    await client.people.list({ orgId: 'o', email: 'john.anderson@acme.com' });
    await client.people.list({ orgId: 'o', locationId: 'l' });
    expect(server.seen.map(({ query }) => query.toString())).toEqual([
      'orgId=o&email=john.anderson%40acme.com&callingData=true&max=100',
      'orgId=o&locationId=l&callingData=true&max=50',
    ]);
  });
});

describe('start and max (numbers, calling)', () => {
  test('reads all numbers', async () => {
    const numbers = range(1500).map((index) => ({ phoneNumber: `+1214${1_000_000 + index}`, extension: null }));
    const server = await startServer(({ query }) => {
      const start = Number(query.get('start') ?? 0);
      return { status: 200, json: { phoneNumbers: numbers.slice(start, start + Number(query.get('max'))) } };
    });
    const found = await clientOf(server).client.numbers.list({ orgId: 'o', locationId: 'l' });
    expect(found).toEqual(numbers.map(({ phoneNumber }) => ({ phoneNumber })));
    expect(server.seen.map(({ query }) => query.get('start'))).toEqual([null, '1000']);
  });

  test('one extension in two locations is two entries', async () => {
    const phoneNumbers = ['l1', 'l2'].map((id) => ({
      phoneNumber: null,
      extension: '100',
      location: { id, name: id },
    }));
    const server = await startServer([{ status: 200, json: { phoneNumbers } }]);
    expect(await clientOf(server).client.numbers.list({ orgId: 'o' })).toHaveLength(2);
  });

  test('calling locations', async () => {
    const locations = [{ id: 'l', name: 'Denver', callingLineId: { phoneNumber: null } }];
    const server = await startServer([{ status: 200, json: { locations } }]);
    expect(await clientOf(server).client.calling.list({ orgId: 'o', name: 'Denver' })).toEqual([
      { id: 'l', name: 'Denver', callingLineId: {} },
    ]);
  });
});
