import path from 'node:path';
import { Command } from 'commander';
import { EXIT, UsageError } from '../../terminal/exit';
import { agrees, printError, screenOn } from '../../terminal/terminal';
import { loadRoster, type Roster } from '../roster/load';
import { type FleetResult, type FleetRun, runFleet } from '../run/fleet';
import type { Command as Operation } from '../run/jobs';
import { completeOptions, OptionError } from '../run/options';
import { addRunOptions, fleetOptions, type RunFlags } from './options';
import { duration, Progress } from './progress';
import { type ReportFacts, reportOf, writeReport } from './report';

const DESCRIPTIONS: Readonly<Record<Operation, string>> = {
  preview: 'show what would change, and what the policy packs refuse',
  adopt: 'add declared objects that already exist in Webex to the state, then preview; writes nothing to Webex',
  up: 'preview each stack, then apply all changes that the preview did not refuse',
  refresh: 'read the current values from Webex into the state',
  destroy: "delete everything in the fleet's stacks",
};

/** `fleet preview`, `fleet adopt`, `fleet up`, `fleet refresh` and `fleet destroy`. */
export function runCommand(operation: Operation): Command {
  const command = new Command(operation)
    .description(DESCRIPTIONS[operation])
    .argument('<roster>', 'a file or a folder')
    .addHelpText('after', ENVIRONMENT)
    .action(async (rosterPath: string, flags: RunFlags) => {
      process.exitCode = (await agreed(operation, rosterPath, flags))
        ? await run(operation, loadRoster(rosterPath), flags)
        : EXIT.usage;
    });
  return addRunOptions(command, operation);
}

const ENVIRONMENT = `
Pulumi's backend is PULUMI_BACKEND_URL. Credentials come from the environment (WEBEX_ACCESS_TOKEN ...).`;

async function run(operation: Operation, roster: Roster, flags: RunFlags): Promise<number> {
  const options = completeOptions(roster, fleetOptions(operation, flags));
  const startedAt = new Date();
  const screen = screenOn();
  let running: FleetRun | undefined;
  const progress = new Progress(
    screen,
    () => running?.requestsLastMinute() ?? 0,
    operation === 'preview' || operation === 'refresh',
  );
  for (const pack of options.policyPacks) screen.line(`policy pack ${pack}`);
  try {
    running = await runFleet(roster, options, (event) => progress.add(event));
  } catch (error) {
    progress.close();
    if (error instanceof OptionError) throw error;
    printError(error);
    return EXIT.unusable;
  }
  const isInterrupted = stopOnSignals(running, progress);
  const result = await running.result.finally(() => progress.close());
  const interrupted = isInterrupted();
  const { shard } = flags;
  const facts: ReportFacts = {
    command: operation,
    fleet: roster.name,
    ...(shard && { shard: `${shard.index}/${shard.count}` }),
    startedAt: startedAt.toISOString(),
    seconds: (Date.now() - startedAt.getTime()) / 1000,
    exitCode: interrupted ? EXIT.interrupted : isDone(result) ? EXIT.done : EXIT.failed,
    interrupted,
  };
  const report = reportOf(result, facts);
  if (flags.report !== undefined) writeReport(report, path.resolve(flags.report));
  const counts = Object.entries(report.totals.byStatus).map(([status, count]) => `${count} ${status}`);
  screen.line(`${counts.join(', ') || 'no customers'}; ${result.requests} requests, ${duration(facts.seconds)}`);
  return facts.exitCode;
}

/** The first Ctrl-C stops the run after the running stacks have finished, the second immediately. */
function stopOnSignals(running: FleetRun, progress: Progress): () => boolean {
  let signals = 0;
  const onSignal = () => {
    signals++;
    if (signals > 2) return;
    if (signals === 1) {
      running.stop();
      progress.line('Stopping after the running stacks finish. Press Ctrl-C again to stop now.');
      return;
    }
    void running.kill().then(() => {
      progress.line('Stopped. The next run goes on from here.');
      progress.close();
      process.exit(EXIT.interrupted);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  return () => signals > 0;
}

function isDone({ stacks, notBegun }: FleetResult): boolean {
  const isBad = ({ status }: { status: string }) => status === 'failed' || status === 'not-reached';
  return notBegun.length === 0 && !stacks.some((stack) => isBad(stack) || stack.customers.some(isBad));
}

/** Asks for confirmation of `destroy`. @throws UsageError if stdin is no terminal */
async function agreed(operation: Operation, rosterPath: string, { yes }: RunFlags): Promise<boolean> {
  if (operation !== 'destroy' || yes) return true;
  if (!process.stdin.isTTY) throw new UsageError('destroy deletes the whole fleet: repeat the command with --yes.');
  return agrees(`Delete all customers of ${rosterPath}?`);
}
