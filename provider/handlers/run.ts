import { Run } from '../resources/run/run';

/** The run of this plugin process: one process serves all resources of a preview or an update. */
export const run = new Run();
