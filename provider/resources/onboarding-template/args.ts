import type { Input } from '@pulumi/pulumi';

/** How users of the customers sign in. Partner authentication applies to new organizations only. */
export interface TemplateAuthentication {
  type: Input<'webex' | 'partner'>;
  /** Entity ID of the identity provider; required for `partner`. */
  idpEntityId?: Input<string>;
  /** Required for `partner`. */
  protocol?: Input<'saml' | 'oidc'>;
}

/** Settings that a template gives to organizations. Cisco's help does not list all of them, so others are allowed. */
export interface CommonSettings {
  /**
   * Let Webex send invitations to administrators: needed to attach to an existing organization that has 100 users or
   * more, or a verified or claimed domain (Cisco help article hbzl7eb).
   */
  allowAdminInviteEmails?: Input<boolean>;
  [setting: string]: unknown;
}

/**
 * Inputs of an {@link OnboardingTemplate}. Webex has no public API for templates, so either the template exists in
 * Partner Hub and `provisioningId` is copied from there, or config `templateApiUrl` names a service that offers
 * templates (the simulator does).
 */
export interface OnboardingTemplateArgs {
  /** Provisioning ID that Partner Hub shows under the template. Left out, the template is managed through `templateApiUrl`. */
  provisioningId?: Input<string>;
  /** Name of the template. Required for a managed one. */
  name?: Input<string>;
  /** Country of the template's region, ISO 3166-1 alpha-2. Required for a managed one. */
  country?: Input<string>;
  serviceProviderAdminEmail?: Input<string>;
  /** Language of e-mails: `en_us`. */
  defaultEmailLanguage?: Input<string>;
  /** The wholesale subscription that customers of this template are billed to. */
  subscription?: Input<string>;
  authentication?: Input<TemplateAuthentication>;
  /** PSTN vendor that new locations are connected to. Cisco does not recommend it in a template. */
  connectedPstnVendor?: Input<string>;
  commonSettings?: Input<CommonSettings>;
  callSettings?: Input<Record<string, unknown>>;
  /** Allow that a managed template is replaced. Default false. */
  allowReplacement?: Input<boolean>;
}
