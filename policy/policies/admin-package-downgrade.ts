import type { ResourceValidationPolicy, StackValidationPolicy } from '@pulumi/policy';
import {
  ADMINISTRATOR_RULE,
  type AdministratorChange,
  administratorBy,
  downgradeReason,
  isDowngrade,
  userPackages,
} from 'pulumi-webex-wholesale/packages';
import {
  type AdministratorConfiguration,
  administratorProperties,
  administratorRole,
  isPrimary,
  rolesOf,
} from '../administrators';
import { configurationOf, type PolicyOptions } from '../configuration';
import { inputsOf, known } from '../inputs';
import { customersOf } from '../links';

const NAME = 'admin-package-downgrade';

/**
 * Stops the change of an administrator's package that takes a capability away: a lower package, one aside, or the
 * add-on dropped. The provider tells what the user was before (`previous`), also for a new resource name and for a
 * replacement. An administrator by role, before or after the change, is found at the resource itself; the customer's
 * first administrator (`primaryEmail`) across the stack.
 *
 * Source: Cisco help article ny0fr7x, "No downgrade of the package is supported for the customer administrator".
 */
export function adminPackageDowngrade(options: PolicyOptions = {}): ResourceValidationPolicy & StackValidationPolicy {
  // Who loses something without an administrator's role: the stack tells whether it is a customer's first one.
  const suspects = new Map<string, Omit<AdministratorChange, 'because'>>();
  return {
    name: NAME,
    description: "An administrator's package is not lowered: Webex doesn't support it (Cisco help ny0fr7x).",
    enforcementLevel: options.enforcementLevel ?? 'mandatory',
    url: ADMINISTRATOR_RULE,
    configSchema: { properties: administratorProperties },
    validateResource: (args, reportViolation) => {
      const configuration = configurationOf<AdministratorConfiguration>(args, NAME, administratorProperties);
      const user = inputsOf('User', args);
      if (user === undefined) return;
      suspects.delete(args.urn);
      const { previous } = user;
      if (previous === undefined) return;
      // An add-on that isn't known yet isn't taken away yet.
      const addOn = known(() => ({ value: user.attendantConsole }));
      const change = {
        email: user.email,
        from: userPackages(previous.package, previous.attendantConsole),
        to: userPackages(user.package, addOn ? addOn.value : previous.attendantConsole),
      };
      if (!isDowngrade(change.from, change.to)) return;
      const because = administratorBy(previous.roles, rolesOf(user), administratorRole(configuration));
      if (because === undefined) suspects.set(args.urn, change);
      else reportViolation(`package ${downgradeReason({ ...change, because })}`);
    },
    validateStack: (args, reportViolation) => {
      for (const customer of customersOf(args)) {
        for (const { urn, inputs } of customer.users) {
          const change = suspects.get(urn);
          if (change === undefined || !isPrimary(inputs, customer.inputs)) continue;
          const because = `is the first administrator (primaryEmail) of customer "${customer.name}"`;
          reportViolation(`package ${downgradeReason({ ...change, because })}`, urn);
        }
      }
    },
  };
}
