// Values from the examples in Cisco's documents. Tests that need any valid value use these.

/** Provisioning ID of the template that a new simulator holds. */
export const PROVISIONING_ID = 'ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2';

/** A provisioning ID of no template. */
export const WRONG_ID = 'ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ3';

/** External ID of the sample customer, John's Pizza. */
export const EXTERNAL_ID = 'c1677a16-557a-4fb4-b48f-24adde57ec99';

/** The sample address, as the wholesale API and the provider name its fields. */
export const ADDRESS = {
  addressLine1: '771 Alder Drive',
  city: 'Milpitas',
  stateOrProvince: 'CA',
  zipOrPostalCode: '95035',
  country: 'US',
};
export const TWO_LINE_ADDRESS = { ...ADDRESS, addressLine2: 'Cisco Site 5' };

/** The sample headquarters, as the provider names its inputs. */
export const HEADQUARTERS = {
  name: 'Head Office',
  address: ADDRESS,
  timeZone: 'America/Los_Angeles',
  language: 'en_us',
  supportedLocationVerified: true,
};

/** The same, as the APIs of locations and calling name its fields. */
export const LOCATION_ADDRESS = {
  address1: '771 Alder Drive',
  city: 'Milpitas',
  state: 'CA',
  postalCode: '95035',
  country: 'US',
};
export const TWO_LINE_LOCATION_ADDRESS = { ...LOCATION_ADDRESS, address2: 'Cisco Site 5' };
