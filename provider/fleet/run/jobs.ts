import type { RosterCustomer } from '../roster/load';
import type { TemplateEntry } from '../roster/schema';

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
  /** Resources of a stack at once. */
  parallelResources: number;
  checkpoints: Checkpoints;
  /** Remove the locks of killed runs. */
  unlock: boolean;
}

/** One stack to be worked on, as a worker gets it. */
export interface StackJob extends RunSettings {
  stack: string;
  /** The stack is in the backend. */
  exists: boolean;
  /** A run of this machine was killed while it worked on this stack: the state may lack what it made. */
  interrupted: boolean;
  /** For the stack of the templates, these; for a stack of customers, their provisioning IDs by name. */
  templates?: [string, TemplateEntry][];
  provisioningIds: Record<string, string>;
  customers: RosterCustomer[];
}

/** How many resources were created, updated, deleted or replaced (planned, in a preview). */
export type Changes = Partial<Record<ChangeKind, number>>;
export type ChangeKind = 'create' | 'update' | 'delete' | 'replace';

/** What is changed of a resource: made by a run, planned by a preview, found in Webex by a refresh. */
export interface ResourceChange {
  /** Kind and name: `User acme/alice@example.com`. */
  resource: string;
  change: ChangeKind;
  /** Of an update or a replacement, the properties that differ. */
  properties: PropertyChange[];
}

/** A property that differs. Secrets are `[secret]`, and what only an update can tell is `[not known yet]`. */
export interface PropertyChange {
  /** `headquarters.address.city` */
  path: string;
  /** Left out where there was none. */
  old?: unknown;
  /** Left out where there is none any more. */
  new?: unknown;
}

/** Something that went wrong with a resource. */
export interface ResourceProblem {
  /** Kind and name: `User alice@example.com`. */
  resource: string;
  message: string;
  /** Cisco's ID of the failed request, where the message has one. */
  trackingId?: string;
  /** The policy that refused it. */
  policy?: string;
}

/** The result of a customer. */
export interface CustomerResult {
  externalId: string;
  /** `removed`: deleted. `not-reached`: its stack failed before, or was not begun. */
  status: 'unchanged' | 'changed' | 'planned' | 'removed' | 'failed' | 'not-reached';
  changes: Changes;
  /** The changed resources one by one. What `up` creates is counted only, and so is what `destroy` deletes. */
  resources: ResourceChange[];
  problems: ResourceProblem[];
}

/** The result of a stack. */
export interface StackResult {
  stack: string;
  /** `skipped`: there was nothing to do. */
  status: 'done' | 'skipped' | 'failed';
  customers: CustomerResult[];
  /** What is wrong with the stack as a whole. */
  error?: string;
  warnings: string[];
  seconds: { preview: number; update: number };
  /** Resources that the program declared. */
  resources: number;
  /** Existing objects that were recorded, by `adopt`. */
  adopted?: number;
  /** Of the stack of the templates, what is changed of them. */
  templates?: ResourceChange[];
  /** Whether Pulumi wrote its state after each step. */
  checkpoints?: boolean;
  /** Outputs of the templates' stack. */
  provisioningIds?: Record<string, string>;
}

/** What happens while a fleet runs. */
export type FleetEvent =
  /** Before anything is done: how many customers and stacks there are. */
  | { type: 'planned'; customers: number; stacks: number; ofStacks: number }
  | { type: 'stack-started'; job: StackJob }
  /** Customers that are no longer in the roster, and are going to be deleted. */
  | { type: 'removing'; stack: string; externalIds: string[] }
  /** All resources of a customer have been dealt with. */
  | { type: 'customer-finished'; stack: string; externalId: string; failed: boolean }
  | { type: 'stack-ended'; result: StackResult };

/** Takes what happens while a fleet runs. */
export type FleetListener = (event: FleetEvent) => void;

/** What a worker sends: what happens, and the one question that it has. */
export type WorkerMessage =
  | Extract<FleetEvent, { type: 'removing' | 'customer-finished' | 'stack-ended' }>
  | { type: 'may-remove'; externalIds: string[] };
