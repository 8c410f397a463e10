import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { WebexApiError, WebexResponseError } from '../../../provider/webex';
import {
  CUSTOMER,
  ciscoError,
  clientOf,
  failure,
  NEW_CUSTOMER,
  type Reply,
  SUBSCRIBER,
  startServer,
  TOKEN,
} from './server';

describe('error answers', () => {
  test("Cisco's shape: status, code, description, trackingId, method and path", async () => {
    const json = {
      message: 'The server could not process the request.',
      errors: [
        { errorCode: 10022, description: 'The email is already associated with an existing user.' },
        { description: 'More.' },
      ],
      trackingId: 'ROUTERGW_882b1b3b',
    };
    const server = await startServer([{ status: 400, json }]);
    const error = await failure(clientOf(server).client.customers.get('a/b', 'sub'), WebexApiError);
    expect(error).toMatchObject({
      status: 400,
      method: 'GET',
      path: '/wholesale/customers/a%2Fb',
      code: 10022,
      description: 'The email is already associated with an existing user.; More.',
      trackingId: 'ROUTERGW_882b1b3b',
      errors: [
        { code: 10022, description: 'The email is already associated with an existing user.' },
        { description: 'More.' },
      ],
      isNotFound: false,
      isConflict: false,
      outcomeUnknown: false,
    });
    expect(error.message).toBe(
      'GET /wholesale/customers/a%2Fb: Webex answered 400: error 10022: The email is already associated with an existing user.; More. (trackingId ROUTERGW_882b1b3b)',
    );
  });

  test.each<[string, Reply, string]>([
    ['message only', { status: 400, json: { message: 'not yours' } }, 'not yours'],
    ['an HTML page', { status: 400, text: '<html><style>b{}</style><b>Not</b>\n found</html>' }, 'Not found'],
    [
      'a list of errors named error',
      {
        status: 400,
        json: {
          error: [{ key: '400', message: [{ code: '5615', description: 'Prefix in use.' }] }],
          errorCode: 25223,
          trackingId: 'T',
        },
      },
      'Prefix in use.',
    ],
    ['errors with a code and a message', { status: 400, json: { error: [{ code: 1026016, message: 'No.' }] } }, 'No.'],
    ['errorMessage', { status: 400, json: { errorMessage: 'PSTN is missing' } }, 'PSTN is missing'],
    ['OAuth', { status: 400, json: { error: 'invalid_grant', error_description: 'Expired.' } }, 'Expired.'],
    ['truncated JSON', { status: 400, text: '{"message":"no' }, '{"message":"no'],
    ['nothing', { status: 400, text: '' }, 'no explanation'],
    ['a list', { status: 400, json: [] }, '[]'],
    ['wrong types', { status: 400, json: { message: 7, errors: 'x', trackingId: {} } }, 'no explanation'],
    ['nulls', { status: 400, json: { message: null, errors: [{ description: null }] } }, 'no description'],
  ])('%s', async (_, reply, description) => {
    const server = await startServer([reply]);
    expect(await failure(clientOf(server).client.customers.get('x'), WebexApiError)).toMatchObject({ description });
  });

  test('have their codes in the body or in a header', async () => {
    const shaped = {
      error: [{ key: '409', message: [{ code: '50003', description: 'Location is being referenced' }] }],
    };
    const headers = { 'cisco-spark-error-codes': '4251, 25089' };
    const server = await startServer([
      { status: 409, json: { ...shaped, trackingId: 'T' } },
      { status: 502, text: '', headers },
    ]);
    const { client } = clientOf(server);
    const conflict = await failure(client.locations.remove('o', 'l'), WebexApiError);
    expect(conflict).toMatchObject({ isConflict: true, code: '50003' });
    const other = await failure(client.customers.create(NEW_CUSTOMER), WebexApiError);
    expect(other).toMatchObject({ isConflict: false, code: '4251' });
  });

  test('take the trackingId from the header where the body has none', async () => {
    const server = await startServer([{ status: 400, text: '', headers: { trackingid: 'T1' } }]);
    expect(await failure(clientOf(server).client.customers.get('x'), WebexApiError)).toMatchObject({
      trackingId: 'T1',
    });
  });

  test.each<[string, Reply]>([
    ['as text', { status: 400, text: `<pre>${'x'.repeat(185)} Bearer ${TOKEN}</pre>` }],
    ["in Cisco's shape", ciscoError(400, `Authorization: Bearer ${TOKEN}`)],
    ['escaped', { status: 400, text: `{"message":"\\u0074${TOKEN.slice(1)}"}` }],
    ['unauthorized', ciscoError(401, `token ${TOKEN} is unknown`)],
  ])('that echo the token don’t bring it into the error: %s', async (_, reply) => {
    const server = await startServer([reply]);
    const error = await failure(clientOf(server).client.customers.get('x'), WebexApiError);
    // Part of it would be too much, too.
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(TOKEN.slice(0, 6));
  });
});

describe('successful answers that make no sense', () => {
  test.each<[string, Reply, string]>([
    [
      'an HTML page',
      { status: 200, text: '<html>', headers: { 'content-type': 'text/html' } },
      'no valid JSON (text/html',
    ],
    ['truncated JSON', { status: 200, text: '{"id": "x' }, 'no valid JSON (application/json, 9 characters)'],
    ['an empty body', { status: 200, text: '' }, 'an empty body'],
    ['a missing field', { status: 200, json: { id: 'x' } }, 'status: '],
    ['a wrong type', { status: 200, json: { ...CUSTOMER, id: 7 } }, 'id: '],
    ['a list instead of an object', { status: 200, json: [] }, 'body: '],
  ])('%s', async (_, reply, problem) => {
    const server = await startServer([reply]);
    const error = await failure(clientOf(server).client.customers.get('x'), WebexResponseError);
    expect(error.message).toContain("GET /wholesale/customers/x: the answer can't be understood: status 200 with");
    expect(error.message).toContain(problem);
    expect(error.outcomeUnknown).toBe(false);
  });

  test('leave the outcome of a write open', async () => {
    const server = await startServer([
      { status: 202, json: {} },
      { status: 200, text: '{' },
    ]);
    const { client } = clientOf(server);
    expect((await failure(client.customers.create(NEW_CUSTOMER), WebexResponseError)).outcomeUnknown).toBe(true);
    const update = client.subscribers.update('x', { packages: [] });
    expect((await failure(update, WebexResponseError)).outcomeUnknown).toBe(true);
    expect(server.seen).toHaveLength(2);
  });

  test('a redirect is not followed', async () => {
    const other = await startServer(() => ({ status: 200, json: CUSTOMER }));
    const server = await startServer([{ status: 307, headers: { location: `${other.url}/v1/wholesale/customers/x` } }]);
    const error = await failure(clientOf(server).client.customers.get('x'), WebexResponseError);
    expect(error.message).toContain(`status 307, a redirect to ${new URL(other.url).host}, which is not followed`);
    expect(other.seen).toHaveLength(0);
  });
});

describe('successful answers', () => {
  test('unknown fields, unknown values and nulls are tolerated', async () => {
    const json = {
      ...CUSTOMER,
      status: 'new_status',
      packages: ['new_package'],
      orgId: null,
      errors: null,
      more: { a: 1 },
    };
    const server = await startServer([{ status: 200, json }]);
    const customer = await clientOf(server).client.customers.get('x');
    expect(customer).toEqual({ ...CUSTOMER, status: 'new_status', packages: ['new_package'], errors: [] });
  });

  test('a subscriber with the old field `package` only', async () => {
    const { packages: _, ...old } = SUBSCRIBER;
    const server = await startServer([{ status: 200, json: { ...old, package: 'webex_voice' } }]);
    expect((await clientOf(server).client.subscribers.get('x')).packages).toEqual(['webex_voice']);
  });
});
