import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { loadRoster } from '../roster/load';
import { type FleetResult, type FleetRun, runFleet } from '../run/fleet';
import { restack } from '../run/restack';
import { type CommandLine, UsageError } from './options';
import { duration, Progress } from './progress';
import { type ReportFacts, reportOf, writeReport } from './report';

/** Exit codes, as USAGE says them. */
export const CODE = { done: 0, failed: 1, wrong: 2, unusable: 3, interrupted: 130 };

type RestackLine = Extract<CommandLine, { command: 'restack' }>;
/** A command line that is about running a fleet. */
type RunLine = Extract<CommandLine, { options: object }>;

/** `fleet check`. @throws RosterError */
export function check(rosterPath: string): number {
  const { customers } = loadRoster(rosterPath);
  const users = customers.reduce((sum, customer) => sum + customer.users.length, 0);
  process.stdout.write(`${rosterPath}: ${customers.length} customers, ${users} users, nothing wrong\n`);
  return CODE.done;
}

/** `fleet restack`. @throws RosterError */
export async function moveCustomers({ roster: rosterPath, folder }: RestackLine): Promise<number> {
  const roster = loadRoster(rosterPath);
  try {
    await restack(roster, folder ?? defaultFolder(rosterPath, roster.name), (text) =>
      process.stdout.write(`${text}\n`),
    );
    return CODE.done;
  } catch (error) {
    process.stderr.write(`webex-wholesale: ${error instanceof Error ? error.message : String(error)}\n`);
    return CODE.unusable;
  }
}

/** The other commands. @throws RosterError */
export async function run(line: RunLine): Promise<number> {
  const roster = loadRoster(line.roster);
  const folder = line.folder ?? defaultFolder(line.roster, roster.name);
  const policyPacks = policyPacksFor(line);
  const startedAt = new Date();
  const screen = {
    write: (text: string) => void process.stdout.write(text),
    isTerminal: process.stdout.isTTY === true,
  };
  let running: FleetRun | undefined;
  const progress = new Progress(screen, () => running?.requestsLastMinute() ?? 0);
  for (const pack of policyPacks) progress.line(`policy pack ${pack}`);
  try {
    running = await runFleet(roster, { ...line.options, folder, policyPacks }, progress);
  } catch (error) {
    process.stderr.write(`webex-wholesale: ${error instanceof Error ? error.message : String(error)}\n`);
    return CODE.unusable;
  }
  const isInterrupted = stopOnSignals(running, progress);
  const result = await running.result.finally(() => progress.close());
  const interrupted = isInterrupted();
  const { shard } = line.options;
  const facts: ReportFacts = {
    command: line.command,
    fleet: roster.name,
    ...(shard && { shard: `${shard.index}/${shard.count}` }),
    startedAt: startedAt.toISOString(),
    seconds: (Date.now() - startedAt.getTime()) / 1000,
    exitCode: interrupted ? CODE.interrupted : isDone(result) ? CODE.done : CODE.failed,
    interrupted,
  };
  const report = reportOf(result, facts);
  if (line.report !== undefined) writeReport(report, line.report);
  const counts = Object.entries(report.totals.byStatus).map(([status, count]) => `${count} ${status}`);
  progress.line(`${counts.join(', ') || 'no customers'}; ${result.requests} requests, ${duration(facts.seconds)}`);
  return facts.exitCode;
}

/** Ctrl-C once ends the run when the stacks under way are done, twice at once. */
function stopOnSignals(running: FleetRun, progress: Progress): () => boolean {
  let signals = 0;
  const heard = () => {
    signals++;
    if (signals === 1) {
      running.stop();
      progress.line('stopping: the stacks under way are finished first; once more ends them at once');
      return;
    }
    running.kill();
    progress.close();
    progress.line('ended at once; the next run goes on from here');
    process.exit(CODE.interrupted);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, heard);
  return () => signals > 0;
}

function isDone({ stacks, notBegun }: FleetResult): boolean {
  const isBad = ({ status }: { status: string }) => status === 'failed' || status === 'not-reached';
  return notBegun.length === 0 && !stacks.some((stack) => isBad(stack) || stack.customers.some(isBad));
}

/** Beside the roster, out of the way of version control. */
function defaultFolder(rosterPath: string, name: string): string {
  const beside = statSync(rosterPath).isDirectory() ? rosterPath : path.dirname(rosterPath);
  const folder = path.resolve(beside, '.webex-wholesale');
  mkdirSync(folder, { recursive: true });
  const ignore = path.join(folder, '.gitignore');
  if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
  return path.join(folder, name);
}

/** What was asked for, or the project's own pack where it is installed beside the roster. */
function policyPacksFor({ options, roster, withoutPolicies }: RunLine): string[] {
  if (withoutPolicies) return [];
  if (options.policyPacks) return options.policyPacks;
  const { resolve } = createRequire(path.join(path.dirname(path.resolve(roster)), 'roster.js'));
  try {
    return [path.dirname(resolve('webex-wholesale-policy/package.json'))];
  } catch {
    return [];
  }
}

/** Asks before everything is deleted. @throws UsageError where nobody can be asked */
export async function agreed({ command, yes, roster }: RunLine): Promise<boolean> {
  if (command !== 'destroy' || yes) return true;
  if (!process.stdin.isTTY) throw new UsageError('destroy deletes the whole fleet: repeat the command with --yes.');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Delete all customers of ${roster}? Type yes: `);
  terminal.close();
  return answer.trim() === 'yes';
}
