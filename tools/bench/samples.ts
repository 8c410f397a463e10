// Objects for the benches, with Cisco's sample names.
import type { Simulator } from 'webex-wholesale-simulator';

export const ADDRESS = {
  addressLine1: '771 Alder Drive',
  city: 'Milpitas',
  stateOrProvince: 'CA',
  zipOrPostalCode: '95035',
  country: 'US',
};

/** The onboarding template of a new simulator. */
export const PROVISIONING_ID = 'ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2';

/** The inputs that all customers have in common. */
export const CUSTOMER = {
  name: "John's Pizza",
  language: 'en',
  address: ADDRESS,
  packages: ['webex_calling', 'webex_meetings'],
  headquarters: {
    name: 'Head Office',
    address: ADDRESS,
    timeZone: 'America/Los_Angeles',
    language: 'en_us',
    supportedLocationVerified: true,
  },
};

/** Inputs of a customer with calling. */
export const customerInputs = (number: number) => ({
  provisioningId: PROVISIONING_ID,
  externalId: `customer-${number}`,
  primaryEmail: `john.anderson@customer${number}.example.com`,
  ...CUSTOMER,
});

/** Inputs of a location without calling. */
export const locationInputs = (customerId: string, number: number) => ({
  customerId,
  name: `Store ${number}`,
  timeZone: 'America/Los_Angeles',
  preferredLanguage: 'en_us',
  announcementLanguage: 'en_us',
  address: ADDRESS,
});

/** Inputs of a calling user. */
export const userInputs = (customerId: string, number: number) => ({
  customerId,
  email: `user${number}@example.com`,
  firstName: 'John',
  lastName: 'Anderson',
  package: 'webex_calling',
  extension: String(10_000 + number),
});

/** The same customer as a body of POST /wholesale/customers. */
export function customerBody(number: number) {
  const { provisioningId, externalId, address, packages, name, primaryEmail, headquarters } = customerInputs(number);
  const { timeZone: timezone, language } = headquarters;
  const limits = { webex_calling: 1_000_000 };
  return {
    provisioningId,
    externalId,
    address,
    packages,
    customerInfo: { name, primaryEmail },
    provisioningParameters: {
      calling: { location: { name: headquarters.name, address, timezone, language } },
      packages: { limits },
    },
  };
}

/** Creates a customer through the API. @returns its ID */
export async function makeCustomer({ baseUrl, token }: Simulator, number: number): Promise<string> {
  const response = await fetch(`${baseUrl}/wholesale/customers`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(customerBody(number)),
  });
  if (response.status !== 202) throw new Error(`customer ${number}: ${response.status} ${await response.text()}`);
  const { url } = (await response.json()) as { url: string };
  return url.split('/').pop() ?? '';
}
