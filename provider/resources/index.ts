import { customerOrg } from './customer-org/definition';
import { location } from './location/definition';
import { onboardingTemplate } from './onboarding-template/definition';
import { user } from './user/definition';

/** All resources: each makes its handlers for a run. A new one is a folder and a line here. */
export const resources = { onboardingTemplate, customerOrg, location, user };
