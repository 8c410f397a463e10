import * as pulumi from '@pulumi/pulumi';
import { CustomerOrg, Location, OnboardingTemplate, User } from 'pulumi-webex-wholesale';

// Everything that differs between the simulator and your own Partner Hub is configuration: pulumi config set NAME VALUE
const config = new pulumi.Config();
const provisioningId = config.get('provisioningId') ?? 'ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2';
const externalId = config.get('externalId') ?? 'c1677a16-557a-4fb4-b48f-24adde57ec99';
const domain = config.get('emailDomain') ?? 'acme.com';
const pstnConnection = config.get('pstnConnection') ?? 'Non-integrated CCP';
const phoneNumbers = config.getObject<string[]>('phoneNumbers') ?? ['+12145557861', '+12145551321', '+12145556985'];
// "delete" removes organization and persons with the resources; "unlink" keeps them, without wholesale packages.
const removal = config.get('removal') === 'unlink' ? 'unlink' : 'delete';

const template = new OnboardingTemplate('template', { provisioningId, name: 'Wholesale default', country: 'US' });

const address = {
  addressLine1: '771 Alder Drive',
  addressLine2: 'Cisco Site 5',
  city: 'Milpitas',
  stateOrProvince: 'CA',
  zipOrPostalCode: '95035',
  country: 'US',
};

const customer = new CustomerOrg('johns-pizza', {
  provisioningId: template.provisioningId,
  externalId,
  name: "John's Pizza",
  primaryEmail: `john.anderson@${domain}`,
  language: 'en',
  address,
  packages: ['webex_suite', 'webex_calling'],
  packageLimits: { webex_suite: 50, webex_calling: 50 },
  headquarters: {
    name: 'Head Office',
    address,
    timeZone: 'America/Los_Angeles',
    language: 'en_us',
    supportedLocationVerified: true, // the checkbox in Partner Hub: Webex Calling is supported at this address
  },
  removal,
});

const denver = new Location('denver', {
  customerId: customer.id,
  name: 'Denver',
  timeZone: 'America/Denver',
  preferredLanguage: 'en_us',
  announcementLanguage: 'en_us',
  address: {
    addressLine1: '123 Some St.',
    city: 'Denver',
    stateOrProvince: 'CO',
    zipOrPostalCode: '80202',
    country: 'US',
  },
  calling: { pstn: { displayName: pstnConnection }, phoneNumbers, mainNumber: phoneNumbers[0] },
});

// An administrator has the package level of the organization: the highest package, webex_suite.
const administrator = new User('administrator', {
  customerId: customer.id,
  email: `john.anderson@${domain}`,
  firstName: 'John',
  lastName: 'Anderson',
  package: 'webex_suite',
  extension: '51200', // no location: the headquarters
  roles: ['Full Administrator'],
  removal,
});

const colleagues = ['Alice', 'Bob', 'Carol'].map((firstName, index) => {
  const email = `${firstName.toLowerCase()}.anderson@${domain}`;
  const common = {
    customerId: customer.id,
    email,
    firstName,
    lastName: 'Anderson',
    locationId: denver.id,
    removal,
  } as const;
  // The main number is the location's own; two of the three have a number, all have an extension.
  return new User(firstName.toLowerCase(), {
    ...common,
    package: 'webex_calling',
    extension: `5130${index}`,
    phoneNumber: phoneNumbers[index + 1],
  });
});

export const organizationId = customer.orgId;
export const locationIds = { headquarters: customer.headquartersLocationId, denver: denver.id };
export const numbers = { denver: phoneNumbers, main: phoneNumbers[0] };
export const users = [administrator, ...colleagues].map(({ email, id }) => ({ email, id }));
