import { z } from 'zod';
import { type Api, path } from './http/api';
import { ConfigurationError } from './http/errors';
import { webexId } from './shapes';

const template = z.looseObject({
  provisioningId: webexId,
  name: z.string().optional(),
  country: z.string().optional(),
  serviceProviderAdminEmail: z.string().optional(),
  defaultEmailLanguage: z.string().optional(),
  subscription: z.string().optional(),
  authentication: z
    .object({ type: z.string(), idpEntityId: z.string().optional(), protocol: z.string().optional() })
    .optional(),
  connectedPstnVendor: z.string().optional(),
  commonSettings: z.record(z.string(), z.unknown()).optional(),
  callSettings: z.record(z.string(), z.unknown()).optional(),
});
/** An onboarding template as the template service describes it, unknown fields included. */
export type Template = z.infer<typeof template>;

/** Body of POST and PUT: the whole template. */
export interface TemplateBody {
  name: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  serviceProviderAdminEmail?: string;
  defaultEmailLanguage?: string;
  subscription?: string;
  authentication?: { type: 'webex' } | { type: 'partner'; idpEntityId: string; protocol: 'saml' | 'oidc' };
  connectedPstnVendor?: string;
  commonSettings?: Record<string, unknown>;
  callSettings?: Record<string, unknown>;
}

/**
 * Onboarding templates. Webex has no public API for them: these calls go to the service that `templateApiUrl`
 * names (POST there; GET, PUT and DELETE below it by provisioning ID), and fail where there is none.
 */
export function templatesApi(api: Api | undefined) {
  const service = (): Api => {
    if (api) return api;
    throw new ConfigurationError(
      'Webex has no public API for onboarding templates: make the template in Partner Hub and give its provisioning ID, or set templateApiUrl (WEBEX_TEMPLATE_API_URL) to a service that offers templates.',
    );
  };
  return {
    create: async (body: TemplateBody): Promise<Template> => service().post('', body, template),

    list: async (): Promise<Template[]> =>
      (await service().get('', z.object({ items: z.array(template) }), undefined, { isProof: true })).items,

    get: async (provisioningId: string): Promise<Template> => service().get(path`/${provisioningId}`, template),

    update: async (provisioningId: string, body: TemplateBody): Promise<Template> =>
      (await service().call({ method: 'PUT', path: path`/${provisioningId}`, body }, template)).body,

    async remove(provisioningId: string): Promise<void> {
      await service().run({ method: 'DELETE', path: path`/${provisioningId}` });
    },
  };
}
