import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Checkpoints, Command as Operation } from '../run/jobs';
import { DEFAULTS, type FleetOptions } from '../run/options';

/** The options of `preview`, `adopt`, `up`, `refresh` and `destroy`, as commander parses them. */
export interface RunFlags {
  shard?: { index: number; count: number };
  parallel: number;
  parallelResources: number;
  report?: string;
  policyPack?: string[];
  policyPackConfig?: string[];
  /** False after `--no-policies`. */
  policies?: boolean;
  maxRemovals?: number;
  checkpoints?: Checkpoints;
  unlock?: boolean;
  yes?: boolean;
}

/** Adds the options of an operation, without those that it would ignore. */
export function addRunOptions(command: Command, operation: Operation): Command {
  for (const { option, only } of OPTIONS) if (!only || only.includes(operation)) command.addOption(option());
  return command;
}

const PROGRAM: Operation[] = ['preview', 'up'];
const CHANGES: Operation[] = ['adopt', 'up', 'refresh', 'destroy'];

const OPTIONS: readonly { option: () => Option; only?: Operation[] }[] = [
  {
    option: () =>
      new Option(
        '--shard <I/N>',
        'process only part I of N of the stacks, to share a fleet among N machines',
      ).argParser(shardFrom),
  },
  {
    option: () =>
      new Option('--parallel <N>', 'number of stacks processed at the same time')
        .default(DEFAULTS.parallelStacks(), 'the number of cores')
        .argParser(whole(1, 256)),
  },
  {
    option: () =>
      new Option('--parallel-resources <N>', 'number of resources of a stack processed at the same time')
        .default(DEFAULTS.parallelResources)
        .argParser(whole(1, 1024)),
  },
  {
    option: () =>
      new Option(
        '--policy-pack <FOLDER>',
        'policy pack for the preview, instead of webex-wholesale-policy; may be repeated',
      ).argParser(repeated),
    only: PROGRAM,
  },
  {
    option: () =>
      new Option(
        '--policy-pack-config <FILE>',
        'configuration of a policy pack; may be repeated, in the order of the packs',
      ).argParser(repeated),
    only: PROGRAM,
  },
  { option: () => new Option('--no-policies', 'preview without any policy pack'), only: PROGRAM },
  {
    option: () =>
      new Option('--max-removals <N>', 'most customers that may be deleted because the roster no longer has them')
        .default(DEFAULTS.maxRemovals)
        .argParser(whole(0, 1_000_000)),
    only: ['up'],
  },
  {
    option: () =>
      new Option(
        '--checkpoints <WHEN>',
        'when Pulumi writes its state: after each step (always), at the end (never), or by the number of changes',
      )
        .choices(['auto', 'always', 'never'])
        .default(DEFAULTS.checkpoints),
    only: ['up', 'destroy'],
  },
  { option: unlockOption, only: CHANGES },
  { option: () => new Option('-y, --yes', 'do not ask for confirmation'), only: ['destroy'] },
  { option: () => new Option('--report <FILE>', 'write a report as JSON') },
];

/** The option `--unlock`, of a run and of `restack`. */
export function unlockOption(): Option {
  return new Option(
    '--unlock',
    'remove the locks of killed runs; never the lock of a process that runs on this machine',
  );
}

/** Converts the options of the command line to those of a run. */
export function fleetOptions(command: Operation, flags: RunFlags): FleetOptions {
  const { shard, policies, policyPack, policyPackConfig, maxRemovals, checkpoints } = flags;
  const packs = policies === false ? [] : policyPack;
  return {
    command,
    parallelStacks: flags.parallel,
    parallelResources: flags.parallelResources,
    unlock: flags.unlock ?? false,
    ...(shard && { shard }),
    ...(packs && { policyPacks: packs }),
    ...(policyPackConfig && { policyPackConfigs: policyPackConfig }),
    ...(maxRemovals !== undefined && { maxRemovals }),
    ...(checkpoints && { checkpoints }),
  };
}

function repeated(value: string, before: string[] = []): string[] {
  return [...before, value];
}

function shardFrom(text: string): { index: number; count: number } {
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const found = { index: Number(index), count: Number(count) };
  if (found.index >= 1 && found.index <= found.count) return found;
  throw new InvalidArgumentError('It must be I/N with I from 1 to N, such as 1/4.');
}

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}
