import type { Checkpoints, Command } from './jobs';

/** How a fleet is run; everything but the command has a default. */
export interface FleetOptions {
  command: Command;
  /** Where Pulumi.yaml and what runs write down are kept. */
  folder: string;
  /** Stacks at once, each with a pulumi process of its own. Default: the number of cores. */
  parallelStacks?: number;
  /** Resources of a stack at once. Default 64: most of them wait for Webex. */
  parallelResources?: number;
  /** Folders of policy packs, which every preview is held against. */
  policyPacks?: string[];
  policyPackConfigs?: string[];
  /** See {@link Checkpoints}. Default `auto` */
  checkpoints?: Checkpoints;
  /** Only the stacks of this shard: `index` from 1 of `count`. */
  shard?: { index: number; count: number };
  /** How many customers may be deleted because they are no longer in the roster. Default 10 */
  maxRemovals?: number;
  /** Remove locks that runs on other machines left behind. */
  unlock?: boolean;
}
