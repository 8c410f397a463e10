import { TWO_LINE_ADDRESS } from './cisco';
import { johnsPizza } from './customer';

/** Inputs of a resource, as JSON. */
export type Args = Record<string, unknown>;

/**
 * What a program of these tests declares: one customer with its headquarters, and what is given here by resource
 * name.
 */
export interface Declared {
  /** Added to the customer's inputs, or in their place. */
  customer?: Args;
  locations?: Record<string, Args>;
  /** A user's `at` names one of the locations; without it the user is at the headquarters. */
  users?: Record<string, Args & { at?: string }>;
}

/** The customer of Cisco's example, with packages of every kind. */
export const CUSTOMER: Args = johnsPizza({
  packages: ['webex_calling', 'webex_suite', 'webex_meetings', 'webex_voice', 'attendant_console'],
  removal: undefined,
});

/** A location with its required inputs. */
export const DENVER: Args = {
  name: 'Denver',
  timeZone: 'America/Denver',
  preferredLanguage: 'en_us',
  announcementLanguage: 'en_us',
  address: { ...TWO_LINE_ADDRESS, addressLine1: '123 Some St.', addressLine2: 'Suite 456' },
};

/** Source of a program that declares this. */
export function program({ customer, locations = {}, users = {} }: Declared): string {
  const lines = [
    "const webex = require('pulumi-webex-wholesale');",
    `const customer = new webex.CustomerOrg('customer', ${JSON.stringify({ ...CUSTOMER, ...customer })});`,
    'const customerId = customer.id;',
    'const locations = {};',
  ];
  for (const [name, args] of Object.entries(locations)) {
    const key = JSON.stringify(name);
    lines.push(`locations[${key}] = new webex.Location(${key}, { customerId, ...${JSON.stringify(args)} });`);
  }
  for (const [name, { at, ...args }] of Object.entries(users)) {
    const place = at === undefined ? '' : `locationId: locations[${JSON.stringify(at)}].id, `;
    lines.push(`new webex.User(${JSON.stringify(name)}, { customerId, ${place}...${JSON.stringify(args)} });`);
  }
  return lines.join('\n');
}

/** Phone numbers next to Cisco's documented ones: +12145557861, +12145557862 ... */
export function phoneNumbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `+1214555${7861 + index}`);
}
