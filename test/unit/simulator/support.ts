import { afterEach, expect } from 'vitest';
import { type SimulatorOptions, startSimulator } from '../../../simulator/index';
import { checkExchanges } from '../../contract/check';
import type { Exchange } from '../../contract/recorder';
import {
  TWO_LINE_ADDRESS as ADDRESS,
  TWO_LINE_LOCATION_ADDRESS as LOCATION_ADDRESS,
  PROVISIONING_ID,
} from '../../samples/cisco';

/** The customer of the documented example, with the packages that the tests need. */
export function customerBody(changes: Record<string, unknown> = {}) {
  return {
    provisioningId: PROVISIONING_ID,
    packages: ['webex_calling', 'webex_meetings', 'webex_suite'],
    externalId: 'c1677a16-557a-4fb4-b48f-24adde57ec99',
    address: ADDRESS,
    customerInfo: { name: "John's Pizza", primaryEmail: 'john.anderson@acme.com', language: 'en' },
    provisioningParameters: {
      calling: {
        location: {
          name: 'Head Office',
          address: ADDRESS,
          timezone: 'America/Los_Angeles',
          language: 'en_us',
          emergencyLocationIdentifier: '95547321',
        },
      },
    },
    ...changes,
  };
}

export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface Failure {
  message: string;
  errors: { description: string; errorCode?: number }[];
  trackingId: string;
}

export interface Customer {
  id: string;
  orgId: string;
  status: string;
  packages: string[];
  resourceDetails: { packages: { name: string; status: string; licenseIds?: string[] }[] };
}

export interface Person {
  id: string;
  emails: string[];
  displayName: string;
  roles: string[];
  licenses: string[];
  extension?: string;
  locationId?: string;
  phoneNumbers?: { type: string; value: string }[];
}

export interface Subscriber {
  id: string;
  personId?: string;
  status: string;
  package?: string;
  packages: string[];
}

type Started = Awaited<ReturnType<typeof startSimulator>>;
const running: Started[] = [];
const exchanges: Exchange[] = [];

/** Every answer is held against Cisco's published documents; the requests may be wrong on purpose. */
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
  expect(checkExchanges(exchanges.splice(0), 'by a test')).toEqual([]);
});

/** A simulator with its clock in the test's hand: nothing is provisioned before advance(). */
export async function simulator(options: SimulatorOptions = {}) {
  const started = await startSimulator({ provisioningSeconds: 60, ...options });
  running.push(started);
  // Another weather is what the documents don't have.
  let documented = (options.weather ?? 'documented') === 'documented';
  const call = async <Body = Failure>(method: string, path: string, body?: unknown): Promise<Answer<Body>> => {
    const base = path.startsWith('/simulator') ? started.url : started.baseUrl;
    const response = await fetch(base + path, {
      method,
      headers: {
        authorization: `Bearer ${started.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
    if (path === '/simulator/weather') documented = false;
    if (documented && !path.startsWith('/simulator')) {
      const [withoutQuery = ''] = path.split('?');
      exchanges.push({
        method,
        path: withoutQuery,
        query: [],
        request: body,
        status: answer.status,
        response: answer.body,
      });
    }
    return answer as Answer<Body>;
  };
  const get = <Body = Failure>(path: string) => call<Body>('GET', path);
  const advance = (seconds = 60) => call('POST', '/simulator/clock', { advanceSeconds: seconds });

  /** Provisions a customer and waits for the end of it. */
  const onboard = async (changes: Record<string, unknown> = {}) => {
    const accepted = await call<{ url: string }>('POST', '/wholesale/customers', customerBody(changes));
    if (accepted.status !== 202) throw new Error(JSON.stringify(accepted.body));
    await advance();
    const id = accepted.body.url.split('/').pop() ?? '';
    return (await get<Customer>(`/wholesale/customers/${id}`)).body;
  };
  /** The calling locations of a customer, the headquarters first. */
  const callingLocations = async ({ orgId }: Customer) =>
    (await get<{ locations: { id: string; name: string }[] }>(`/telephony/config/locations?orgId=${orgId}`)).body
      .locations;
  const headquarters = async (customer: Customer) => (await callingLocations(customer))[0]?.id ?? '';
  const location = async (customer: Customer, name = 'Denver') => {
    const made = await call<{ id: string }>('POST', `/locations?orgId=${customer.orgId}`, locationBody(name));
    return made.body.id;
  };
  const callingLocation = async (customer: Customer, name = 'Denver') => {
    const id = await location(customer, name);
    await call('POST', `/telephony/config/locations?orgId=${customer.orgId}`, { id, ...locationBody(name) });
    return id;
  };
  const setPstn = async (locationId: string, displayName = 'Non-integrated CCP') => {
    const path = `/telephony/pstn/locations/${locationId}`;
    const options = await get<{ items: { id: string; displayName: string }[] }>(`${path}/connectionOptions`);
    const id = options.body.items.find((item) => item.displayName === displayName)?.id;
    return call('PUT', `${path}/connection`, { id });
  };
  const numbers = (method: string, locationId: string, ...phoneNumbers: string[]) =>
    call(method, `/telephony/config/locations/${locationId}/numbers`, { phoneNumbers });
  /** A calling location with a PSTN connection and these numbers. */
  const branch = async (customer: Customer, ...phoneNumbers: string[]) => {
    const id = await callingLocation(customer);
    await setPstn(id);
    const added = await numbers('POST', id, ...phoneNumbers);
    if (added.status !== 200) throw new Error(JSON.stringify(added.body));
    return id;
  };
  const subscribe = (customer: Customer, changes: Record<string, unknown> = {}) =>
    call<Subscriber & Failure>('POST', '/wholesale/subscribers', {
      customerId: customer.id,
      email: 'alice@example.com',
      packages: ['webex_calling'],
      provisioningParameters: { firstName: 'Alice', lastName: 'Example', extension: '5221' },
      ...changes,
    });
  const person = async (id: string | undefined) => (await get<Person>(`/people/${id}?callingData=true`)).body;
  const roles = async () => {
    const { body } = await get<{ items: { id: string; name: string }[] }>('/roles');
    return Object.fromEntries(body.items.map(({ id, name }) => [name, id]));
  };
  const state = async () => (await get<State>('/simulator/state')).body;

  return {
    ...started,
    call,
    get,
    advance,
    onboard,
    callingLocations,
    headquarters,
    location,
    callingLocation,
    setPstn,
    numbers,
    branch,
    subscribe,
    person,
    roles,
    state,
  };
}

export interface State {
  organizations: {
    id: string;
    displayName: string;
    kind: string;
    trunkId: string;
    routeGroupId: string;
    mapped: boolean;
  }[];
  customers: { id: string; externalId: string; status: string }[];
  subscribers: { id: string; email: string; status: string }[];
  people: { id: string; orgId: string; email: string; roles: string[]; phoneNumber: string | null }[];
  locations: { id: string; name: string; calling: boolean; pstn: string | null; numbers: string[] }[];
  templates: { provisioningId: string; name: string }[];
  jobs: { id: string; status: string; reasons: string[] }[];
}

export function locationBody(name = 'Denver') {
  return {
    name,
    timeZone: 'America/Chicago',
    preferredLanguage: 'en_us',
    announcementLanguage: 'fr_fr',
    address: LOCATION_ADDRESS,
  };
}
