import { z } from 'zod';
import { email, language, text, timeZone, wholesaleAddress } from '../fields';
import { CUSTOMER_PACKAGES, LIMITED_PACKAGES } from '../packages/catalogue';

const packages = z.array(z.enum(CUSTOMER_PACKAGES));

/**
 * "Packages followed by their respective limits". Limits of unassigned packages are accepted, as in the example.
 */
const limits = z.partialRecord(z.enum(LIMITED_PACKAGES), z.int().min(0));

const parameters = z.object({
  calling: z
    .object({
      location: z.object({
        name: text.max(80, 'must have at most 80 characters'),
        address: wholesaleAddress,
        timezone: timeZone,
        language,
        emergencyLocationIdentifier: z.string().max(256).optional(),
      }),
    })
    .optional(),
  meetings: z.object({ timezone: timeZone.optional() }).optional(),
  packages: z.object({ limits: limits.optional() }).optional(),
});
export type CustomerParameters = z.infer<typeof parameters>;

/** "Name cannot include the "%" character." */
const customerName = text.refine((name) => !name.includes('%'), 'must not include the % character');

const customerInfo = z.object({ name: customerName, primaryEmail: email, language: language.optional() });
export type CustomerInfo = z.infer<typeof customerInfo>;

/** POST /wholesale/customers. */
export const createCustomerBody = z.object({
  provisioningId: text,
  packages,
  orgId: text.optional(),
  externalId: text,
  address: wholesaleAddress,
  customerInfo: customerInfo.optional(),
  provisioningParameters: parameters.optional(),
  subPartnerAdminEmail: email.optional(),
});
export type CreateCustomer = z.infer<typeof createCustomerBody>;

/** PUT /wholesale/customers/{customerId}. */
export const updateCustomerBody = z.object({
  externalId: text.optional(),
  packages,
  address: wholesaleAddress.optional(),
  provisioningParameters: parameters.optional(),
  subPartnerAdminEmail: email.optional(),
});
export type UpdateCustomer = z.infer<typeof updateCustomerBody>;

/** POST /wholesale/customers/validate: only the address is required. */
export const precheckCustomerBody = createCustomerBody
  .omit({ subPartnerAdminEmail: true })
  .partial()
  .required({ address: true })
  .extend({ customerInfo: customerInfo.partial({ name: true }).optional() });
export type PrecheckCustomer = z.infer<typeof precheckCustomerBody>;
