import { z } from 'zod';
import { type CheckFailure, UNKNOWN } from '../../lifecycle';
import type { OfPartner } from '../define/partner';
import { immutableFailures } from '../define/replacement';
import { country } from '../inputs/countries';
import { provisioningId } from '../inputs/ids';
import { keysOf, pick } from '../inputs/keys';
import { email, jsonValue, language, oneOf, optional, required, text } from '../inputs/validation';

const authentication = z.strictObject({
  type: required(oneOf(['webex', 'partner'])),
  idpEntityId: optional(text),
  protocol: optional(oneOf(['saml', 'oidc'])),
});

/** Inputs of an onboarding template (args.ts), as `check` lets them pass. */
export const templateInputs = z.strictObject({
  provisioningId: optional(provisioningId),
  name: optional(text),
  country: optional(country),
  serviceProviderAdminEmail: optional(email),
  defaultEmailLanguage: optional(language),
  subscription: optional(text),
  authentication: optional(authentication),
  connectedPstnVendor: optional(text),
  commonSettings: optional(z.object({ allowAdminInviteEmails: optional(z.boolean()) }).catchall(jsonValue)),
  callSettings: optional(z.record(z.string(), jsonValue)),
  allowReplacement: optional(z.boolean()),
});

/** Checked inputs. */
export type TemplateInputs = z.output<typeof templateInputs>;

/** What describes a template: sent to a template service, and only recorded for one that exists in Partner Hub. */
export const DESCRIPTION_KEYS = keysOf(templateInputs, ['provisioningId', 'allowReplacement']);

/** What is declared of a template and recorded in the state. The provisioning ID of a managed template is an output. */
export const INPUT_KEYS = keysOf(templateInputs, ['provisioningId']);

/** State of a template. */
export interface TemplateState extends TemplateInputs, OfPartner {
  provisioningId: string;
  /** The template is managed through a template service; without it, it exists in Partner Hub and isn't touched. */
  managed?: boolean;
}

/** The inputs that a state stands for. */
export function inputsOf(state: TemplateState): TemplateInputs {
  const { provisioningId, managed } = state;
  return { ...pick(state, INPUT_KEYS), ...(!managed && { provisioningId }) };
}

/** Refuses that a template which existed becomes a managed one, or the other way: that is another object. */
export function kindFailures(now: TemplateInputs, before: TemplateInputs | undefined): CheckFailure[] {
  if (before === undefined || (before.provisioningId === undefined) === (now.provisioningId === undefined)) return [];
  if (before.provisioningId === undefined) return immutableFailures(['provisioningId'], before, now);
  if (now.allowReplacement === true) return [];
  return [
    {
      property: 'provisioningId',
      reason: `can't be taken away: the template ${before.provisioningId} would be replaced by a new one. Put it back, or set allowReplacement: true`,
    },
  ];
}

/** Rules that need no backend. */
export function templateRules(inputs: TemplateInputs, serviceConfigured: boolean): CheckFailure[] {
  const failures: CheckFailure[] = [];
  const fail = (property: string, reason: string) => failures.push({ property, reason });
  if (inputs.provisioningId === undefined) {
    if (!serviceConfigured) {
      fail(
        'provisioningId',
        'is required: Webex has no public API for onboarding templates. In Partner Hub open Customers, Templates, choose or create the ' +
          'template, and copy its Provisioning ID; or set webex-wholesale:templateApiUrl to a service that offers templates',
      );
      return failures;
    }
    for (const key of ['name', 'country'] as const) {
      if (inputs[key] === undefined) fail(key, 'is required for a template that is managed through a template service');
    }
  }
  const { authentication: auth } = inputs;
  if (typeof auth === 'object' && auth.type !== (UNKNOWN as string)) {
    for (const key of ['idpEntityId', 'protocol'] as const) {
      if (auth.type === 'partner' && auth[key] === undefined)
        fail(`authentication.${key}`, 'is required for partner authentication');
      if (auth.type === 'webex' && auth[key] !== undefined)
        fail(`authentication.${key}`, 'belongs to partner authentication; remove it or set type: "partner"');
    }
  }
  return failures;
}
