import { z } from 'zod';
import { email, text } from '../fields';
import { SINGLE_PACKAGES, SUBSCRIBER_PACKAGES } from '../packages/catalogue';

const line = {
  primaryPhoneNumber: z.string().optional(),
  extension: z.string().optional(),
  locationId: text.optional(),
};

const parameters = z.object({
  firstName: z.string().max(256).optional(),
  lastName: z.string().max(256).optional(),
  ...line,
});
export type SubscriberParameters = z.infer<typeof parameters>;

const packages = z.array(z.enum(SUBSCRIBER_PACKAGES)).optional();

/** "Either `packages` or `package` field is required but not both." */
function eitherPackage(body: { package?: string | undefined; packages?: string[] | undefined }): boolean {
  return (body.package === undefined) !== (body.packages === undefined);
}

/** GET returns both fields, so PUT accepts both if they agree. */
function agreeing(body: { package?: string | undefined; packages?: string[] | undefined }): boolean {
  return eitherPackage(body) || (body.package !== undefined && body.packages?.includes(body.package) === true);
}

const EITHER = { message: 'either packages or package is required, but not both', path: ['packages'] };

/** POST /wholesale/subscribers. */
export const createSubscriberBody = z
  .object({
    customerId: text,
    email,
    package: z.enum(SINGLE_PACKAGES).optional(),
    packages,
    provisioningParameters: parameters,
  })
  .refine(eitherPackage, EITHER);
export type CreateSubscriber = z.infer<typeof createSubscriberBody>;

/** PUT /wholesale/subscribers/{subscriberId}. */
export const updateSubscriberBody = z
  .object({
    package: z.enum(SUBSCRIBER_PACKAGES).optional(),
    packages,
    provisioningParameters: z.object(line).optional(),
  })
  .refine(agreeing, EITHER);
export type UpdateSubscriber = z.infer<typeof updateSubscriberBody>;

/** POST /wholesale/subscribers/validate: only the email is required. */
export const precheckSubscriberBody = z
  .object({
    provisioningId: text.optional(),
    customerId: text.optional(),
    email,
    package: z.enum(SINGLE_PACKAGES).optional(),
    packages,
    provisioningParameters: parameters.optional(),
    customerInfo: z.object({ primaryEmail: email }).optional(),
  })
  .refine((body) => body.package === undefined || body.packages === undefined, EITHER);
export type PrecheckSubscriber = z.infer<typeof precheckSubscriberBody>;
