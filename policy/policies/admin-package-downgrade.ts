import type { ResourceValidationPolicy, StackValidationPolicy } from '@pulumi/policy';
import { downgradeReason, isDowngrade, userPackages } from 'pulumi-webex-wholesale/packages';
import { administratorPolicy } from '../administrator-policy';
import { addressOf, administrator } from '../administrators';
import type { PolicyOptions } from '../configuration';
import { known } from '../inputs';

/**
 * Stops the change of an administrator's package that takes a capability away: a lower package, one aside, or the
 * add-on dropped. The provider tells what the user was before (`previous`), also for a new resource name and for a
 * replacement: what it doesn't see, {@link adminPackageLevel} may.
 *
 * Source: Cisco help article ny0fr7x, "No downgrade of the package is supported for the customer administrator".
 */
export function adminPackageDowngrade(options: PolicyOptions = {}): ResourceValidationPolicy & StackValidationPolicy {
  return administratorPolicy(
    {
      name: 'admin-package-downgrade',
      description: "An administrator's package is not lowered: Webex doesn't support it (Cisco help ny0fr7x).",
      finding: ({ user, previous, customer, configuration }) => {
        const name = known(() => user.package);
        if (previous === undefined || name === undefined) return undefined;
        // An add-on that isn't known yet isn't taken away yet.
        const addOn = known(() => ({ value: user.attendantConsole }));
        const from = userPackages(previous.package, previous.attendantConsole);
        const to = userPackages(name, addOn ? addOn.value : previous.attendantConsole);
        if (!isDowngrade(from, to)) return undefined;
        const because = administrator(user, customer, configuration, previous.roles);
        return because && `package ${downgradeReason({ email: addressOf(user), from, to, because })}`;
      },
      // What is known of the past is of use only beside the new package.
      needs: ({ user, previous }) => previous && user.package,
    },
    options,
  );
}
