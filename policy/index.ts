/**
 * The policies as functions, to compose into a pack of your own:
 *
 *     new PolicyPack('acme', { policies: [...allPolicies(), ownPolicy] })
 *
 * Importing this registers nothing. The pack itself is the folder of this package: `--policy-pack`.
 */
import type { Policies } from '@pulumi/policy';
import type { PolicyOptions } from './configuration';
import { adminPackageDowngrade } from './policies/admin-package-downgrade';
import { adminPackageLevel } from './policies/admin-package-level';
import { allowedCountries } from './policies/allowed-countries';
import { approvedTemplates } from './policies/approved-templates';
import { connectedPstnInTemplate } from './policies/connected-pstn-in-template';
import { customerPackageRemoval } from './policies/customer-package-removal';
import { headquartersVerified } from './policies/headquarters-verified';
import { noReplacementOfCustomers } from './policies/no-replacement-of-customers';
import { packageLimits } from './policies/package-limits';
import { protectCustomers } from './policies/protect-customers';
import { undeclaredAdministrators } from './policies/undeclared-administrators';

export type { PolicyOptions } from './configuration';
export {
  adminPackageDowngrade,
  adminPackageLevel,
  allowedCountries,
  approvedTemplates,
  connectedPstnInTemplate,
  customerPackageRemoval,
  headquartersVerified,
  noReplacementOfCustomers,
  packageLimits,
  protectCustomers,
  undeclaredAdministrators,
};

/**
 * Every policy of this package. Call it once a pack: policies remember what they saw of a run.
 *
 * @example
 * new PolicyPack('acme', { policies: [...allPolicies({ enforcementLevel: 'advisory' }), ownPolicy] });
 */
export function allPolicies(options: PolicyOptions = {}): Policies {
  return [
    adminPackageDowngrade(options),
    adminPackageLevel(options),
    customerPackageRemoval(options),
    packageLimits(options),
    headquartersVerified(options),
    noReplacementOfCustomers(options),
    approvedTemplates(options),
    allowedCountries(options),
    connectedPstnInTemplate(options),
    protectCustomers(options),
    undeclaredAdministrators(options),
  ];
}
