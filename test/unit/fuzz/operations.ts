import type { WebexClient } from '../../../provider/webex';
import { TWO_LINE_LOCATION_ADDRESS as LOCATION_ADDRESS } from '../../samples/cisco';
import { CUSTOMER, NEW_CUSTOMER, SUBSCRIBER } from '../webex/server';

/** An operation of the API client with a valid answer. */
export interface Operation {
  name: string;
  call: (client: WebexClient) => Promise<unknown>;
  status: number;
  body: unknown;
  /** True for a list with pages. */
  paged?: boolean;
}

const DETAILS = {
  name: 'webex_calling',
  status: 'error',
  errors: [{ errorCode: 2560, description: 'no' }],
  licenseIds: ['x'],
};
const customer = {
  ...CUSTOMER,
  orgId: 'o',
  address: NEW_CUSTOMER.address,
  resourceDetails: { packages: [DETAILS] },
  errors: [{ errorCode: 2017, description: 'exists' }],
};
const location = {
  id: 'l',
  name: 'Denver',
  orgId: 'o',
  timeZone: 'UTC',
  address: LOCATION_ADDRESS,
  latitude: 12.5,
  longitude: '7',
};
const callingLocation = {
  id: 'l',
  name: 'Denver',
  callingLineId: { name: 'A', phoneNumber: '+12145557861' },
  connection: { type: 'TRUNK', id: 't' },
};
const job = {
  id: 'j',
  latestExecutionStatus: 'FAILED',
  trackingId: 'T',
  jobExecutionStatus: [{ id: 1, exitCode: 'FAILED', stepExecutionStatuses: [{ name: 'check', exitCode: 'FAILED' }] }],
};
const person = {
  id: 'p',
  emails: ['john.anderson@acme.com'],
  phoneNumbers: [{ type: 'work', value: '+1 408 526 7209' }],
  displayName: 'John Anderson',
  roles: ['r'],
  loginEnabled: 'true',
  more: { kept: [1] },
};
const template = {
  provisioningId: 'id',
  name: 'Wholesale',
  country: 'US',
  authentication: { type: 'webex' },
  callSettings: { a: 1 },
};
const numbers = [
  { phoneNumber: '+12145557861', mainNumber: true, location: { id: 'l' }, owner: { id: 'p', type: 'PEOPLE' } },
];
const precheck = { message: 'success', info: [{ infoCode: 100, description: 'fine' }] };
const subscriber = {
  email: 'john.anderson@acme.com',
  customerId: 'c',
  packages: ['webex_calling'],
  provisioningParameters: {},
};
const newLocation = {
  name: 'Denver',
  timeZone: 'UTC',
  preferredLanguage: 'en',
  announcementLanguage: 'en',
  address: LOCATION_ADDRESS,
};
const onlyId = { id: 'l' };
const jobError = {
  item: '+12145557861',
  itemNumber: 1,
  error: { key: '400', message: [{ code: 'BATCH-1017024', description: 'Failed because it is a main number.' }] },
};

/** All operations of provider/webex. A test compares this list with the client. */
export const OPERATIONS: readonly Operation[] = [
  { name: 'customers.list', call: (c) => c.customers.list(), status: 200, body: { items: [customer] }, paged: true },
  {
    name: 'customers.create',
    call: (c) => c.customers.create(NEW_CUSTOMER),
    status: 202,
    body: { url: '/v1/wholesale/customers/abc' },
  },
  { name: 'customers.get', call: (c) => c.customers.get('x'), status: 200, body: customer },
  { name: 'customers.update', call: (c) => c.customers.update('x', { packages: [] }), status: 202, body: { url: 'x' } },
  { name: 'customers.remove', call: (c) => c.customers.remove('x'), status: 202, body: {} },
  { name: 'customers.precheck', call: (c) => c.customers.precheck(NEW_CUSTOMER), status: 200, body: precheck },
  {
    name: 'subscribers.list',
    call: (c) => c.subscribers.list({ customerId: 'c' }),
    status: 200,
    body: { items: [SUBSCRIBER] },
    paged: true,
  },
  {
    name: 'subscribers.create',
    call: (c) => c.subscribers.create(subscriber),
    status: 200,
    body: { ...SUBSCRIBER, personId: 'p' },
  },
  { name: 'subscribers.get', call: (c) => c.subscribers.get('x'), status: 200, body: SUBSCRIBER },
  {
    name: 'subscribers.update',
    call: (c) => c.subscribers.update('x', { packages: [] }),
    status: 200,
    body: SUBSCRIBER,
  },
  { name: 'subscribers.remove', call: (c) => c.subscribers.remove('x'), status: 204, body: undefined },
  {
    name: 'subscribers.precheck',
    call: (c) => c.subscribers.precheck({ email: 'john.anderson@acme.com' }),
    status: 200,
    body: precheck,
  },
  {
    name: 'subscribers.sendConsentMoveEmail',
    call: (c) => c.subscribers.sendConsentMoveEmail('x'),
    status: 200,
    body: {},
  },
  {
    name: 'subPartners.list',
    call: (c) => c.subPartners.list(),
    status: 200,
    body: { items: [{ orgId: 'o', provisioningState: 'active' }] },
  },
  {
    name: 'locations.list',
    call: (c) => c.locations.list({ orgId: 'o' }),
    status: 200,
    body: { items: [location] },
    paged: true,
  },
  { name: 'locations.create', call: (c) => c.locations.create('o', newLocation), status: 201, body: onlyId },
  { name: 'locations.get', call: (c) => c.locations.get('o', 'l'), status: 200, body: location },
  {
    name: 'locations.update',
    call: (c) => c.locations.update('o', 'l', { name: 'Dover' }),
    status: 204,
    body: undefined,
  },
  { name: 'locations.remove', call: (c) => c.locations.remove('o', 'l'), status: 204, body: undefined },
  {
    name: 'calling.list',
    call: (c) => c.calling.list({ orgId: 'o' }),
    status: 200,
    body: { locations: [callingLocation] },
    paged: true,
  },
  {
    name: 'calling.enable',
    call: (c) => c.calling.enable('o', { id: 'l', ...newLocation }),
    status: 201,
    body: onlyId,
  },
  { name: 'calling.get', call: (c) => c.calling.get('o', 'l'), status: 200, body: callingLocation },
  {
    name: 'calling.update',
    call: (c) => c.calling.update('o', 'l', {}),
    status: 200,
    body: { batchJobId: 'j', failureReason: 'no' },
  },
  {
    name: 'calling.startDisabling',
    call: (c) => c.calling.startDisabling('o', { locationId: 'l' }),
    status: 202,
    body: job,
  },
  { name: 'calling.getDisablingJob', call: (c) => c.calling.getDisablingJob('o', 'j'), status: 200, body: job },
  {
    name: 'calling.precheckForDeletion',
    call: (c) => c.calling.precheckForDeletion('o', 'l'),
    status: 200,
    body: { locationDeleteStatus: 'BLOCKED', blocking: { lastLocation: true } },
  },
  {
    name: 'numbers.list',
    call: (c) => c.numbers.list({ orgId: 'o' }),
    status: 200,
    body: { phoneNumbers: numbers },
    paged: true,
  },
  {
    name: 'numbers.validate',
    call: (c) => c.numbers.validate('o', ['+12145557861']),
    status: 200,
    body: { status: 'OK', numbers: [{ number: '+12145557861', detail: ['x'] }] },
  },
  { name: 'numbers.add', call: (c) => c.numbers.add('o', 'l', { phoneNumbers: [] }), status: 200, body: {} },
  { name: 'numbers.remove', call: (c) => c.numbers.remove('o', 'l', ['+12145557861']), status: 204, body: undefined },
  {
    name: 'moveUsers.validate',
    call: (c) => c.moveUsers.validate('o', 'l', { userId: 'p' }),
    status: 200,
    body: { response: [{ userId: 'p', impacts: [{ code: 19701, message: 'moved' }], errors: [] }] },
  },
  {
    name: 'moveUsers.start',
    call: (c) => c.moveUsers.start('o', 'l', [{ userId: 'p' }]),
    status: 201,
    body: { response: job },
  },
  { name: 'moveUsers.get', call: (c) => c.moveUsers.get('o', 'j'), status: 200, body: job },
  {
    name: 'moveUsers.errors',
    call: (c) => c.moveUsers.errors('o', 'j'),
    status: 200,
    body: { items: [jobError] },
    paged: true,
  },
  {
    name: 'manageNumbers.startMove',
    call: (c) => c.manageNumbers.startMove('o', 'l', 'm', ['+12145557861']),
    status: 201,
    body: job,
  },
  { name: 'manageNumbers.get', call: (c) => c.manageNumbers.get('o', 'j'), status: 200, body: job },
  {
    name: 'manageNumbers.errors',
    call: (c) => c.manageNumbers.errors('o', 'j'),
    status: 200,
    body: { items: [jobError] },
    paged: true,
  },
  {
    name: 'pstn.options',
    call: (c) => c.pstn.options('o', 'l'),
    status: 200,
    body: { items: [{ id: 'p', displayName: 'A', pstnServices: [] }] },
  },
  {
    name: 'pstn.get',
    call: (c) => c.pstn.get('o', 'l'),
    status: 200,
    body: { id: 'p', pstnConnectionType: 'LOCAL_GATEWAY' },
  },
  { name: 'pstn.set', call: (c) => c.pstn.set('o', 'l', {}), status: 204, body: undefined },
  {
    name: 'people.list',
    call: (c) => c.people.list({ orgId: 'o' }),
    status: 200,
    body: { items: [person] },
    paged: true,
  },
  { name: 'people.get', call: (c) => c.people.get('p'), status: 200, body: person },
  { name: 'people.update', call: (c) => c.people.update('p', { displayName: 'J' }), status: 200, body: person },
  { name: 'people.remove', call: (c) => c.people.remove('p'), status: 204, body: undefined },
  {
    name: 'roles.list',
    call: (c) => c.roles.list(),
    status: 200,
    body: { items: [{ id: 'r', name: 'Full Administrator' }] },
  },
  {
    name: 'organizations.list',
    call: (c) => c.organizations.list(),
    status: 200,
    body: { items: [{ id: 'o', displayName: 'Acme' }] },
  },
  {
    name: 'organizations.get',
    call: (c) => c.organizations.get('o'),
    status: 200,
    body: { id: 'o', displayName: 'Acme' },
  },
  { name: 'organizations.remove', call: (c) => c.organizations.remove('o'), status: 204, body: undefined },
  {
    name: 'licenses.list',
    call: (c) => c.licenses.list({ orgId: 'o' }),
    status: 200,
    body: { items: [{ id: 'x', totalUnits: 5 }] },
  },
  {
    name: 'templates.create',
    call: (c) => c.templates.create({ name: 'A', country: 'US' }),
    status: 201,
    body: template,
  },
  { name: 'templates.list', call: (c) => c.templates.list(), status: 200, body: { items: [template] } },
  { name: 'templates.get', call: (c) => c.templates.get('id'), status: 200, body: template },
  {
    name: 'templates.update',
    call: (c) => c.templates.update('id', { name: 'A', country: 'US' }),
    status: 200,
    body: template,
  },
  { name: 'templates.remove', call: (c) => c.templates.remove('id'), status: 204, body: undefined },
];
