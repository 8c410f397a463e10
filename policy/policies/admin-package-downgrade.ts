import type { ResourceValidationPolicy, StackValidationPolicy } from '@pulumi/policy';
import {
  downgradeReason,
  isDowngrade,
  undecidedReason,
  unlistedReason,
  unlistedRole,
  userPackages,
} from 'pulumi-webex-wholesale/packages';
import { administratorPolicy } from '../administrator-policy';
import { addressOf, administrator } from '../administrators';
import type { PolicyOptions } from '../configuration';
import { known } from '../inputs';

/**
 * Refuses a change of an administrator's package that removes a capability: a lower package, a package with other
 * capabilities, or the removal of the add-on. The provider passes the user before the change (`previous`), also for a
 * new resource name and for a replacement. Cases without `previous` may be found by {@link adminPackageLevel}.
 *
 * Source: Cisco help article ny0fr7x, "No downgrade of the package is supported for the customer administrator".
 *
 * @example
 * new PolicyPack('acme', { policies: [adminPackageDowngrade({ enforcementLevel: 'advisory' })] });
 */
export function adminPackageDowngrade(options: PolicyOptions = {}): ResourceValidationPolicy & StackValidationPolicy {
  return administratorPolicy(
    {
      name: 'admin-package-downgrade',
      description: "An administrator's package is not lowered: Webex doesn't support it (Cisco help ny0fr7x).",
      finding: ({ user, previous, customer, configuration }) => {
        const name = known(() => user.package);
        if (previous === undefined || name === undefined) return undefined;
        // An add-on that isn't known yet counts as kept.
        const addOn = known(() => ({ value: user.attendantConsole }));
        const from = userPackages(previous.package, previous.attendantConsole);
        const to = userPackages(name, addOn ? addOn.value : previous.attendantConsole);
        if (!isDowngrade(from, to)) return undefined;
        const because = administrator(user, customer, configuration, previous.roles);
        const unlisted = unlistedRole(previous.roles);
        if (because === undefined && unlisted !== undefined)
          return `package ${undecidedReason({ email: addressOf(user), from, to, missing: unlistedReason(unlisted) })}`;
        return because && `package ${downgradeReason({ email: addressOf(user), from, to, because })}`;
      },
      // The comparison with `previous` needs the new package.
      needs: ({ user, previous }) => previous && user.package,
    },
    options,
  );
}
