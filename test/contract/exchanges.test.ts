import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from 'webex-wholesale-simulator';
import type { Lifecycle } from '../../provider/lifecycle';
import { resources } from '../../provider/resources';
import { Run } from '../../provider/resources/run/run';
import { ADDRESS as address, PROVISIONING_ID as provisioningId } from '../samples/cisco';
import { checkExchanges, operationOf, requestProblems, responseProblems } from './check';
import { haveDocuments } from './documents';
import { record } from './recorder';

/**
 * The life of a customer, by the handlers without Pulumi, through a recorder: each request that the provider sends and
 * each answer that the simulator gives is held against Cisco's published documents.
 */
describe.skipIf(!haveDocuments)('every exchange follows the published documents', () => {
  let simulator: Simulator;
  let recorder: Awaited<ReturnType<typeof record>>;

  beforeAll(async () => {
    simulator = await startSimulator({ provisioningSeconds: 0.05 });
    recorder = await record(simulator.url);
    process.env.WEBEX_BASE_URL = recorder.baseUrl;
    process.env.WEBEX_ACCESS_TOKEN = simulator.token;
    await life();
  });

  afterAll(async () => {
    checkExchanges(recorder.exchanges);
    await recorder.stop();
    await simulator.stop();
  });

  it('reaches the operations that a customer needs', () => {
    const names = new Set(recorder.exchanges.map((exchange) => operationOf(exchange)?.name));
    expect([...names].filter((name) => name === undefined)).toEqual([]);
    expect(names.size).toBeGreaterThanOrEqual(28);
  });

  it('sends only documented query parameters and bodies', () => {
    expect(recorder.exchanges.flatMap(requestProblems)).toEqual([]);
  });

  it('gets only documented statuses and bodies', () => {
    expect(recorder.exchanges.flatMap(responseProblems)).toEqual([]);
  });
});

/** Create, update, read and delete of everything, with calling, numbers, roles and both kinds of removal. */
async function life(): Promise<void> {
  const { onboardingTemplate, customerOrg, location, user } = handlers();
  const template = await make(onboardingTemplate, 'template', { provisioningId });

  const company = {
    provisioningId,
    externalId: 'c1677a16-557a-4fb4-b48f-24adde57ec99',
    name: "John's Pizza",
    primaryEmail: 'john.anderson@acme.com',
    language: 'en',
    address,
    packages: ['webex_suite', 'webex_calling', 'webex_meetings', 'attendant_console'],
    packageLimits: { webex_suite: 50 },
    meetingsTimeZone: 'America/Los_Angeles',
    headquarters: {
      name: 'Head Office',
      address,
      timeZone: 'America/Los_Angeles',
      language: 'en_us',
      supportedLocationVerified: true,
      calling: {
        pstn: { displayName: 'Non-integrated CCP' },
        phoneNumbers: ['+14085551000'],
        mainNumber: '+14085551000',
      },
    },
    removal: 'delete',
  };
  const customer = await make(customerOrg, 'customer', company);
  await change(customerOrg, customer, {
    ...company,
    packageLimits: { webex_suite: 60 },
    headquarters: { ...company.headquarters, name: 'Main Office' },
  });

  const numbers = Array.from({ length: 8 }, (_, index) => `+1214555786${index}`);
  const place = {
    customerId: customer.id,
    name: 'Denver',
    timeZone: 'America/Denver',
    preferredLanguage: 'en_us',
    announcementLanguage: 'en_us',
    address,
    coordinates: { latitude: '12.935784', longitude: '77.697332' },
    notes: '123 Some St. Denver location',
    calling: {
      pstn: { displayName: 'Non-integrated CCP' },
      phoneNumbers: numbers,
      mainNumber: numbers[0],
      routingPrefix: '212',
    },
  };
  const branch = await make(location, 'branch', place);
  const fewer = {
    ...place.calling,
    phoneNumbers: numbers.slice(6),
    mainNumber: numbers[6],
    externalCallerIdName: 'Denver',
  };
  await change(location, branch, {
    ...place,
    timeZone: 'America/Chicago',
    address: { ...address, addressLine1: '1099 Bird Ave.' },
    announcementLanguage: 'fr_fr',
    calling: fewer,
  });

  const person = {
    customerId: customer.id,
    email: 'alice.anderson@acme.com',
    firstName: 'Alice',
    lastName: 'Anderson',
    package: 'webex_meetings',
    roles: ['Full Administrator'],
    removal: 'delete',
  };
  const alice = await make(user, 'alice', person);
  const caller = {
    ...person,
    package: 'webex_suite',
    attendantConsole: true,
    extension: '51212',
    phoneNumber: numbers[7],
    locationId: branch.id,
  };
  await change(user, alice, caller);
  await change(user, alice, { ...caller, lastName: 'Andersen', extension: '51213', roles: [] });

  for (const [handlers, made] of [
    [onboardingTemplate, template],
    [customerOrg, customer],
    [location, branch],
    [user, alice],
  ] as const) {
    await (handlers as Lifecycle<object, object>).read(made.id, made.state);
  }
  // A new process: what is deleted is no longer declared.
  const later = handlers();
  await later.user.delete(alice.id, alice.state as never);
  await later.location.delete(branch.id, branch.state as never);
  await later.customerOrg.delete(customer.id, customer.state as never);
}

/** The handlers of a new process. */
function handlers() {
  const run = new Run();
  return {
    onboardingTemplate: resources.onboardingTemplate(run),
    customerOrg: resources.customerOrg(run),
    location: resources.location(run),
    user: resources.user(run),
  };
}

interface Made {
  name: string;
  id: string;
  inputs: object;
  state: object;
}

async function make<I extends object, S extends object>(
  handlers: Lifecycle<I, S>,
  name: string,
  inputs: object,
): Promise<Made> {
  const checked = await handlers.check(inputs as Record<string, unknown>, undefined, {
    urn: name,
    name,
    dryRun: true,
    secrets: [],
  });
  expect(checked.failures).toEqual([]);
  return { name, inputs: checked.inputs, ...(await handlers.create(checked.inputs)) };
}

async function change<I extends object, S extends object>(
  handlers: Lifecycle<I, S>,
  made: Made,
  inputs: object,
): Promise<void> {
  const caller = { urn: made.name, name: made.name, dryRun: false, secrets: [] };
  const checked = await handlers.check(inputs as Record<string, unknown>, made.inputs as I, caller);
  expect(checked.failures).toEqual([]);
  expect(await handlers.diff(made.id, made.state as S, checked.inputs)).toEqual({ changes: true });
  made.inputs = checked.inputs;
  made.state = await handlers.update(made.id, made.state as S, checked.inputs);
}
