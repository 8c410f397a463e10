import type { RosterCustomer } from '../roster/load';
import type { TemplateEntry } from '../roster/schema';
import type { RemovedCustomer } from './removals';

/** Operations on a fleet. */
export type Command = 'preview' | 'up' | 'refresh' | 'destroy' | 'adopt';

/** When Pulumi writes the state: `always` after each step, `never` only at the end, `auto` at the end of many steps. */
export type Checkpoints = 'auto' | 'always' | 'never';

/** Settings that all stacks of a run share. */
export interface RunSettings {
  command: Command;
  project: string;
  /** Folder of Pulumi.yaml and the stack configurations. */
  folder: string;
  /** Provider configuration without its namespace. */
  config: Record<string, string>;
  policyPacks: string[];
  policyPackConfigs: string[];
  /** Most resources of a stack that are processed at the same time. */
  parallelResources: number;
  checkpoints: Checkpoints;
  /** Remove the locks of killed runs. */
  unlock: boolean;
}

/** The work on one stack, as it is sent to a worker. */
export interface StackJob extends RunSettings {
  stack: string;
  /** True if the backend has the stack. */
  exists: boolean;
  /** True if a run on this machine was killed during work on this stack: the state may lack objects that it created. */
  interrupted: boolean;
  /** The templates; only in the job of the templates' stack. Stacks of customers have `provisioningIds`. */
  templates?: [string, TemplateEntry][];
  provisioningIds: Record<string, string>;
  customers: RosterCustomer[];
}

/** Number of resources that were created, updated, deleted or replaced; in a preview, that would be. */
export type Changes = Partial<Record<ChangeKind, number>>;
export type ChangeKind = 'create' | 'update' | 'delete' | 'replace';

/** A change of a resource: made by `up`, planned by `preview`, found in Webex by `refresh`. */
export interface ResourceChange {
  /** Kind and name: `User acme/alice@example.com`. */
  resource: string;
  change: ChangeKind;
  /** The properties that differ, for an update or a replacement. */
  properties: PropertyChange[];
  /** For a deletion: what stays in Webex all the same. */
  stays?: string;
}

/** A property that differs. A secret is `[secret]`; a value that the update will compute is `[not known yet]`. */
export interface PropertyChange {
  /** `headquarters.address.city` */
  path: string;
  /** Absent if the property had no value. */
  old?: unknown;
  /** Absent if the property has no value any more. */
  new?: unknown;
}

/** An error or refusal of a resource. */
export interface ResourceProblem {
  /** Kind and name: `User alice@example.com`. */
  resource: string;
  message: string;
  /** Cisco's tracking ID of the failed request, if the message contains one. */
  trackingId?: string;
  /** The policy that refused the resource: `PACK/POLICY`. */
  policy?: string;
}

/** The result of a customer. */
export interface CustomerResult {
  externalId: string;
  /** `removed`: deleted. `not-reached`: its stack failed earlier or was not started. */
  status: 'unchanged' | 'changed' | 'planned' | 'removed' | 'failed' | 'not-reached';
  changes: Changes;
  /** The changed resources. Creations by `up` and deletions by `destroy` are only counted, in `changes`. */
  resources: ResourceChange[];
  problems: ResourceProblem[];
}

/** The result of a stack. */
export interface StackResult {
  stack: string;
  /** `skipped`: there was nothing to do. */
  status: 'done' | 'skipped' | 'failed';
  customers: CustomerResult[];
  /** An error of the stack as a whole. */
  error?: string;
  warnings: string[];
  seconds: { preview: number; update: number };
  /** Resources that the program declared. */
  resources: number;
  /** Number of existing objects that `adopt` added to the state. */
  adopted?: number;
  /** Changes of templates; only in the templates' stack. */
  templates?: ResourceChange[];
  /** True if Pulumi wrote its state after each step. */
  checkpoints?: boolean;
  /** Provisioning IDs by template name, from the outputs of the templates' stack. */
  provisioningIds?: Record<string, string>;
}

/** An event of a running fleet. */
export type FleetEvent =
  /** The first event: the numbers of customers and stacks. */
  | { type: 'planned'; customers: number; stacks: number; ofStacks: number }
  | { type: 'stack-started'; job: StackJob }
  /** Customers that will be deleted because the roster no longer has them. */
  | { type: 'removing'; stack: string; externalIds: string[] }
  /** All resources of a customer are finished. */
  | { type: 'customer-finished'; stack: string; externalId: string; failed: boolean }
  | { type: 'stack-ended'; result: StackResult };

/** Receives the events of a running fleet. */
export type FleetListener = (event: FleetEvent) => void;

/** A message of a worker: an event, or the question whether customers may be deleted. */
export type WorkerMessage =
  | Extract<FleetEvent, { type: 'removing' | 'customer-finished' | 'stack-ended' }>
  | { type: 'may-remove'; removed: readonly RemovedCustomer[] };
