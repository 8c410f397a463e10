/**
 * Runs a fleet of customers from a roster: what the command `webex-wholesale fleet` does, as functions.
 */

export { type FleetReport, type ReportFacts, reportOf, writeReport } from './cli/report';
export { type JsonSchema, rosterJsonSchema } from './roster/json-schema';
export { loadRoster, type Roster, type RosterCustomer } from './roster/load';
export { type Place, type Problem, problemText, RosterError } from './roster/problems';
export {
  type FleetResult,
  type FleetRun,
  runFleet,
} from './run/fleet';
export type {
  Changes,
  Checkpoints,
  Command,
  CustomerResult,
  FleetEvent,
  FleetListener,
  PropertyChange,
  ResourceChange,
  ResourceProblem,
  StackJob,
  StackResult,
} from './run/jobs';
export { type FleetOptions, OptionError } from './run/options';
export { restack } from './run/restack';
export { StackCountError, stackIndexOf, stackName } from './run/stacks';
