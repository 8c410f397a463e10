import { z } from 'zod';
import { customerOrgInputs } from '../../resources/customer-org/schema';
import { subPartnerId } from '../../resources/inputs/ids';
import { oneOf, optional, required, text } from '../../resources/inputs/validation';
import { locationInputs } from '../../resources/location/schema';
import { templateInputs } from '../../resources/onboarding-template/schema';
import type { Setting } from '../../resources/run/settings';
import { userInputs } from '../../resources/user/schema';

/** Most stacks of a fleet. To list more would take longer than to update them. */
const MOST_STACKS = 9999;

const fleetName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/,
    'must be letters, digits, "-" and "_", at most 60: it is the Pulumi project of the stacks',
  );

/** The inputs of a location within its customer. */
export const rosterLocation = locationInputs.omit({ customerId: true, onBehalfOfSubPartnerOrgId: true });

/** The inputs of a user within its customer; it names its location. */
export const rosterUser = userInputs
  .omit({ customerId: true, locationId: true, onBehalfOfSubPartnerOrgId: true })
  .extend({
    location: optional(
      text.describe(
        "Name of one of the customer's locations, or of its headquarters. Without it a new calling user goes to the headquarters, and " +
          'one that exists stays where it is.',
      ),
    ),
  });

/** The inputs of a customer: those of CustomerOrg, with the name of its template. */
export const rosterCustomer = customerOrgInputs.omit({ provisioningId: true }).extend({
  template: required(text.describe("Name of one of the roster's templates.")),
  protect: optional(
    z.boolean().describe('Pulumi never deletes this customer, even if it is removed from the roster. Default false.'),
  ),
});

const positive = z.number().positive('must be a number above 0');

/** The provider's settings, with their types in a roster. */
const settings = {
  baseUrl: optional(text),
  templateApiUrl: optional(text),
  precheck: optional(oneOf(['all', 'customers', 'off'])),
  precheckSeconds: optional(positive),
  refresh: optional(oneOf(['full', 'basic'])),
  onBehalfOfSubPartnerOrgId: optional(subPartnerId),
  requestTimeoutSeconds: optional(positive),
  retryTimeoutSeconds: optional(positive),
  maxRequestsInFlight: optional(positive),
} satisfies Record<Setting, z.ZodType>;

/** The top level of a roster. */
export const rosterTop = z.strictObject({
  $schema: optional(z.string().describe('Location of this JSON Schema, for editors.')),
  name: optional(fleetName.describe('Name of the fleet and of its Pulumi project. Default: that of the file.')),
  stacks: optional(
    z
      .number()
      .int('must be a whole number')
      .min(1, 'must be at least 1')
      .max(MOST_STACKS, `must be at most ${MOST_STACKS}`)
      .describe('Number of stacks over which the customers are spread. To change it later, see docs/fleet.md.'),
  ),
  settings: optional(
    z.strictObject(settings).describe('Settings of the provider (docs/resources.md), never a credential.'),
  ),
  defaults: optional(
    z
      .strictObject({
        customer: optional(rosterCustomer.omit({ externalId: true }).partial()),
        location: optional(rosterLocation.omit({ name: true }).partial()),
        user: optional(rosterUser.omit({ email: true }).partial()),
      })
      .describe('Default properties of customers, locations and users. Nested objects are not merged.'),
  ),
  templates: optional(
    z
      .record(z.string(), required(templateInputs))
      .describe('Onboarding templates by the names that customers refer to.'),
  ),
  customers: optional(z.array(z.unknown())),
});

/** The schema of a whole roster; the JSON Schema for editors is generated from it. */
export const roster = rosterTop.extend({
  customers: optional(
    z.array(
      required(
        rosterCustomer.extend({
          locations: optional(z.array(required(rosterLocation)).describe('Locations besides the headquarters.')),
          users: optional(z.array(required(rosterUser)).describe("The customer's users.")),
        }),
      ),
    ),
  ),
});

/** Checked inputs of each kind. */
export type CustomerEntry = z.output<typeof rosterCustomer>;
export type LocationEntry = z.output<typeof rosterLocation>;
export type UserEntry = z.output<typeof rosterUser>;
export type TemplateEntry = z.output<typeof templateInputs>;
