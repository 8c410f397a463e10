import { beforeAll, describe, expect, it } from 'vitest';
import { UNKNOWN } from '../../../provider/lifecycle';
import { backend, callerOf, newProcess } from '../reconciliation/support';
import { type HubCustomer, hub, MILPITAS, makePartner, PROVISIONING_ID } from './partner';

const simulator = backend();
let partner: Awaited<ReturnType<typeof makePartner>>;
beforeAll(async () => {
  partner = await makePartner(simulator);
});

/** Requests that the work makes; none of them may write. */
async function withoutWrites<T>(work: () => Promise<T>): Promise<T> {
  await simulator.control('DELETE', '/requests');
  const result = await work();
  expect(((await simulator.control('GET', '/requests')) as { writes: number }).writes).toBe(0);
  return result;
}

const PIZZA = 'c1677a16-557a-4fb4-b48f-24adde57ec99';

/** The customer with everything, as a program declares it. */
function pizzaInputs() {
  return {
    provisioningId: PROVISIONING_ID,
    externalId: PIZZA,
    name: "John's Pizza",
    primaryEmail: 'john.anderson@acme.com',
    language: 'en',
    address: MILPITAS,
    packages: ['webex_calling' as const, 'webex_suite' as const, 'attendant_console' as const],
    packageLimits: { webex_suite: 50, webex_calling: 20 },
    headquarters: {
      name: 'Head Office',
      address: MILPITAS,
      timeZone: 'America/Los_Angeles',
      language: 'en_us',
      supportedLocationVerified: true,
      emergencyLocationIdentifier: '95547321',
    },
    meetingsTimeZone: 'America/Denver',
    removal: 'delete' as const,
  };
}

describe('an import without a program', () => {
  it('records everything that Webex returns of a customer, as a program declares it', async () => {
    const { customerOrg } = await newProcess();
    const found = await withoutWrites(() => customerOrg.import(PIZZA, undefined));
    expect(found?.id).toBe(partner.pizza.id);
    expect(found?.inputs).toEqual({
      externalId: PIZZA,
      name: "John's Pizza",
      address: MILPITAS,
      packages: ['webex_suite', 'webex_calling', 'attendant_console'],
      packageLimits: { webex_suite: 50, webex_calling: 20 },
      headquarters: {
        name: 'Head Office',
        address: MILPITAS,
        timeZone: 'America/Los_Angeles',
        language: 'en_us',
        supportedLocationVerified: true,
        calling: {
          enabled: true,
          pstn: { displayName: 'Non-integrated CCP' },
          phoneNumbers: ['+12145557004'],
          mainNumber: '+12145557004',
        },
      },
    });
  });

  it('takes the ID as well as natural keys, also with a slash in both parts', async () => {
    const { customerOrg, location, user, warnings } = await newProcess();
    expect((await customerOrg.import(partner.pizza.id, undefined))?.inputs.externalId).toBe(PIZZA);
    expect(warnings).toEqual([]);
    await hub(simulator).location(partner.odd.orgId, '7/East', { timeZone: 'America/Denver' });
    const byName = await location.import('Kunde/7 "Süd"/7/East', undefined);
    expect(byName?.inputs.name).toBe('7/East');
    expect((await user.import('JOHN.ANDERSON@acme.com', undefined))?.inputs).toMatchObject({
      email: 'John.Anderson@acme.com',
      roles: ['Full Administrator'],
      extension: '51200',
    });
    expect(warnings).toEqual([]);
  });

  it('refuses a headquarters as a location, by name and by ID', async () => {
    const { customerOrg, location } = await newProcess();
    const { headquartersLocationId = '' } = (await customerOrg.import(PIZZA, undefined))?.state ?? {};
    for (const key of [`${PIZZA}/Head Office`, headquartersLocationId]) {
      await expect(location.import(key, undefined)).rejects.toThrow(
        `location "Head Office" is the headquarters of the customer "${PIZZA}", and no Location: import the CustomerOrg`,
      );
    }
  });

  it('records a location with its calling and its numbers', async () => {
    const { location } = await newProcess();
    const found = await location.import(`${PIZZA}/San Jose`, undefined);
    expect(JSON.parse(JSON.stringify(found?.inputs))).toEqual({
      customerId: partner.pizza.id,
      name: 'San Jose',
      timeZone: 'America/Denver',
      preferredLanguage: 'en_us',
      announcementLanguage: 'en_us',
      address: {
        addressLine1: '123 Some St.',
        city: 'San Jose',
        stateOrProvince: 'CA',
        zipOrPostalCode: '95134',
        country: 'US',
      },
      coordinates: { latitude: '37.33', longitude: '-121.88' },
      notes: 'Gate 2',
      calling: {
        enabled: true,
        pstn: { displayName: 'Non-integrated CCP' },
        phoneNumbers: ['+12145557001', '+12145557002', '+12145557003'],
        mainNumber: '+12145557001',
        routingPrefix: '8',
        outsideDialDigit: '9',
        enforceOutsideDialDigit: true,
      },
    });
  });

  it('names the missing object', async () => {
    const { customerOrg, location, user } = await newProcess();
    await expect(customerOrg.import('nobody', undefined)).rejects.toThrow(
      'no customer with the externalId or ID "nobody"',
    );
    await expect(location.import(`${PIZZA}/san jose`, undefined)).rejects.toThrow(
      /no location "san jose"; it has .*"San Jose"/,
    );
    await expect(location.import('nobody/San Jose', undefined)).rejects.toThrow('externalId or ID "nobody"');
    await expect(user.import('nobody@acme.com', undefined)).rejects.toThrow('no customer has a user');
  });

  it('is followed by an update that records values that Webex never returns, without a request and without a refusal', async () => {
    const { customerOrg, warnings } = await newProcess();
    const found = await customerOrg.import(partner.pizza.id, undefined);
    const next = await newProcess();
    const inputs = pizzaInputs();
    const caller = callerOf('pizza');
    const { failures, inputs: checked } = await next.customerOrg.check(inputs, found?.inputs, caller);
    expect(failures).toEqual([]);
    const id = found?.id ?? '';
    const state = found?.state as NonNullable<typeof found>['state'];
    expect(await next.customerOrg.diff(id, state, { ...checked, allowReplacement: true })).toEqual({ changes: true });
    await simulator.control('DELETE', '/requests');
    const updated = await next.customerOrg.update(id, state, checked);
    expect(((await simulator.control('GET', '/requests')) as { total: number }).total).toBe(0);
    expect(updated).toMatchObject({
      provisioningId: PROVISIONING_ID,
      primaryEmail: 'john.anderson@acme.com',
      language: 'en',
    });
    // From now on it is known, and a change of it is one.
    const again = await next.customerOrg.check({ ...inputs, language: 'de' }, checked, caller);
    expect(again.failures[0]?.reason).toContain("can't be changed");
    expect(warnings).toEqual([]);
  });
});

describe('an import with what a program declares (adopt)', () => {
  it('records what is declared and no more, and no next change', async () => {
    const { customerOrg } = await newProcess();
    const inputs = pizzaInputs();
    const found = await withoutWrites(() => customerOrg.import(PIZZA, inputs));
    expect(found?.inputs).toEqual(inputs);
    const next = await newProcess();
    expect(await next.customerOrg.diff(found?.id ?? '', found?.state as never, inputs)).toEqual({ changes: false });
  });

  it('does not take limits for set that Webex does not tell', async () => {
    const { customerOrg } = await newProcess();
    const inputs = { ...pizzaInputs(), packageLimits: { webex_suite: 50, webex_calling: 30 }, externalId: 'no-limits' };
    await hub(simulator).customer('no-limits', {
      name: "John's Pizza",
      headquarters: 'Head Office',
      limits: { webex_calling: 20 },
      packages: ['webex_suite', 'webex_calling', 'attendant_console'],
    });
    const found = await customerOrg.import('no-limits', inputs);
    expect(found?.inputs.packageLimits).toEqual({ webex_calling: 20 });
  });

  it('records users and locations as declared', async () => {
    const { location, user } = await newProcess();
    const customerId = partner.pizza.id;
    const alice = {
      customerId,
      email: 'alice.anderson@acme.com',
      firstName: 'Alice',
      lastName: 'Anderson',
      package: 'webex_calling' as const,
      extension: '51301',
      removal: 'delete' as const,
    };
    const found = await withoutWrites(() => user.import('alice.anderson@acme.com', alice));
    expect(found?.inputs).toEqual(alice);
    const branch = {
      customerId,
      name: 'San Jose',
      timeZone: 'America/Chicago',
      preferredLanguage: 'en_us',
      announcementLanguage: 'en_us',
      address: MILPITAS,
    };
    const place = await withoutWrites(() => location.import(partner.branch, branch));
    expect(place?.inputs).toMatchObject({ timeZone: 'America/Denver', address: { city: 'San Jose' } });
    expect(place?.inputs).not.toHaveProperty('calling');
  });
});

describe('the import option', () => {
  it('compares only values that are declared and returned by Webex', async () => {
    const { user } = await newProcess();
    const found = await user.import('alice.anderson@acme.com', undefined);
    if (found === undefined) throw new Error('she is there');
    const { id, state } = found;
    const { roles: _, locationId: _at, ...inputs } = found.inputs;
    const diff = (changes: object) => user.diff(id, state, { ...inputs, ...changes });
    expect(await diff({ removal: 'delete' })).toEqual({ changes: false });
    expect(await diff({ customerId: UNKNOWN })).toEqual({ changes: false });
    expect(await diff({ lastName: 'Andersen' })).toEqual({ changes: true });
    // Leaving it out would take it away.
    expect(await diff({ phoneNumber: undefined })).toEqual({ changes: true });
  });
});

describe('a customer with several calling locations', () => {
  it('has the one at its address as headquarters, which is said where that does not tell', async () => {
    const { customerOrg, warnings } = await newProcess();
    const found = await customerOrg.import(partner.integrated.id, undefined);
    expect(found?.inputs.headquarters?.name).toBe('East');
    expect(warnings).toEqual([]);
    const at = hub(simulator);
    const { orgId } = (await at.find('johns-pizza-west')) as HubCustomer;
    const {
      addressLine1: address1,
      addressLine2: address2,
      stateOrProvince: state,
      zipOrPostalCode: postalCode,
      ...rest
    } = MILPITAS;
    await at.location(orgId, 'Second', { address: { ...rest, address1, address2, state, postalCode } });
    await (await newProcess()).customerOrg.import('johns-pizza-west', undefined);
    const next = await newProcess();
    await next.customerOrg.import('johns-pizza-west', undefined);
    expect(next.warnings.join()).toContain('Webex doesn\'t tell which of its locations "West", "Second" is the');
    // None is refused as a location where Webex doesn't tell.
    expect((await next.location.import('johns-pizza-west/West', undefined))?.inputs.name).toBe('West');
  });
});
