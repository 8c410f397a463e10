import { z } from 'zod';
import { customerOrgInputs } from '../../resources/customer-org/schema';
import { locationInputs } from '../../resources/location/schema';
import { templateInputs } from '../../resources/onboarding-template/schema';
import { SETTINGS } from '../../resources/shared/settings';
import { known, optional, text } from '../../resources/shared/validation';
import { userInputs } from '../../resources/user/schema';

/** Stacks of a fleet: more than these would take longer to list than to update. */
export const MOST_STACKS = 9999;

const fleetName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/,
    'must be letters, digits, "-" and "_", at most 60: it is the Pulumi project of the stacks',
  );

/** A location, as a resource takes it, within its customer. */
export const rosterLocation = locationInputs.omit({ customerId: true, onBehalfOfSubPartnerOrgId: true });

/** A user, within its customer; the location by its name. */
export const rosterUser = userInputs
  .omit({ customerId: true, locationId: true, onBehalfOfSubPartnerOrgId: true })
  .extend({ location: optional(text) });

/** A customer: what the resource CustomerOrg takes, the template by its name, locations and users. */
export const rosterCustomer = customerOrgInputs
  .omit({ provisioningId: true })
  .extend({ template: known(text), protect: optional(z.boolean()) });

const setting = z.union([z.string(), z.number()]);

/** Names that a roster has at its top. */
export const rosterTop = z.strictObject({
  /** For editors. */
  $schema: optional(z.string()),
  name: optional(fleetName),
  stacks: optional(z.number().int('must be a whole number').min(1, 'must be at least 1').max(MOST_STACKS)),
  settings: optional(z.strictObject(Object.fromEntries(SETTINGS.map((name) => [name, optional(setting)])))),
  defaults: optional(
    z.strictObject({
      customer: optional(rosterCustomer.omit({ externalId: true }).partial()),
      location: optional(rosterLocation.omit({ name: true }).partial()),
      user: optional(rosterUser.omit({ email: true }).partial()),
    }),
  ),
  templates: optional(z.record(z.string(), known(templateInputs))),
  customers: optional(z.array(z.unknown())),
});

/** The whole roster as one schema, which the JSON Schema for editors is made of. */
export const roster = rosterTop.extend({
  customers: optional(
    z.array(
      known(
        rosterCustomer.extend({
          locations: optional(z.array(known(rosterLocation))),
          users: optional(z.array(known(rosterUser))),
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
