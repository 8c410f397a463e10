import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Stack } from '@pulumi/pulumi/automation';
import { LOOK_FIRST_VARIABLE } from '../../resources/outcomes/post';
import type { TemplateEntry } from '../roster/schema';
import { adoptStack } from './adopt';
import { backendEnvironment } from './backend';
import { resultOf } from './customer-results';
import type { EngineEvents } from './engine-events';
import type { FleetEvent, StackJob, StackResult } from './jobs';
import { RefusedResources } from './leave-out-refused';
import { despiteLocks, isLocked, lockAdvice, mayRemoveLock } from './locks';
import { trimmedCommand } from './pulumi-cli';
import { pulumiError } from './pulumi-error';
import { destroy, type Operation, preview, refresh, update } from './pulumi-operations';
import type { RemovedCustomer } from './removals';
import { openStack, unlockNewStack } from './workspace';

/** Number of changes above which a write of the state after each step costs more than Webex does (docs/fleet.md). */
const MANY_CHANGES = 30;

/** The part of the fleet that a stack's run uses. */
export interface Fleet {
  report(event: Extract<FleetEvent, { type: 'removing' | 'customer-finished' }>): void;
  /** Why these customers, which the roster no longer has, may not be deleted; undefined if they may. */
  refusal(removed: readonly RemovedCustomer[]): Promise<string | undefined>;
}

/** Runs the command of a job on its stack. Never throws: the result contains the errors. */
export async function runStack(job: StackJob, fleet: Fleet): Promise<StackResult> {
  const temporary =
    job.command === 'preview' && !job.exists ? mkdtempSync(path.join(os.tmpdir(), 'webex-fleet-')) : undefined;
  try {
    const real = temporary === undefined ? job : { ...job, folder: temporary };
    const env = { ...environment(job), ...(temporary !== undefined && emptyBackend(temporary)) };
    const command = await trimmedCommand({ outputs: job.templates !== undefined });
    const refused = new RefusedResources(job, () => urnsIn(stack));
    let { exists } = job;
    const open = () => openStack({ ...real, exists }, command, env, (key) => refused.leavesOut(key));
    // A run that was killed while it created the stack has left a lock without a stack.
    const make = () =>
      despiteLocks(open, job, async () => {
        await unlockNewStack(real, env);
        exists = true;
      });
    const stack: Stack = await (exists ? open() : make());
    return await new StackRun(job, stack, fleet, refused, env).run();
  } catch (error) {
    return resultOf(job, { error: pulumiError(error) });
  } finally {
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
  }
}

function environment(job: StackJob): Record<string, string> {
  return {
    ...backendEnvironment(),
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    // Each operation starts Node.js for the provider and the policies. Compiling takes a third of their time.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? path.join(job.folder, 'compile-cache'),
    ...(job.interrupted && LOOK_FIRST),
  };
}

/** Makes the provider look for each object before it creates one, because the state of a killed run may lack it. */
const LOOK_FIRST = { [LOOK_FIRST_VARIABLE]: 'true' };

/** A temporary backend for the preview of a stack that doesn't exist, so that the preview creates no stack. */
function emptyBackend(folder: string): Record<string, string> {
  return { PULUMI_BACKEND_URL: pathToFileURL(folder).href, PULUMI_CONFIG_PASSPHRASE: 'nothing is kept' };
}

/** URNs of the resources in a stack's state. */
async function urnsIn(stack: Stack): Promise<string[]> {
  const { resources = [] } = (await stack.exportStack()).deployment as { resources?: { urn: string }[] };
  return resources.map(({ urn }) => urn);
}

class StackRun {
  private readonly seconds = { preview: 0, update: 0 };

  constructor(
    private readonly job: StackJob,
    private readonly stack: Stack,
    private readonly fleet: Fleet,
    private readonly refused: RefusedResources,
    private readonly env: Record<string, string>,
  ) {}

  async run(): Promise<StackResult> {
    const { command } = this.job;
    if (command === 'refresh') return this.result(await this.changing((stack) => refresh(this.job, stack)));
    if (command === 'destroy') return this.destroyed();
    if (command === 'adopt') return this.adopted();
    const planned = await this.timed('preview', () => preview(this.job, this.stack, this.refused));
    if (planned.error !== undefined) return this.result(planned);
    const { events } = planned;
    const removed = [...events.removed.values()];
    const error = removed.length > 0 ? await this.fleet.refusal(removed) : undefined;
    // What an update would have changed was not reached.
    if (error !== undefined) return this.result(command === 'preview' ? { events, error } : { error });
    if (command === 'preview') return this.result(planned, await this.outputs());
    if (events.operations === 0) return this.result(planned, { status: 'skipped', ...(await this.outputs()) });
    if (removed.length > 0) {
      const externalIds = removed.map(({ externalId }) => externalId);
      this.fleet.report({ type: 'removing', stack: this.job.stack, externalIds });
    }
    return this.updated(events);
  }

  /** Adds existing objects to the state, and previews the differences. */
  private async adopted(): Promise<StackResult> {
    const adopt = () => adoptStack(this.job, this.stack, this.env);
    const { adopted, warnings, provisioningIds } = await this.timed('update', () =>
      despiteLocks(adopt, this.job, () => this.stack.cancel()),
    );
    const planned = await this.timed('preview', () => preview(this.job, this.stack, this.refused));
    planned.events.warnings.unshift(...warnings);
    return this.result(planned, { ...(await this.outputs()), adopted, provisioningIds });
  }

  private async updated({ operations, warnings }: EngineEvents): Promise<StackResult> {
    const skips = this.skipsCheckpoints(operations);
    const finished = (externalId: string, failed: boolean) =>
      this.fleet.report({ type: 'customer-finished', stack: this.job.stack, externalId, failed });
    const done = await this.changing((stack) => update(this.job, stack, this.refused, finished));
    // Advisory policies gave their warnings in the preview.
    done.events.warnings.unshift(...warnings);
    return this.result(done, { checkpoints: !skips, ...(await this.outputs()) });
  }

  /** Makes Pulumi write its state only at the end, if the option `checkpoints` asks for it. */
  private skipsCheckpoints(operations: number): boolean {
    const { checkpoints } = this.job;
    const skips = checkpoints === 'never' || (checkpoints === 'auto' && operations > MANY_CHANGES);
    if (skips) this.set({ PULUMI_SKIP_CHECKPOINTS: 'true' });
    return skips;
  }

  private async destroyed(): Promise<StackResult> {
    this.skipsCheckpoints(Number.POSITIVE_INFINITY);
    const done = await this.changing((stack) => destroy(this.job, stack));
    if (done.error === undefined && done.events.problems.size === 0) {
      await this.stack.workspace.removeStack(this.job.stack);
    }
    return this.result(done);
  }

  /** Runs an operation that needs the stack's lock, and removes the lock of a killed run if that is allowed. */
  private async changing(run: (stack: Stack) => Promise<Operation>): Promise<Operation> {
    const first = await this.timed('update', () => run(this.stack));
    if (first.error === undefined || !isLocked(first.error)) return first;
    if (!mayRemoveLock(first.error, this.job)) return { ...first, error: lockAdvice(first.error) };
    await this.stack.cancel();
    this.set(LOOK_FIRST);
    return this.timed('update', () => run(this.stack));
  }

  private set(env: Record<string, string>): void {
    this.stack.workspace.envVars = { ...this.stack.workspace.envVars, ...env };
  }

  /** Provisioning IDs from the outputs of the templates' stack. */
  private async outputs(): Promise<Pick<StackResult, 'provisioningIds'>> {
    const isManaged = ([, { provisioningId }]: [string, TemplateEntry]) => provisioningId === undefined;
    if (!this.job.templates?.some(isManaged)) return {};
    const outputs = await this.stack.outputs();
    const ids = Object.entries(outputs).flatMap(([name, { value }]) =>
      typeof value === 'string' && value !== '' ? [[name, value]] : [],
    );
    return { provisioningIds: Object.fromEntries(ids) };
  }

  private async timed<T>(part: 'preview' | 'update', run: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await run();
    } finally {
      this.seconds[part] += (performance.now() - start) / 1000;
    }
  }

  private result(operation: Partial<Operation>, more: Partial<StackResult> = {}): StackResult {
    return { ...resultOf(this.job, operation, this.refused.problems), seconds: this.seconds, ...more };
  }
}
