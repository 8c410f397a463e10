import type { ResourceValidationPolicy, StackValidationPolicy } from '@pulumi/policy';
import {
  ADMINISTRATOR_RULE,
  capabilitiesLost,
  isDowngrade,
  organizationLevel,
  type UserPackage,
} from 'pulumi-webex-wholesale/packages';
import {
  type AdministratorConfiguration,
  administratorProperties,
  administratorRole,
  isPrimary,
  rolesOf,
} from '../administrators';
import { configurationOf, type PolicyOptions } from '../configuration';
import { type CustomerOrgInputs, inputsOf, known, knownItems, type UserInputs } from '../inputs';
import { customersOf } from '../links';

const NAME = 'admin-package-level';

/**
 * An administrator's package is at the level of the organization: no package of the organization gives more than it.
 * Checked across the stack, also in the first preview, while no ID is known. Where the organization's packages can't
 * be compared (webex_calling and webex_meetings), any of them is right.
 *
 * Remediation (enforcement level `remediate`, off by default) raises the package, where the organization has one
 * package that contains it, and where it is certain whose user this is: the customer is the user's parent, or the
 * only one that the program has declared so far.
 *
 * Source: Cisco help article ny0fr7x, "Administrators should be provisioned with the same level of package as the
 * customer organization was created with".
 */
export function adminPackageLevel(options: PolicyOptions = {}): ResourceValidationPolicy & StackValidationPolicy {
  // Remediation sees one resource at a time; a customer comes before its users.
  const declared = new Map<string, CustomerOrgInputs>();
  return {
    name: NAME,
    description: 'An administrator has the package level of the organization (Cisco help ny0fr7x).',
    enforcementLevel: options.enforcementLevel ?? 'mandatory',
    url: ADMINISTRATOR_RULE,
    configSchema: { properties: administratorProperties },
    remediateResource: (args) => {
      const customer = inputsOf('CustomerOrg', args);
      if (customer) declared.set(args.urn, customer);
      const user = inputsOf('User', args);
      const own = declared.get(args.opts.parent ?? '') ?? (declared.size === 1 ? [...declared.values()][0] : undefined);
      if (user === undefined || own === undefined) return undefined;
      const configuration = configurationOf<AdministratorConfiguration>(args, NAME, administratorProperties);
      if (!administrator(user, own, configuration)) return undefined;
      const [only, ...others] = missedLevel(user, own);
      if (only === undefined || others.length > 0 || isDowngrade(user.package, only)) return undefined;
      // In place: the properties hold values that aren't known yet, which a copy would have to read.
      args.props.package = only;
      return args.props;
    },
    validateStack: (args, reportViolation) => {
      const configuration = configurationOf<AdministratorConfiguration>(args, NAME, administratorProperties);
      for (const customer of customersOf(args)) {
        for (const { urn, inputs } of customer.users) {
          const because = administrator(inputs, customer.inputs, configuration);
          const missed = because ? missedLevel(inputs, customer.inputs) : [];
          if (missed.length === 0) continue;
          const lacks = missed.map((name) => `${name} (adds ${capabilitiesLost(name, inputs.package).join(', ')})`);
          reportViolation(
            `package ${inputs.package} is below the level of the organization: ${inputs.email} ${because}, and ` +
              `customer "${customer.name}" has ${lacks.join(' and ')}. Set package to ${missed.join(' or ')}`,
            urn,
          );
        }
      }
    },
  };
}

function administrator(
  user: UserInputs,
  customer: CustomerOrgInputs,
  configuration: AdministratorConfiguration,
): string | undefined {
  const role = rolesOf(user)?.find(administratorRole(configuration));
  if (role !== undefined) return `is an administrator (${role})`;
  return isPrimary(user, customer) ? 'is the first administrator (primaryEmail)' : undefined;
}

/** The packages that are the organization's level, where the user's is none of them, nor higher. Empty while unknown. */
function missedLevel(user: UserInputs, customer: CustomerOrgInputs): UserPackage[] {
  const name = known(() => user.package);
  const level = organizationLevel(knownItems(() => customer.packages) ?? []);
  if (name === undefined || level.some((top) => !isDowngrade(top, name))) return [];
  // What a person who has calling needs isn't a package without it, where there is one with it.
  const containing = level.filter((top) => !isDowngrade(name, top));
  return containing.length > 0 ? containing : level;
}
