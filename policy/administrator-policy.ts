import type { ResourceValidationPolicy, StackValidationPolicy } from '@pulumi/policy';
import { ADMINISTRATOR_RULE } from 'pulumi-webex-wholesale/packages';
import {
  type AdministratorConfiguration,
  administratorProperties,
  CustomersSoFar,
  type KnownCustomer,
} from './administrators';
import { configurationOf, type PolicyOptions } from './configuration';
import { inputsOf, type UserInputs } from './inputs';
import { customersOf } from './links';

/** A user, and what is known of it. */
export interface Asked {
  readonly user: UserInputs;
  /** What the user was, where the provider says it: known of a single resource, not of a stack's. */
  readonly previous: UserInputs['previous'];
  /** Undefined where it isn't known. */
  readonly customer: KnownCustomer | undefined;
  readonly configuration: AdministratorConfiguration;
}

/** What tells a policy about administrators from the others. */
export interface AdministratorRule {
  readonly name: string;
  readonly description: string;
  /** What is wrong with a user's package, in words; undefined where nothing is, or where it can't be told. */
  finding(asked: Asked): string | undefined;
  /**
   * Reads what isn't known yet, where the answer depends on it: reading throws, and Pulumi then says as an advice that the
   * policy can't run during preview.
   */
  needs?(asked: Omit<Asked, 'customer'>, candidates: readonly KnownCustomer[]): void;
}

/**
 * A policy about the packages of administrators. In preview each user is judged with its own customer, once the whole
 * program is known. An update is judged before each write, with the customers that were declared before: a user violates the
 * rule where it would at each of those that may be its own; the whole is judged again at the end.
 */
export function administratorPolicy(
  { name, description, finding, needs }: AdministratorRule,
  options: PolicyOptions,
  customers = new CustomersSoFar(),
): ResourceValidationPolicy & StackValidationPolicy {
  const previousOf = new Map<string, UserInputs['previous']>();
  const reported = new Set<string>();
  return {
    name,
    description,
    enforcementLevel: options.enforcementLevel ?? 'mandatory',
    url: ADMINISTRATOR_RULE,
    configSchema: { properties: administratorProperties },
    validateResource: (args, reportViolation) => {
      const configuration = configurationOf<AdministratorConfiguration>(args, name, administratorProperties);
      customers.note(args);
      const user = inputsOf('User', args);
      if (user === undefined) return;
      const { previous } = user;
      previousOf.set(args.urn, previous);
      reported.delete(args.urn);
      const asked = { user, previous, configuration };
      const candidates = customers.of(args, user);
      const found = finding({ ...asked, customer: undefined }) ?? (isPreview() ? undefined : atEach(asked, candidates));
      if (found !== undefined) {
        reported.add(args.urn);
        reportViolation(found);
      } else needs?.(asked, candidates);
    },
    validateStack: (args, reportViolation) => {
      const configuration = configurationOf<AdministratorConfiguration>(args, name, administratorProperties);
      for (const customer of customersOf(args)) {
        for (const { urn, inputs: user } of customer.users) {
          if (reported.has(urn)) continue;
          const found = finding({ user, previous: previousOf.get(urn), customer, configuration });
          if (found !== undefined) reportViolation(found, urn);
        }
      }
    },
  };

  function atEach(asked: Omit<Asked, 'customer'>, candidates: readonly KnownCustomer[]): string | undefined {
    const called = candidates.map(({ name: customer }) => customer).join('" or "');
    const found = candidates.map(({ inputs }) => finding({ ...asked, customer: { name: called, inputs } }));
    return found.every((each) => each !== undefined) ? found[0] : undefined;
  }
}

/** Whether the engine shows what would be done. It tells its policy packs so. */
function isPreview(): boolean {
  return process.env.PULUMI_DRY_RUN === 'true';
}
