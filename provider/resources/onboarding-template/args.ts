import type { Input } from '@pulumi/pulumi';

/** How users of the customers sign in. Partner authentication applies to new organizations only. */
export interface TemplateAuthentication {
  /** `webex`: Webex itself is the identity provider. `partner`: one of yours. */
  type: Input<'webex' | 'partner'>;
  /** Entity ID of the identity provider; required for `partner`, an error for `webex`. */
  idpEntityId?: Input<string>;
  /** Required for `partner`, an error for `webex`. */
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
 * templates (the simulator does; docs/templates-api.md). With neither, preview fails and says what to do in Partner
 * Hub. Source of the names: the form in Partner Hub (Cisco help article nf9ghpq).
 *
 * For an existing template everything but `provisioningId` is only recorded; of a managed one everything is changeable.
 */
export interface OnboardingTemplateArgs {
  /**
   * Provisioning ID that Partner Hub shows under the template; one that Webex doesn't know is an error at preview.
   * Another ID means another template. Left out, the template is managed through `templateApiUrl`.
   */
  provisioningId?: Input<string>;
  /** Name of the template. Required for a managed one. */
  name?: Input<string>;
  /** Country of the template's region, ISO 3166-1 alpha-2. Required for a managed one. */
  country?: Input<string>;
  /** E-mail address of the service provider's administrator. */
  serviceProviderAdminEmail?: Input<string>;
  /** Language of e-mails: `en_us`. */
  defaultEmailLanguage?: Input<string>;
  /** The wholesale subscription that customers of this template are billed to. */
  subscription?: Input<string>;
  /** How users of the customers sign in. */
  authentication?: Input<TemplateAuthentication>;
  /** PSTN vendor that new locations are connected to. Cisco does not recommend it in a template: a warning. */
  connectedPstnVendor?: Input<string>;
  /** Settings that organizations get. */
  commonSettings?: Input<CommonSettings>;
  /** Calling settings that organizations get, as the template service names them. */
  callSettings?: Input<Record<string, unknown>>;
  /**
   * Allow that a managed template becomes an existing one or the other way; the managed one is deleted. Default false.
   */
  allowReplacement?: Input<boolean>;
}
