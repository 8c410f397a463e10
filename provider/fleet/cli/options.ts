import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Checkpoints, Command } from '../run/jobs';
import type { FleetOptions } from '../run/options';

/** What the command line asks for. */
export type CommandLine =
  | { command: 'help' }
  | { command: 'check'; roster: string }
  | { command: 'restack'; roster: string; folder?: string }
  | {
      command: Command;
      roster: string;
      options: Omit<FleetOptions, 'folder'>;
      /** Where Pulumi.yaml and what runs write down are kept; below the roster's folder where it isn't given. */
      folder?: string;
      /** File of the machine-readable report. */
      report?: string;
      /** Destroying was agreed to. */
      yes: boolean;
      /** The policy pack that is found beside the roster isn't used. */
      withoutPolicies: boolean;
    };

/** Raised for a command line that can't be understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `Usage:
  webex-wholesale fleet check ROSTER
  webex-wholesale fleet preview|up|refresh|destroy ROSTER [options]
  webex-wholesale fleet restack ROSTER [--folder FOLDER]

ROSTER is a YAML or JSON file, or a folder of YAML and CSV files (docs/fleet.md).

  check      reads the roster and says everything that is wrong with it
  preview    shows what would change, as the policies see it
  up         previews each stack, and makes what the preview did not refuse
  refresh    reads what is in Webex into the state
  destroy    deletes everything that the fleet's stacks hold
  restack    moves the customers into as many stacks as the roster says now, in the state only

Options:
  --shard I/N               only the I-th of N parts of the stacks, for N machines
  --parallel N              stacks at once (the number of cores)
  --parallel-resources N    resources of a stack at once (64)
  --policy-pack FOLDER      policy pack for the preview; may be repeated (webex-wholesale-policy, where it is installed)
  --policy-pack-config FILE configuration of the pack before it; may be repeated
  --no-policies             preview without any policy pack
  --max-removals N          customers that may be deleted because they are no longer in the roster (10)
  --checkpoints WHEN        auto, always or never: when Pulumi writes its state after each step (auto)
  --report FILE             write a report as JSON
  --folder FOLDER           where the stacks' configuration is kept (.webex-wholesale beside the roster)
  --unlock                  remove the locks of runs that were killed
  --yes                     destroy without asking

The state is where PULUMI_BACKEND_URL says; credentials come from the environment (WEBEX_ACCESS_TOKEN ...).
Exit codes: 0 all is as the roster says; 1 something failed; 2 the roster or the command line is wrong, nothing was
started; 3 Pulumi or its backend can't be used, nothing was started; 130 interrupted.
`;

const COMMANDS: readonly Command[] = ['preview', 'up', 'refresh', 'destroy'];

/** Reads the command line. @throws UsageError */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const { values, positionals } = parsed(argv);
  const [topic, name, roster, ...rest] = positionals;
  if (values.help || topic === undefined || topic === 'help') return { command: 'help' };
  if (topic !== 'fleet') throw new UsageError(`There is no command ${topic}: use fleet.`);
  const command = COMMANDS.find((each) => each === name);
  if (command === undefined && name !== 'check' && name !== 'restack')
    throw new UsageError('fleet needs one of check, preview, up, refresh, destroy, restack.');
  if (roster === undefined) throw new UsageError(`fleet ${name} needs a roster: a file or a folder.`);
  if (rest.length > 0) throw new UsageError(`Unexpected argument ${rest[0]}.`);
  const folder = values.folder === undefined ? {} : { folder: path.resolve(values.folder) };
  if (command === undefined)
    return name === 'restack' ? { command: name, roster, ...folder } : { command: 'check', roster };
  return {
    command,
    roster,
    options: optionsFrom(values, command),
    ...folder,
    ...(values.report !== undefined && { report: path.resolve(values.report) }),
    yes: values.yes ?? false,
    withoutPolicies: values['no-policies'] ?? false,
  };
}

type Values = ReturnType<typeof parsed>['values'];

function optionsFrom(values: Values, command: Command): Omit<FleetOptions, 'folder'> {
  const { parallel, shard, checkpoints, unlock = false } = values;
  const resources = values['parallel-resources'];
  const removals = values['max-removals'];
  const packs = values['policy-pack'];
  const configs = values['policy-pack-config'];
  return {
    command,
    unlock,
    ...(shard !== undefined && { shard: shardFrom(shard) }),
    ...(parallel !== undefined && { parallelStacks: whole('--parallel', parallel, 1, 256) }),
    ...(resources !== undefined && { parallelResources: whole('--parallel-resources', resources, 1, 1024) }),
    ...(packs && { policyPacks: packs }),
    ...(configs && { policyPackConfigs: configs }),
    ...(removals !== undefined && { maxRemovals: whole('--max-removals', removals, 0, 1_000_000) }),
    ...(checkpoints !== undefined && { checkpoints: checkpointsFrom(checkpoints) }),
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        shard: { type: 'string' },
        parallel: { type: 'string' },
        'parallel-resources': { type: 'string' },
        'policy-pack': { type: 'string', multiple: true },
        'policy-pack-config': { type: 'string', multiple: true },
        'no-policies': { type: 'boolean' },
        'max-removals': { type: 'string' },
        checkpoints: { type: 'string' },
        report: { type: 'string' },
        folder: { type: 'string' },
        unlock: { type: 'boolean' },
        yes: { type: 'boolean', short: 'y' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function shardFrom(text: string): { index: number; count: number } {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const found = { index: Number(index), count: Number(count) };
  if (found.index >= 1 && found.index <= found.count) return found;
  throw new UsageError('--shard must be I/N with I from 1 to N, such as 1/4.');
}

function checkpointsFrom(text: string): Checkpoints {
  if (text === 'auto' || text === 'always' || text === 'never') return text;
  throw new UsageError('--checkpoints must be auto, always or never.');
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`${name} must be a whole number from ${least} to ${most}.`);
}
