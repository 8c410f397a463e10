import { z } from 'zod';
import { email, text } from '../fields';

const address = z.object({
  type: z.string().optional(),
  country: z.string().optional(),
  locality: z.string().optional(),
  region: z.string().optional(),
  streetAddress: z.string().optional(),
  postalCode: z.string().optional(),
});

const fields = {
  // "Only one email address is allowed per person."
  emails: z.array(email).length(1, 'must hold exactly one email address'),
  // Only `work` can be set. The other types of an answer are accepted and ignored, so that a client can send back what
  // it read.
  phoneNumbers: z
    .array(
      z.object({ type: z.enum(['work', 'work_extension', 'mobile', 'fax']).optional(), value: z.string().optional() }),
    )
    .optional(),
  extension: z.string().optional(),
  locationId: text.optional(),
  firstName: z.string().max(256).optional(),
  lastName: z.string().max(256).optional(),
  avatar: z.string().max(2048).optional(),
  orgId: text.optional(),
  roles: z.array(z.string()).optional(),
  licenses: z.array(z.string()).optional(),
  department: z.string().max(256).optional(),
  // "Cannot be sent via API" (public evidence: wxcadm); it follows from managerId.
  manager: z.undefined('cannot be sent via the API').optional(),
  managerId: z.string().max(256).optional(),
  title: z.string().max(256).optional(),
  addresses: z.array(address).optional(),
  siteUrls: z.array(z.string()).optional(),
};

/** POST /people. "At least one of ... `displayName`, `firstName`, `lastName`." */
export const createPersonBody = z
  .object({ ...fields, displayName: text.optional() })
  .refine(
    (person) => person.displayName || person.firstName || person.lastName,
    'displayName, firstName or lastName is required',
  );
export type CreatePerson = z.infer<typeof createPersonBody>;

/** PUT /people/{personId}. `displayName` is the one required field; `nickName` follows firstName. */
export const updatePersonBody = z.object({
  ...fields,
  emails: fields.emails.optional(),
  displayName: text,
  nickName: z.string().optional(),
  loginEnabled: z.boolean().optional(),
});
export type UpdatePerson = z.infer<typeof updatePersonBody>;
