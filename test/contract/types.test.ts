import { beforeAll, describe, expect, it } from 'vitest';
import { haveDocuments } from './documents';
import { type TypeContract, typeDifferences } from './type-check';
import { exceptionOf, TYPE_EXCEPTIONS } from './type-exceptions';

const COLLECTION = '/telephony/config/locations';
const DISABLING = '/telephony/config/jobs/locations/deleteCallingLocation';
const MOVING = '/telephony/config/jobs/person/moveLocation';
const MANAGING = '/telephony/config/jobs/numbers/manageNumbers';

const request = (type: string, operation: string, ...at: string[]): TypeContract => ({
  type,
  operation,
  body: 'request',
  at,
});
const answer = (type: string, operation: string, body: number, ...at: string[]): TypeContract => ({
  type,
  operation,
  body,
  at,
});

const CONTRACTS = [
  request('customers.CustomerCreate', 'POST /wholesale/customers'),
  request('customers.CustomerUpdate', 'PUT /wholesale/customers/{customerId}'),
  request('customers.CustomerPrecheck', 'POST /wholesale/customers/validate'),
  answer('customers.Customer', 'GET /wholesale/customers/{customerId}', 200),
  answer('customers.Customer', 'GET /wholesale/customers', 200, 'items', '[]'),
  answer('shapes.Precheck', 'POST /wholesale/customers/validate', 200),
  request('subscribers.SubscriberCreate', 'POST /wholesale/subscribers'),
  request('subscribers.SubscriberUpdate', 'PUT /wholesale/subscribers/{subscriberId}'),
  request('subscribers.SubscriberPrecheck', 'POST /wholesale/subscribers/validate'),
  answer('subscribers.Subscriber', 'GET /wholesale/subscribers/{subscriberId}', 200),
  answer('subscribers.Subscriber', 'GET /wholesale/subscribers', 200, 'items', '[]'),
  answer('subscribers.Subscriber', 'POST /wholesale/subscribers', 200),
  request('people.PersonUpdate', 'PUT /people/{personId}'),
  answer('people.Person', 'GET /people/{personId}', 200),
  answer('identity.Identity', 'GET /people/me', 200),
  request('locations.LocationCreate', 'POST /locations'),
  request('locations.LocationUpdate', 'PUT /locations/{locationId}'),
  answer('locations.Location', 'GET /locations/{locationId}', 200),
  request('calling.CallingEnable', `POST ${COLLECTION}`),
  request('calling.CallingUpdate', `PUT ${COLLECTION}/{locationId}`),
  answer('calling.CallingUpdateAnswer', `PUT ${COLLECTION}/{locationId}`, 200),
  answer('calling.CallingLocation', `GET ${COLLECTION}/{locationId}`, 200),
  answer('calling.CallingLocation', `GET ${COLLECTION}`, 200, 'locations', '[]'),
  answer('calling.DeletionPrecheck', `POST ${COLLECTION}/{locationId}/actions/precheckForDeletion/invoke`, 200),
  answer('jobs.Job', `POST ${DISABLING}`, 202),
  answer('jobs.Job', `GET ${DISABLING}/{jobId}`, 200),
  request('numbers.NumbersAdd', `POST ${COLLECTION}/{locationId}/numbers`),
  answer('numbers.NumbersValidation', 'POST /telephony/config/actions/validateNumbers/invoke', 200),
  answer('numbers.PhoneNumber', 'GET /telephony/config/numbers', 200, 'phoneNumbers', '[]'),
  request('pstn.PstnSet', 'PUT /telephony/pstn/locations/{locationId}/connection'),
  answer('pstn.PstnConnection', 'GET /telephony/pstn/locations/{locationId}/connection', 200),
  request('move-users.UserMove', `POST ${MOVING}`, 'usersList', '[]', 'users', '[]'),
  answer('jobs.Job', `GET ${MOVING}/{jobId}`, 200),
  answer('jobs.Job', `POST ${MANAGING}`, 201),
  answer('jobs.Job', `GET ${MANAGING}/{jobId}`, 200),
  answer('organizations.Organization', 'GET /organizations/{orgId}', 200),
  answer('roles.Role', 'GET /roles', 200, 'items', '[]'),
  answer('licenses.License', 'GET /licenses', 200, 'items', '[]'),
];

/**
 * The types of requests and answers in provider/webex are written by hand. Here they are held against types that
 * openapi-typescript makes of Cisco's documents, so that a new document shows what it changes.
 */
describe.skipIf(!haveDocuments)("the types of provider/webex are those of Cisco's documents", () => {
  let differences: Awaited<ReturnType<typeof typeDifferences>>;
  beforeAll(async () => {
    differences = await typeDifferences(CONTRACTS);
  }, 60_000);

  it.each(CONTRACTS.map((contract) => [`${contract.type}: ${contract.operation}`, contract] as const))(
    '%s',
    (_, contract) => {
      const found = differences.get(contract) ?? ['not compared'];
      expect(found.filter((text) => exceptionOf(contract, text) === undefined)).toEqual([]);
    },
  );

  it('differs in each place that is excepted', () => {
    const needed = [...differences].flatMap(([contract, found]) => found.map((text) => exceptionOf(contract, text)));
    expect(TYPE_EXCEPTIONS.filter((entry) => !needed.includes(entry))).toEqual([]);
  });
});
