import type { ResourceValidationPolicy, StackValidationPolicy } from '@pulumi/policy';
import { capabilitiesLost, isDowngrade, organizationLevel, type UserPackage } from 'pulumi-webex-wholesale/packages';
import { type Asked, administratorPolicy } from '../administrator-policy';
import {
  type AdministratorConfiguration,
  addressOf,
  administrator,
  administratorProperties,
  CustomersSoFar,
  type KnownCustomer,
  rolesOf,
} from '../administrators';
import { configurationOf, type PolicyOptions } from '../configuration';
import { type CustomerOrgInputs, inputsOf, known, knownItems, type UserInputs } from '../inputs';

const NAME = 'admin-package-level';

/**
 * An administrator's package must be at the level of the organization: no package of the organization gives more. The
 * policy uses only the declared inputs, and not the provider's `previous`. Where the organization's packages can't be
 * compared (webex_calling and webex_meetings), any of them is right.
 *
 * Remediation (enforcement level `remediate`, off by default) raises the package, where the organization has one
 * package that contains it, and where the user's customer is certain: it is the user's parent, or the only customer
 * that the program has declared so far.
 *
 * Source: Cisco help article ny0fr7x, "Administrators should be provisioned with the same level of package as the
 * customer organization was created with".
 *
 * @example
 * new PolicyPack('acme', { policies: [adminPackageLevel({ enforcementLevel: 'advisory' })] });
 */
export function adminPackageLevel(options: PolicyOptions = {}): ResourceValidationPolicy & StackValidationPolicy {
  // Pulumi remediates each resource before it validates it.
  const customers = new CustomersSoFar();
  return {
    ...administratorPolicy(
      {
        name: NAME,
        description: 'An administrator has the package level of the organization (Cisco help ny0fr7x).',
        finding,
        needs,
      },
      options,
      customers,
    ),
    remediateResource: (args) => {
      customers.note(args);
      const user = inputsOf('User', args);
      const [customer, ...others] = user ? customers.of(args, user) : [];
      if (user === undefined || customer === undefined || others.length > 0) return undefined;
      const configuration = configurationOf<AdministratorConfiguration>(args, NAME, administratorProperties);
      if (administrator(user, customer, configuration) === undefined) return undefined;
      const [only, ...more] = missedLevel(user, customer.inputs);
      if (only === undefined || more.length > 0 || isDowngrade(user.package, only)) return undefined;
      // Change the properties in place: a copy would have to read values that aren't known yet.
      args.props.package = only;
      return args.props;
    },
  };
}

function finding({ user, customer, configuration }: Asked): string | undefined {
  // Only the roles after the change count for this rule.
  const because = customer && administrator(user, customer, configuration, rolesOf(user));
  const missed = because ? missedLevel(user, customer.inputs) : [];
  if (customer === undefined || missed.length === 0) return undefined;
  const lacks = missed.map((name) => `${name} (adds ${capabilitiesLost(name, user.package).join(', ')})`);
  return (
    `package ${user.package} is below the level of the organization: ${addressOf(user)} ${because}, and ` +
    `customer "${customer.name}" has ${lacks.join(' and ')}. Set package to ${missed.join(' or ')}`
  );
}

/** Reads the inputs that decide whether the user is an administrator and below the level, if both are possible. */
function needs({ user, configuration }: Omit<Asked, 'customer'>, candidates: readonly KnownCustomer[]): void {
  const isOne = candidates.some((customer) => administrator(user, customer, configuration) !== undefined);
  const isKnown = known(() => [user.email, ...(user.roles ?? [])]) !== undefined;
  if (!isOne && isKnown) return;
  const name = user.package;
  const mayBeBelow = candidates.filter(({ inputs }) => {
    const packages = isOne ? [...inputs.packages] : (knownItems(() => inputs.packages) ?? []);
    return organizationLevel(packages).every((top) => isDowngrade(top, name));
  });
  if (!isOne && mayBeBelow.length > 0) void [user.email, ...(user.roles ?? [])];
}

/** The packages at the organization's level, if the user's package is below it. Empty while that isn't known. */
function missedLevel(user: UserInputs, customer: CustomerOrgInputs): UserPackage[] {
  const name = known(() => user.package);
  const level = organizationLevel(knownItems(() => customer.packages) ?? []);
  if (name === undefined || level.some((top) => !isDowngrade(top, name))) return [];
  // A user with calling needs a package with calling, if the organization has one.
  const containing = level.filter((top) => !isDowngrade(name, top));
  return containing.length > 0 ? containing : level;
}
