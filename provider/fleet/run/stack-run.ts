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
import { openStack, unlockNewStack } from './workspace';

/** From so many changes on, writing the state after each of them costs more than Webex does (docs/fleet.md). */
const MANY_CHANGES = 30;

/** The fleet that a stack's run is a part of. */
export interface Fleet {
  tell(event: Extract<FleetEvent, { type: 'removing' | 'customer-finished' }>): void;
  /** Whether customers that are no longer in the roster may be deleted: not more than so many in a run. */
  mayRemove(externalIds: string[]): Promise<boolean>;
}

/** Does what a job asks with its stack. Never throws: what goes wrong is in the result. */
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
    // A run that was killed while it made the stack left a lock, and no stack.
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
    // Each operation starts Node.js for the provider and for the policies: a third of their time is compiling.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? path.join(job.folder, 'compile-cache'),
    ...(job.interrupted && LOOK_FIRST),
  };
}

/** The provider looks for an object before it creates it: after a run whose work wasn't recorded. */
const LOOK_FIRST = { [LOOK_FIRST_VARIABLE]: 'true' };

/** Where a stack that doesn't exist is previewed, so that a preview leaves nothing behind. */
function emptyBackend(folder: string): Record<string, string> {
  return { PULUMI_BACKEND_URL: pathToFileURL(folder).href, PULUMI_CONFIG_PASSPHRASE: 'nothing is kept' };
}

/** URNs of what is in the state of a stack. */
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
    if (command === 'preview') return this.result(planned, await this.outputs());
    const { events } = planned;
    if (events.operations === 0) return this.result(planned, { status: 'skipped', ...(await this.outputs()) });
    const removed = [...events.removed];
    if (removed.length > 0) {
      if (!(await this.fleet.mayRemove(removed))) return this.result({ events, error: tooManyRemoved(removed) });
      this.fleet.tell({ type: 'removing', stack: this.job.stack, externalIds: removed });
    }
    return this.updated(events);
  }

  /** Records what exists, and shows what differs. */
  private async adopted(): Promise<StackResult> {
    const { adopted, warnings, provisioningIds } = await this.timed('update', () =>
      adoptStack(this.job, this.stack, this.env),
    );
    const planned = await this.timed('preview', () => preview(this.job, this.stack, this.refused));
    planned.events.warnings.unshift(...warnings);
    return this.result(planned, { ...(await this.outputs()), adopted, provisioningIds });
  }

  private async updated({ operations, warnings }: EngineEvents): Promise<StackResult> {
    const skips = this.skipsCheckpoints(operations);
    const finished = (externalId: string, failed: boolean) =>
      this.fleet.tell({ type: 'customer-finished', stack: this.job.stack, externalId, failed });
    const done = await this.changing((stack) => update(this.job, stack, this.refused, finished));
    // What a policy advises was said in the preview.
    done.events.warnings.unshift(...warnings);
    return this.result(done, { checkpoints: !skips, ...(await this.outputs()) });
  }

  /** Lets Pulumi write its state at the end only, where that is wanted. */
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

  /** An operation that needs the stack's lock, which a killed run may have left behind. */
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

  /** Provisioning IDs, from the stack of the templates. */
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

function tooManyRemoved(externalIds: string[]): string {
  const { length } = externalIds;
  const named = `${externalIds.slice(0, 5).join(', ')}${length > 5 ? ', …' : ''}`;
  return (
    `${length === 1 ? '1 customer is' : `${length} customers are`} no longer in the roster (${named}), and would be deleted. ` +
    'That is more than --max-removals allows; if it is meant, repeat the command with a higher number'
  );
}
