import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Backend } from './backend.ts';
import { Battlefield } from './command.ts';
import { differences, recordDifferences } from './comparison.ts';
import type { Actual } from './expectation.ts';
import { type Disturbances, LONG_DELAY_MS } from './faults.ts';
import { calm, type Operation, type Plan, type Round } from './plan.ts';
import { programOf } from './program.ts';
import { CuttingProxy } from './proxy.ts';
import { Workspace } from './workspace.ts';
import type { Unlinked, World } from './world.ts';

/** How often `pulumi up` may be run without faults until everything is as declared. */
const TRIES = 3;

/** What a run found. */
export interface RunReport {
  seed: number;
  /** What is not as it must be; empty when all is well. */
  violations: string[];
  /** How often each kind of fault was injected. */
  faults: Map<string, number>;
  /** How many pulumi commands were run, by name. */
  commands: Map<string, number>;
  /** How many calm `up`s it took at most. */
  tries: number;
  seconds: number;
  /** Where everything of the run lies. */
  folder: string;
}

/** Carries out plans: a program with faults, and what must be true when they are over. */
export class ChaosRun {
  readonly #violations: string[] = [];
  readonly #commands = new Map<string, number>();
  readonly #backend: Backend;
  readonly #proxy: CuttingProxy;
  readonly #battlefield: Battlefield;
  readonly #log: string;
  #tries = 0;
  #uncheckpointed = 0;

  private readonly plan: Plan;
  private readonly workspace: Workspace;

  private constructor(plan: Plan, workspace: Workspace) {
    this.plan = plan;
    this.workspace = workspace;
    this.#backend = new Backend(workspace.database, plan.provisioningSeconds);
    this.#proxy = new CuttingProxy(() => this.#backend.port);
    this.#battlefield = new Battlefield(this.#backend, this.#proxy);
    this.#log = path.join(workspace.folder, 'log.txt');
  }

  /** Carries out a plan. */
  static async of(plan: Plan): Promise<RunReport> {
    const begun = Date.now();
    const run = new ChaosRun(plan, await Workspace.make(plan.seed));
    try {
      await run.#start();
      await run.#rounds();
    } catch (error) {
      run.#violations.push(`the run itself failed: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
    } finally {
      run.#battlefield.endOrphans();
      await run.#proxy.stop();
      await run.#backend.stop('SIGKILL');
    }
    return run.#report((Date.now() - begun) / 1000);
  }

  async #start(): Promise<void> {
    await this.#backend.start();
    await this.#proxy.start();
  }

  async #rounds(): Promise<void> {
    for (const [index, round] of this.plan.rounds.entries()) {
      this.#say(`round ${index + 1}: ${round.changes.join(', ')}`);
      this.workspace.setImpatient(true);
      for (const operation of round.operations) await this.#operate(operation, round);
      await this.#quiet(round);
      if (round.settles && !(await this.#settle(round))) return;
    }
    const last = this.plan.rounds.at(-1);
    if (last === undefined) return;
    await this.#holds();
    await this.#farewell(last);
  }

  /** A command under faults. How it ends is of no interest, only that it ends. */
  async #operate(operation: Operation, { world }: Round): Promise<void> {
    this.workspace.setProgram(programOf(world, operation.twice));
    if (operation.skipCheckpoints) this.#uncheckpointed += 1;
    const skip = { PULUMI_SKIP_CHECKPOINTS: 'true', PULUMI_EXPERIMENTAL: 'true' };
    const args = [
      ...(operation.previews ? [] : ['--skip-preview']),
      ...(operation.refresh ? ['--refresh'] : []),
      ...(operation.parallel === undefined ? [] : ['--parallel', String(operation.parallel)]),
    ];
    await this.#pulumi(operation.command, args, operation.disturbances, operation.skipCheckpoints ? skip : {});
    if (!operation.orphansLive) this.#battlefield.endOrphans();
  }

  /** The faults end. What the simulator still holds back is waited for, and Webex does its part. */
  async #quiet({ operations }: Round): Promise<void> {
    this.#battlefield.endOrphans();
    await this.#backend.calmDown();
    const slow = operations.some(({ disturbances: { faults } }) => faults.some(({ delayMs = 0 }) => delayMs > 1000));
    if (slow) await sleep(LONG_DELAY_MS);
  }

  /** Runs without faults until backend and program are the same. @returns whether they are */
  async #settle({ world, unlinked, refresh, previews }: Round): Promise<boolean> {
    const args = [...(previews ? [] : ['--skip-preview']), ...(refresh ? ['--refresh'] : [])];
    this.workspace.setImpatient(false);
    this.workspace.setProgram(programOf(world));
    let found: string[] = [];
    for (let tries = 1; tries <= TRIES; tries++) {
      await this.#backend.heal();
      const { code, output } = await this.#pulumi('up', args, calm());
      await this.#backend.heal();
      const actual = await this.#actual();
      found = [
        ...(code === 0 ? [] : [`pulumi up failed: ${errorsIn(output)}`]),
        ...differences(actual, world, unlinked),
        ...recordDifferences(actual, world, this.workspace.recorded()),
      ];
      this.#tries = Math.max(this.#tries, tries);
      if (found.length === 0) return true;
    }
    this.#violations.push(...found.map((text) => `after ${TRIES} pulumi up without faults: ${text}`));
    return false;
  }

  /** One more `up` changes nothing, and sends no write. */
  async #holds(): Promise<void> {
    await this.#backend.control('DELETE', '/requests');
    const { code, output } = await this.#pulumi('up', ['--skip-preview'], calm());
    const { writes } = (await this.#backend.control('GET', '/requests')) as { writes: number };
    if (code !== 0) this.#violations.push(`one more pulumi up failed: ${errorsIn(output)}`);
    const changed = /^\s+(?:[-+~><=]+ )?\d+ (?:created|updated|deleted|replaced)/m.exec(output)?.[0]?.trim();
    if (changed !== undefined) this.#violations.push(`one more pulumi up changed something: ${changed}`);
    if (writes > 0) this.#violations.push(`one more pulumi up sent ${writes} write(s)`);
  }

  /** Nothing is left after `destroy`, even where the first one was disturbed. */
  async #farewell({ world, unlinked }: Round): Promise<void> {
    const none: World = { templates: [], customers: [], locations: [], users: [] };
    const rest: Unlinked = {
      people: [...unlinked.people, ...unlinkedPeople(world)],
      organizations: [
        ...unlinked.organizations,
        ...world.customers.filter(({ removal }) => removal === 'unlink').map(({ name }) => name),
      ],
    };
    const { farewell } = this.plan;
    if (farewell.blows.length + farewell.cuts.length + farewell.faults.length > 0) {
      await this.#pulumi('destroy', ['--skip-preview'], farewell);
      this.#battlefield.endOrphans();
      await this.#backend.calmDown();
      await sleep(LONG_DELAY_MS);
    }
    let found: string[] = [];
    for (let tries = 1; tries <= TRIES; tries++) {
      const { code, output } = await this.#pulumi('destroy', ['--skip-preview'], calm());
      const actual = await this.#actual();
      found = [
        ...(code === 0 ? [] : [`pulumi destroy failed: ${errorsIn(output)}`]),
        ...differences(actual, none, rest),
      ];
      if (found.length === 0) return;
    }
    this.#violations.push(...found.map((text) => `after ${TRIES} pulumi destroy without faults: ${text}`));
  }

  async #pulumi(command: string, args: string[], disturbances: Disturbances, more: NodeJS.ProcessEnv = {}) {
    const { workspace } = this;
    const env = workspace.environment(this.#proxy.port, more);
    if (workspace.isLocked()) await this.#battlefield.run(['cancel', '--yes'], workspace.folder, env, calm());
    await this.#backend.disturb(disturbances.faults, disturbances.outcomes);
    this.#backend.expect(disturbances.outcomes);
    const whole = [command, '--yes', '--non-interactive', '--color=never', ...args];
    const ended = await this.#battlefield.run(whole, workspace.folder, env, disturbances);
    this.#commands.set(command, (this.#commands.get(command) ?? 0) + 1);
    const end = ended.signal ?? `exit code ${ended.code}`;
    this.#say(
      `pulumi ${whole.join(' ')}: ${end}, ${ended.seconds.toFixed(1)} s, ${JSON.stringify(disturbances)}\n${ended.output}`,
    );
    if (ended.hung) this.#violations.push(`pulumi ${command} did not end by itself`);
    return ended;
  }

  async #actual(): Promise<Actual> {
    const actual = (await this.#backend.control('GET', '/state')) as Actual;
    const { tables } = (await this.#backend.control('GET', '/snapshot')) as {
      tables: Record<string, Record<string, unknown>[]>;
    };
    const callerIds = new Map((tables.locations ?? []).map((row) => [row.id, row.caller_id_name as string | null]));
    const locations = actual.locations.map((location) => ({
      ...location,
      callerIdName: callerIds.get(location.id) ?? null,
    }));
    return { ...actual, locations };
  }

  #say(text: string): void {
    appendFileSync(this.#log, `${text}\n\n`);
  }

  #report(seconds: number): RunReport {
    const faults = new Map<string, number>([...this.#backend.met, ...this.#proxy.met, ...this.#battlefield.met]);
    if (this.#uncheckpointed > 0) faults.set('without checkpoints', this.#uncheckpointed);
    const { seed } = this.plan;
    for (const violation of this.#violations) this.#say(`VIOLATION ${violation}`);
    if (this.#violations.length === 0) this.workspace.remove();
    const { folder } = this.workspace;
    return {
      seed,
      violations: this.#violations,
      faults,
      commands: this.#commands,
      tries: this.#tries,
      seconds,
      folder,
    };
  }
}

function unlinkedPeople({ customers, users }: World): string[] {
  const ofCustomers = customers.filter(({ removal }) => removal === 'unlink').map(({ primaryEmail }) => primaryEmail);
  return [...ofCustomers, ...users.filter(({ removal }) => removal === 'unlink').map(({ email }) => email)];
}

/** The error lines of pulumi's output. */
function errorsIn(output: string): string {
  const lines = output.split('\n').filter((line) => /^\s*(error|.*: error)\b/.test(line));
  return (lines.length > 0 ? lines : output.split('\n').slice(-5))
    .map((line) => line.trim())
    .join(' | ')
    .slice(0, 1500);
}
