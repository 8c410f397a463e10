import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Roster } from '../roster/load';
import { fleetFolder } from './folder';
import type { Checkpoints, Command } from './jobs';

/** Options of a fleet's run. All but the command have a default. */
export interface FleetOptions {
  command: Command;
  /**
   * Folder of Pulumi.yaml, the stacks' configuration and the records of runs. Its files can make Pulumi run programs,
   * so only the user may write to it. Default: a folder in the user's cache, named by the fleet and the backend.
   */
  folder?: string;
  /** Stacks at once, each with a pulumi process of its own. Default: the number of cores. */
  parallelStacks?: number;
  /** Resources of a stack at once. Default 64: most of them wait for Webex. */
  parallelResources?: number;
  /**
   * Folders of policy packs that check every preview. Default: the package `webex-wholesale-policy`, which must be
   * installed with this one. An empty list: no policies.
   */
  policyPacks?: string[];
  /** Configuration files of the policy packs, in their order. */
  policyPackConfigs?: string[];
  /** See {@link Checkpoints}. Default `auto` */
  checkpoints?: Checkpoints;
  /** Only the stacks of this shard: `index` from 1 of `count`. Default: all stacks. */
  shard?: { index: number; count: number };
  /** How many customers may be deleted because they are no longer in the roster. Default 10 */
  maxRemovals?: number;
  /** Remove locks of runs that were killed. Default false */
  unlock?: boolean;
}

/** The options with defaults filled in. */
export type CompleteOptions = Required<FleetOptions>;

/** Default values of the options. */
export const DEFAULTS = {
  parallelStacks: availableParallelism,
  parallelResources: 64,
  checkpoints: 'auto',
  maxRemovals: 10,
} as const satisfies Record<string, unknown>;

/**
 * Thrown for invalid options, before anything is started.
 *
 * @example
 * try {
 *   await runFleet(roster, { command: 'up', policyPacks: ['my-policies'] });
 * } catch (error) {
 *   if (error instanceof OptionError) console.error(error.message); // there is no PulumiPolicy.yaml in this folder
 * }
 */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

/**
 * Fills in the defaults and checks that the policy packs exist.
 * @throws OptionError
 */
export function completeOptions({ name }: Pick<Roster, 'name'>, options: FleetOptions): CompleteOptions {
  return {
    command: options.command,
    folder: path.resolve(options.folder ?? fleetFolder(name)),
    parallelStacks: options.parallelStacks ?? DEFAULTS.parallelStacks(),
    parallelResources: options.parallelResources ?? DEFAULTS.parallelResources,
    checkpoints: options.checkpoints ?? DEFAULTS.checkpoints,
    shard: options.shard ?? { index: 1, count: 1 },
    maxRemovals: options.maxRemovals ?? DEFAULTS.maxRemovals,
    unlock: options.unlock ?? false,
    ...policiesOf(options),
  };
}

type Policies = Pick<CompleteOptions, 'policyPacks' | 'policyPackConfigs'>;

/** Refuses to run if a policy pack or its configuration is missing. */
function policiesOf({ command, policyPacks, policyPackConfigs: configs = [] }: FleetOptions): Policies {
  if (command !== 'preview' && command !== 'up') return { policyPacks: [], policyPackConfigs: [] };
  const packs = (policyPacks ?? [installedPolicyPack()]).map((folder) => path.resolve(folder));
  for (const pack of packs) {
    if (!statSync(path.join(pack, 'PulumiPolicy.yaml'), { throwIfNoEntry: false })?.isFile())
      throw new OptionError(`policy pack ${pack}: there is no PulumiPolicy.yaml in this folder`);
  }
  if (configs.length > packs.length) {
    throw new OptionError(`there are ${configs.length} policy configurations for ${packs.length} policy packs`);
  }
  const files = configs.map((file) => path.resolve(file));
  for (const file of files) {
    if (!statSync(file, { throwIfNoEntry: false })?.isFile())
      throw new OptionError(`policy configuration ${file}: there is no such file`);
  }
  return { policyPacks: packs, policyPackConfigs: files };
}

/** The package `webex-wholesale-policy` that is installed with this package; never one beside the roster. */
function installedPolicyPack(): string {
  try {
    // With package managers that don't flatten node_modules, this package resolves its own dependencies only. So search
    // from the folder of the command, too (such as node_modules/.bin).
    const command = process.argv[1] === undefined ? [] : [path.dirname(process.argv[1])];
    return path.dirname(require.resolve('webex-wholesale-policy/package.json', { paths: [__dirname, ...command] }));
  } catch {
    throw new OptionError(
      'the policy pack webex-wholesale-policy is not installed where pulumi-webex-wholesale is. Install it there, name a ' +
        'policy pack with --policy-pack, or run without policies: --no-policies',
    );
  }
}
