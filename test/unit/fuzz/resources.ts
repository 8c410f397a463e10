import type fc from 'fast-check';
import type { Lifecycle } from '../../../provider/lifecycle';
import { customerOrg } from '../../../provider/resources/customer-org/handler';
import { location } from '../../../provider/resources/location/handler';
import { onboardingTemplate } from '../../../provider/resources/onboarding-template/handler';
import { user } from '../../../provider/resources/user/handler';
import * as valid from './valid';

/** A kind of resource as the fuzzers see it. */
export interface Kind {
  name: string;
  lifecycle: Lifecycle<object, object>;
  inputs: fc.Arbitrary<valid.Inputs>;
  /** What its state holds beside the inputs. */
  outputs: valid.Inputs;
}

const kind = <I extends object, S extends object>(
  name: string,
  lifecycle: Lifecycle<I, S>,
  inputs: fc.Arbitrary<valid.Inputs>,
  outputs: valid.Inputs,
): Kind => ({ name, lifecycle: lifecycle as unknown as Lifecycle<object, object>, inputs, outputs });

export const KINDS: readonly Kind[] = [
  kind('OnboardingTemplate', onboardingTemplate, valid.template, {}),
  kind('CustomerOrg', customerOrg, valid.customer, {
    status: 'provisioned',
    orgId: 'b3Jn',
    packageStatus: {},
    headquartersLocationId: 'bG9j',
  }),
  kind('Location', location, valid.location, { orgId: 'b3Jn' }),
  kind('User', user, valid.user, { status: 'provisioned', personId: 'cGVyc29u' }),
];
