import { pick } from '../outcomes/lifecycle-helpers';
import type { CustomerOrgInputs } from './schema';

/** What is declared of a customer; every one of these is recorded in the state as it is declared. */
export const INPUT_KEYS = [
  'provisioningId',
  'externalId',
  'name',
  'primaryEmail',
  'language',
  'address',
  'packages',
  'packageLimits',
  'headquarters',
  'meetingsTimeZone',
  'subPartnerAdminEmail',
  'onBehalfOfSubPartnerOrgId',
  'removal',
  'adopt',
  'allowReplacement',
  'timeouts',
] as const satisfies readonly (keyof CustomerOrgInputs)[];

/** Inputs that no operation changes (PUT /wholesale/customers has no customerInfo and no provisioningId). */
export const IMMUTABLE_KEYS = [
  'provisioningId',
  'name',
  'primaryEmail',
  'language',
  'orgId',
  'onBehalfOfSubPartnerOrgId',
] as const satisfies readonly (keyof CustomerOrgInputs)[];

/** State of a customer organization: what is declared, and what Webex says. */
export interface CustomerOrgState extends Omit<CustomerOrgInputs, 'previous'> {
  status: string;
  packageStatus: Record<string, string>;
  headquartersLocationId?: string;
  /** The declaration named `orgId`. Without it, `orgId` is what Webex gave. */
  attached?: boolean;
}

/** The inputs that a state stands for. */
export function inputsOf(state: CustomerOrgState): CustomerOrgInputs {
  return { ...pick(state, INPUT_KEYS), ...(state.attached && { orgId: state.orgId }) };
}

/** The declared part of a state. */
export function declaredOf(
  inputs: CustomerOrgInputs,
): Omit<CustomerOrgInputs, 'orgId' | 'previous'> & { attached?: boolean } {
  return { ...pick(inputs, INPUT_KEYS), ...(inputs.orgId !== undefined && { attached: true }) };
}
