import { describe, expect, it } from 'vitest';
import * as customerOrg from '../../../provider/resources/customer-org/api';
import { CHANGES as CUSTOMER_CHANGES, type CustomerOrgInputs } from '../../../provider/resources/customer-org/schema';
import { keysBy } from '../../../provider/resources/inputs/keys';
import * as location from '../../../provider/resources/location/api';
import { CHANGES as LOCATION_CHANGES, type LocationInputs } from '../../../provider/resources/location/schema';
import * as user from '../../../provider/resources/user/api';
import { CHANGES as USER_CHANGES, type UserInputs } from '../../../provider/resources/user/schema';
import { ADDRESS, EXTERNAL_ID, HEADQUARTERS, PROVISIONING_ID } from '../../samples/cisco';

type All<I> = Required<Omit<I, 'previous' | 'adopt' | 'allowReplacement' | 'timeouts' | 'removal'>>;

const CUSTOMER: All<CustomerOrgInputs> = {
  provisioningId: PROVISIONING_ID,
  externalId: EXTERNAL_ID,
  name: "John's Pizza",
  primaryEmail: 'john.anderson@acme.com',
  language: 'en',
  address: ADDRESS,
  packages: ['webex_calling'],
  packageLimits: { webex_calling: 10 },
  headquarters: HEADQUARTERS,
  meetingsTimeZone: 'America/Los_Angeles',
  orgId: 'org',
  subPartnerAdminEmail: 'alice.anderson@acme.com',
  onBehalfOfSubPartnerOrgId: 'sub-partner',
};

const LOCATION: All<LocationInputs> = {
  customerId: 'customer',
  name: 'San Jose',
  timeZone: 'America/Los_Angeles',
  preferredLanguage: 'en_us',
  announcementLanguage: 'fr_fr',
  address: ADDRESS,
  coordinates: { latitude: '37.4221', longitude: '-121.9172' },
  notes: 'second floor',
  calling: { enabled: true },
  onBehalfOfSubPartnerOrgId: 'sub-partner',
};

const USER: All<UserInputs> = {
  customerId: 'customer',
  email: 'alice.anderson@acme.com',
  firstName: 'Alice',
  lastName: 'Anderson',
  package: 'webex_calling',
  attendantConsole: true,
  locationId: 'location',
  extension: '51301',
  phoneNumber: '+12145557861',
  roles: ['Full Administrator'],
  sendConsentMoveEmail: true,
  onBehalfOfSubPartnerOrgId: 'sub-partner',
};

/** The inputs without which a body is the same. */
function unsent<I extends object>(inputs: I, body: (inputs: I) => object): string[] {
  const whole = JSON.stringify(body(inputs));
  const without = (value: unknown) => (typeof value === 'object' && !Array.isArray(value) ? {} : undefined);
  const empty = Object.entries(inputs).map(([key, value]) => [key, { ...inputs, [key]: without(value) }] as const);
  return empty.filter(([, others]) => JSON.stringify(body(others)) === whole).map(([key]) => key);
}

/** A header, or a parameter of the path. */
const ELSEWHERE = 'onBehalfOfSubPartnerOrgId';

describe('every input of a new object is sent with the request that creates it', () => {
  it('of a customer', () => {
    expect(unsent(CUSTOMER, (inputs) => customerOrg.creationBody(inputs as CustomerOrgInputs))).toEqual([ELSEWHERE]);
  });

  it('of a location, but for its organization, and calling, which has operations of its own', () => {
    const found = unsent(LOCATION, (inputs) => location.creationBody(inputs as LocationInputs));
    expect(found).toEqual(['customerId', 'calling', ELSEWHERE]);
  });

  it('of a user, but for roles, which the person gets, and the consent mail', () => {
    const found = unsent(USER, (inputs) => user.creationBody(inputs as UserInputs));
    expect(found).toEqual(['roles', 'sendConsentMoveEmail', ELSEWHERE]);
  });
});

describe('every input that PUT changes is in its body', () => {
  it.each(keysBy(CUSTOMER_CHANGES, 'PUT'))('%s of a customer', (key) => {
    const [without, body] = [{}, { [key]: CUSTOMER[key] }].map((changed) => customerOrg.changeBody(changed, []));
    expect(JSON.stringify(body)).not.toBe(JSON.stringify(without));
  });

  it.each(keysBy(LOCATION_CHANGES, 'PUT'))('%s of a location', (key) => {
    expect(location.changeBody({ [key]: LOCATION[key] })).not.toEqual({});
  });

  const person = { id: 'person', emails: ['john.anderson@acme.com'], firstName: 'John', lastName: 'Smith' };
  it.each(keysBy(USER_CHANGES, 'person'))('%s of a user', (key) => {
    const [without, body] = [[], [key]].map((keys) => user.personBody(person, keys, USER, ['role']));
    expect(body).not.toEqual(without);
  });

  it.each(keysBy(USER_CHANGES, 'subscriber'))('%s of a user', (key) => {
    const [without, body] = [USER, { ...USER, [key]: undefined }].map((inputs) =>
      user.packageBody(USER, inputs as UserInputs),
    );
    expect(body).not.toEqual(without);
  });
});

describe('every input that Webex returns is read', () => {
  it('of the person of a user', () => {
    const found = { ...USER, emails: [USER.email], phoneNumbers: [{ type: 'work', value: USER.phoneNumber }] };
    const read = user.personFromApi({ ...found, id: 'person' }, USER as never, USER.roles, () => true);
    expect(read).toEqual(
      Object.fromEntries(
        [...keysBy(USER_CHANGES, 'person', 'move')].filter((key) => key !== 'email').map((key) => [key, USER[key]]),
      ),
    );
  });

  it('of a location', () => {
    const read = location.fromApi({ ...location.creationBody(LOCATION), id: 'location' }, undefined);
    expect(Object.keys(read).sort()).toEqual([...keysBy(LOCATION_CHANGES, 'PUT')].sort());
  });
});
