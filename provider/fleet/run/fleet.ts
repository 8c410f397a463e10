import { MOST_IN_FLIGHT } from '../../webex/pacing/pacer';
import type { Roster } from '../roster/load';
import { privateFolder } from './folder';
import { InterruptedRuns } from './interrupted-runs';
import type { Command, FleetEvent, FleetListener, StackJob, StackResult } from './jobs';
import { completeOptions, type FleetOptions } from './options';
import { PacerServer } from './pacer-server';
import { existingStacks, type Plan, planOf, provisioningIds, recordedIds } from './plan';
import { Pool } from './pool';
import { Removals } from './removals';
import { recorded, stackCount } from './stacks';

/** The result of a fleet's run. */
export interface FleetResult {
  stacks: StackResult[];
  /** Stacks that were not started because the run was stopped. */
  notBegun: StackJob[];
  /** Number of requests sent to Webex, including retries. */
  requests: number;
}

/** A running fleet. */
export interface FleetRun {
  result: Promise<FleetResult>;
  /** Starts no further stack. Running stacks finish. */
  stop(): void;
  /** Ends all running processes immediately. */
  kill(): Promise<void>;
  /** Number of requests sent to Webex in the last minute. */
  requestsLastMinute(): number;
}

/**
 * Runs a fleet: the templates, then each customer's stack, several at once.
 * @throws OptionError where policies are missing; StackCountError; Error where Pulumi or its backend can't be used. In
 * each case nothing was started.
 *
 * @example
 * const running = await runFleet(loadRoster('roster.yaml'), { command: 'preview' }, ({ type }) => console.log(type));
 * const { stacks } = await running.result;
 */
export async function runFleet(roster: Roster, given: FleetOptions, listener: FleetListener): Promise<FleetRun> {
  const options = completeOptions(roster, given);
  const { folder, shard, parallelStacks } = options;
  privateFolder(folder);
  const known = recorded(await existingStacks(roster, folder));
  const count = stackCount(roster, known);
  const record =
    options.command === 'preview' ? undefined : new InterruptedRuns(folder, `${shard.index}-of-${shard.count}`);
  const plan = planOf(roster, options, known, count, record?.interrupted ?? new Set());
  const managed = [...roster.templates.values()].some(({ provisioningId }) => provisioningId === undefined);
  const earlier = managed && !plan.templates ? await recordedIds(roster, folder, known) : {};
  listener({ type: 'planned', customers: customersOf(plan.jobs), stacks: plan.jobs.length, ofStacks: count });

  const pacer = await PacerServer.start(inFlightOf(roster, parallelStacks));
  const results = new StackResults(listener, record);
  const removals = new Removals(roster.customers, options.maxRemovals);
  const pool = new Pool(
    parallelStacks,
    { ...process.env, ...pacer.environment },
    (event) => results.add(event),
    (removed) => removals.refusal(removed, options.command === 'preview'),
  );
  const work = async (): Promise<FleetResult> => {
    try {
      await runPlan(plan, roster, options.command, earlier, pool, results);
    } finally {
      await pacer.stop();
    }
    return { stacks: results.done, notBegun: results.notBegun(plan.jobs), requests: pacer.requests };
  };
  return {
    result: work(),
    stop: () => pool.stop(),
    kill: () => pool.kill(),
    requestsLastMinute: () => pacer.requestsLastMinute(),
  };
}

/** Creates templates before the customers that use them, and deletes them after those customers. */
async function runPlan(
  { templates, jobs }: Plan,
  roster: Roster,
  command: Command,
  earlier: Record<string, string>,
  pool: Pool,
  { done }: StackResults,
): Promise<void> {
  const before = templates && command !== 'destroy';
  if (before) await pool.run([templates]);
  const result = before ? done.at(-1) : undefined;
  // Customers need the templates. A customer that its program omits would be deleted.
  if (result?.error !== undefined) return;
  const isProgram = command === 'preview' || command === 'up' || command === 'adopt';
  const outputs = { ...earlier, ...result?.provisioningIds };
  const ids = isProgram ? provisioningIds(roster, outputs, command !== 'up') : {};
  await pool.run(jobs.map((job) => ({ ...job, provisioningIds: ids })));
  if (templates && command === 'destroy' && done.every(({ error }) => error === undefined)) await pool.run([templates]);
}

/** Collects the results of the stacks, records which stacks are being worked on, and forwards events. */
class StackResults {
  readonly done: StackResult[] = [];
  private readonly begun = new Set<string>();

  constructor(
    private readonly listener: FleetListener,
    private readonly record: InterruptedRuns | undefined,
  ) {}

  add(event: FleetEvent): void {
    if (event.type === 'stack-started') {
      this.begun.add(event.job.stack);
      this.record?.begun(event.job.stack);
    }
    if (event.type === 'stack-ended') {
      this.record?.ended(event.result.stack, event.result.error === undefined);
      this.done.push(event.result);
    }
    this.listener(event);
  }

  notBegun(jobs: readonly StackJob[]): StackJob[] {
    return jobs.filter(({ stack }) => !this.begun.has(stack));
  }
}

/** Most simultaneous requests of all stacks together. Default: the default of one stack, times the stacks at once. */
function inFlightOf({ settings }: Roster, parallelStacks: number): number {
  return Number(settings.maxRequestsInFlight) || MOST_IN_FLIGHT * parallelStacks;
}

function customersOf(jobs: readonly StackJob[]): number {
  return jobs.reduce((sum, { customers }) => sum + customers.length, 0);
}
