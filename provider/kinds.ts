/** The kinds of resources by class: the `MODULE:NAME` part of the type token, and the module with the handlers. */
export const KINDS = {
  OnboardingTemplate: {
    type: 'webex-wholesale:OnboardingTemplate',
    handlers: 'pulumi-webex-wholesale/onboarding-template',
  },
  CustomerOrg: { type: 'webex-wholesale:CustomerOrg', handlers: 'pulumi-webex-wholesale/customer-org', timeouts: true },
  Location: { type: 'webex-wholesale:Location', handlers: 'pulumi-webex-wholesale/location', timeouts: true },
  User: { type: 'webex-wholesale:User', handlers: 'pulumi-webex-wholesale/user' },
} as const;

/** Name of a resource class. */
export type KindName = keyof typeof KINDS;
