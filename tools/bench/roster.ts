// Generates the roster of bench:fleet.
import { ADDRESS, CUSTOMER, PROVISIONING_ID } from './samples.ts';

/** The size of a roster. */
export interface RosterSize {
  customers: number;
  /** Number for each customer. */
  users: number;
  locations: number;
  /** Number of stacks in the roster; undefined: the default. */
  stacks?: number;
}

/** Customers with a headquarters, further locations and users. */
export function benchRoster({ customers, users, locations, stacks }: RosterSize): object {
  return {
    name: 'bench',
    stacks,
    templates: { standard: { provisioningId: PROVISIONING_ID } },
    defaults: {
      customer: { template: 'standard', ...CUSTOMER },
      location: {
        timeZone: 'America/Denver',
        preferredLanguage: 'en_us',
        announcementLanguage: 'en_us',
        address: ADDRESS,
      },
      user: { package: 'webex_calling', firstName: 'John', lastName: 'Anderson' },
    },
    customers: Array.from({ length: customers }, (_, customer) => ({
      externalId: `customer-${customer}`,
      primaryEmail: `admin@customer-${customer}.example.com`,
      locations: Array.from({ length: locations }, (_, location) => ({ name: `Office ${location}` })),
      users: Array.from({ length: users }, (_, user) => ({
        email: `user${user}@customer-${customer}.example.com`,
        extension: String(1000 + user),
      })),
    })),
  };
}
