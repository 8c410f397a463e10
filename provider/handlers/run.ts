import { resources } from '../resources';
import { Run } from '../resources/run/run';

/** The run of this plugin process: one process serves all resources of a preview or an update. */
export const run = new Run();

/** The handlers of all resources: the check of one also judges what the program declares of the others. */
export const handlers = {
  onboardingTemplate: resources.onboardingTemplate(run),
  customerOrg: resources.customerOrg(run),
  location: resources.location(run),
  user: resources.user(run),
};
