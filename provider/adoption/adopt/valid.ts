import type { z } from 'zod';
import type { KindName } from '../../kinds';
import { customerOrgInputs } from '../../resources/customer-org/schema';
import { validate } from '../../resources/inputs/validation';
import { locationInputs } from '../../resources/location/schema';
import { templateInputs } from '../../resources/onboarding-template/schema';
import { userInputs } from '../../resources/user/schema';

const SCHEMAS: Record<KindName, z.ZodType> = {
  OnboardingTemplate: templateInputs,
  CustomerOrg: customerOrgInputs,
  Location: locationInputs,
  User: userInputs,
};

/** The errors of declared inputs as a text; undefined if there are none. Invalid inputs must not be recorded. */
export function wrongWith(kind: KindName, declared: Record<string, unknown>): string | undefined {
  const { failures } = validate(SCHEMAS[kind], declared);
  return failures.length === 0 ? undefined : failures.map(({ property, reason }) => `${property} ${reason}`).join('; ');
}
