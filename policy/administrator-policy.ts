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

/** A user, with the facts that the policy knows about it. */
export interface Asked {
  readonly user: UserInputs;
  /** The user before the change. The provider gives it for a single resource, not for the resources of a stack. */
  readonly previous: UserInputs['previous'];
  /** Undefined where the user's customer isn't known. */
  readonly customer: KnownCustomer | undefined;
  readonly configuration: AdministratorConfiguration;
}

/** The parts in which the policies about administrators differ. */
export interface AdministratorRule {
  readonly name: string;
  readonly description: string;
  /** The text of the violation by a user's package; undefined where there is none, or where that isn't known. */
  finding(asked: Asked): string | undefined;
  /**
   * Reads the inputs that the result depends on. Reading one that isn't known yet throws; Pulumi then reports, as an
   * advice, that the policy can't run during preview.
   */
  needs?(asked: Omit<Asked, 'customer'>, candidates: readonly KnownCustomer[]): void;
}

/**
 * A policy about the packages of administrators. A preview checks each user with its own customer, once the whole
 * program is known. An update checks each user before its write, with the customers that were declared before: the user
 * violates the rule if it does so for each customer that may be its own. The whole stack is checked again at the end.
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

/** Whether the engine runs a preview. The engine sets an environment variable for its policy packs. */
function isPreview(): boolean {
  return process.env.PULUMI_DRY_RUN === 'true';
}
