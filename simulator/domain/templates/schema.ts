import { z } from 'zod';
import { country, email, language, text } from '../fields';

/**
 * An onboarding template, with the fields of Partner Hub (Cisco help nf9ghpq). Webex has no public API for templates.
 */
export const templateSchema = z.object({
  name: text,
  country,
  serviceProviderAdminEmail: email.optional(),
  defaultEmailLanguage: language.optional(),
  subscription: text.optional(),
  authentication: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('webex') }),
      z.object({ type: z.literal('partner'), idpEntityId: text, protocol: z.enum(['saml', 'oidc']) }),
    ])
    .optional(),
  connectedPstnVendor: text.optional(),
  commonSettings: z.record(z.string(), z.unknown()).optional(),
  callSettings: z.record(z.string(), z.unknown()).optional(),
});
export type Template = z.infer<typeof templateSchema>;
