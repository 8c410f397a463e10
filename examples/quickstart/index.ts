import * as pulumi from '@pulumi/pulumi';
import { CustomerOrg, Location, OnboardingTemplate, User } from 'pulumi-webex-wholesale';

// What differs between the simulator and your own Partner Hub is configuration: pulumi config set NAME VALUE
const config = new pulumi.Config();
const provisioningId = config.get('provisioningId') ?? 'ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2';
const externalId = config.get('externalId') ?? 'c1677a16-557a-4fb4-b48f-24adde57ec99';
const domain = config.get('emailDomain') ?? 'acme.com';
const pstnConnection = config.get('pstnConnection') ?? 'Non-integrated CCP';
const phoneNumbers = config.getObject<string[]>('phoneNumbers') ?? ['+12145557861', '+12145551321', '+12145556985'];
// "delete" removes organization and persons too; "unlink" keeps them, without their wholesale packages.
const removal = config.get('removal') === 'unlink' ? 'unlink' : 'delete';

const template = new OnboardingTemplate('template', { provisioningId, country: 'US' });

const california = { stateOrProvince: 'CA', country: 'US' };
const milpitas = { ...california, addressLine1: '771 Alder Drive', city: 'Milpitas', zipOrPostalCode: '95035' };
const sanJose = { ...california, addressLine1: '123 Some St.', city: 'San Jose', zipOrPostalCode: '95134' };

const customer = new CustomerOrg('johns-pizza', {
  provisioningId: template.provisioningId,
  externalId,
  name: "John's Pizza",
  primaryEmail: `john.anderson@${domain}`,
  language: 'en',
  address: milpitas,
  packages: ['webex_suite', 'webex_calling'],
  packageLimits: { webex_suite: 50, webex_calling: 50 },
  headquarters: {
    name: 'Head Office',
    address: milpitas,
    timeZone: 'America/Los_Angeles',
    language: 'en_us',
    supportedLocationVerified: true, // the checkbox in Partner Hub
  },
  removal,
});

const branch = new Location('branch', {
  customerId: customer.id,
  name: 'San Jose',
  timeZone: 'America/Los_Angeles',
  preferredLanguage: 'en_us',
  announcementLanguage: 'en_us',
  address: sanJose,
  calling: { pstn: { displayName: pstnConnection }, phoneNumbers, mainNumber: phoneNumbers[0] },
});

// An administrator has the package level of the organization: its highest package.
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

// The main number stays the branch's own. Two of its users have a number, all have an extension.
const users = [
  { firstName: 'Alice', lastName: 'Anderson', extension: '51301', phoneNumber: phoneNumbers[1] },
  { firstName: 'John', lastName: 'Andersen', extension: '51302', phoneNumber: phoneNumbers[2] },
  { firstName: 'Branch', lastName: 'Reception', extension: '51303' },
].map((person) => {
  const login = `${person.firstName}.${person.lastName}`.toLowerCase();
  const email = `${login}@${domain}`;
  const place = { customerId: customer.id, locationId: branch.id };
  return new User(login, { ...place, ...person, email, package: 'webex_calling', removal });
});

export const organizationId = customer.orgId;
export const locationIds = { headquarters: customer.headquartersLocationId, branch: branch.id };
export const numbers = { main: phoneNumbers[0], branch: phoneNumbers };
export const userIds = [administrator, ...users].map(({ email, id }) => pulumi.all({ email, id }));
