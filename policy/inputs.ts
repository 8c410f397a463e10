import type { Unwrap } from '@pulumi/pulumi';
import type { CustomerOrgArgs, LocationArgs, OnboardingTemplateArgs, UserArgs } from 'pulumi-webex-wholesale';
import { userPackages } from 'pulumi-webex-wholesale/packages';

/** A user's inputs after the provider's check. */
export type UserInputs = Unwrap<UserArgs> & {
  /** The user before the change. The provider adds it where it differs, because a policy does not see the state. */
  previous?: { package: string; attendantConsole?: boolean; roles?: string[] };
  /** URN of the customer. The provider adds it to administrators: a policy can't see where `customerId` is from. */
  customer?: string;
};
/** A customer's inputs. `previous` as in {@link UserInputs}. */
export type CustomerOrgInputs = Unwrap<CustomerOrgArgs> & { previous?: { packages: string[] } };
/** A location's inputs. */
export type LocationInputs = Unwrap<LocationArgs>;
/** A template's inputs. */
export type OnboardingTemplateInputs = Unwrap<OnboardingTemplateArgs>;

interface Inputs {
  CustomerOrg: CustomerOrgInputs;
  Location: LocationInputs;
  OnboardingTemplate: OnboardingTemplateInputs;
  User: UserInputs;
}

/** The part of a policy's arguments about one resource, in a resource policy or a stack policy. */
interface Resource {
  readonly type: string;
  readonly props: object;
}

/**
 * The typed inputs of a resource, or undefined for one of another kind.
 *
 * Reading a property that isn't known yet throws; Pulumi then reports, as an advice, that the policy can't run during
 * preview. To avoid that, read it through {@link known}.
 */
export function inputsOf<Kind extends keyof Inputs>(kind: Kind, { type, props }: Resource): Inputs[Kind] | undefined {
  return type === `pulumi-nodejs:dynamic/webex-wholesale:${kind}` ? (props as Inputs[Kind]) : undefined;
}

/** The value, or undefined where it isn't known yet during preview. */
export function known<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    // @pulumi/policy doesn't export the class of this error.
    if (error instanceof Error && 'unknownTypeSentinel' in error) return undefined;
    throw error;
  }
}

/** The known items of a list; undefined where the list itself isn't known, or is missing. */
export function knownItems<T>(read: () => readonly T[] | undefined): T[] | undefined {
  const list = known(read);
  // Read by index, because an iterator would throw at the first item that isn't known.
  return (
    list && Array.from({ length: list.length }, (_, i) => known(() => list[i])).filter((item) => item !== undefined)
  );
}

/** The known packages of a user, with the add-on; empty while the package isn't known. */
export function packagesOf(user: UserInputs): string[] {
  const [name, addOn] = [known(() => user.package), known(() => user.attendantConsole)];
  return name ? userPackages(name, addOn) : [];
}
