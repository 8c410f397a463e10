import { differences, idsOf, recordDifferences } from './comparison.ts';
import type { Actual } from './expectation.ts';
import type { Operation, Plan, Round } from './plan.ts';
import { programOf } from './program.ts';
import { Stage } from './stage.ts';
import { DOCUMENTED } from './weather.ts';
import { Workspace } from './workspace.ts';
import type { Unlinked, World } from './world.ts';

/** Most runs of `pulumi up` without faults until everything must be as declared. */
const TRIES = 3;
const WITHOUT_CHECKPOINTS = { PULUMI_SKIP_CHECKPOINTS: 'true', PULUMI_EXPERIMENTAL: 'true' };

/** The result of a run. */
export interface RunReport {
  seed: number;
  /** The violations that were found. */
  violations: string[];
  /** Number of injected faults by kind. */
  faults: Map<string, number>;
  /** Number of pulumi commands by name. */
  commands: Map<string, number>;
  /** Largest number of `up`s without faults that a round needed. */
  tries: number;
  seconds: number;
  /** The folder of the run, which is kept if there are violations. */
  folder: string;
}

/** Runs a plan, and checks after its faults what must be true. */
export async function carryOut(plan: Plan): Promise<RunReport> {
  const begun = Date.now();
  const workspace = await Workspace.make(plan.seed);
  const stage = new Stage(workspace, plan.provisioningSeconds);
  const run = new ChaosRun(plan, workspace, stage);
  try {
    await stage.open();
    await run.play();
  } catch (error) {
    run.violations.push(`the run itself failed: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
  } finally {
    await stage.close();
  }
  const { violations, tries } = run;
  for (const violation of violations) stage.say(`VIOLATION ${violation}`);
  if (violations.length === 0) workspace.remove();
  const { faults, commands } = stage;
  const unrecorded = plan.rounds.flatMap(({ operations }) => operations).filter((one) => one.skipCheckpoints).length;
  faults.set('without checkpoints', unrecorded);
  faults.set('program in other weather', plan.rounds.filter(({ weather }) => weather !== DOCUMENTED).length);
  const seconds = (Date.now() - begun) / 1000;
  return { seed: plan.seed, violations, faults, commands, tries, seconds, folder: workspace.folder };
}

class ChaosRun {
  readonly violations: string[] = [];
  tries = 0;
  readonly #plan: Plan;
  readonly #workspace: Workspace;
  readonly #stage: Stage;
  /** IDs of the objects by key, when everything was last settled. */
  #ids = new Map<string, string>();

  constructor(plan: Plan, workspace: Workspace, stage: Stage) {
    this.#plan = plan;
    this.#workspace = workspace;
    this.#stage = stage;
  }

  async play(): Promise<void> {
    for (const [index, round] of this.#plan.rounds.entries()) {
      this.#stage.say(`round ${index + 1}: ${round.changes.join(', ')}; weather ${JSON.stringify(round.weather)}`);
      await this.#stage.backend.setWeather(round.weather);
      this.#workspace.setImpatient(true);
      for (const operation of round.operations) await this.#operate(operation, round);
      await this.#stage.quiet();
      if (round.settles && !(await this.#settle(round))) return;
    }
    const last = this.#plan.rounds.at(-1);
    if (last === undefined) return;
    if (last.settles) await this.#holds();
    await this.#farewell(last);
  }

  /** Runs a command under faults. Its exit code is ignored, but it must end. */
  async #operate(operation: Operation, { world }: Round): Promise<void> {
    const { command, twice, disturbances, previews, refresh, parallel, skipCheckpoints } = operation;
    this.#workspace.setProgram(programOf(world, twice));
    const args = [
      ...(previews ? [] : ['--skip-preview']),
      ...(refresh ? ['--refresh'] : []),
      ...(parallel === undefined ? [] : ['--parallel', String(parallel)]),
    ];
    const code = await this.#pulumi(command, args, disturbances, skipCheckpoints ? WITHOUT_CHECKPOINTS : {});
    if (twice !== undefined && code === 0)
      this.violations.push(`${twice} was declared twice, and that was not refused`);
    if (!operation.orphansLive) this.#stage.endOrphans();
  }

  /** Runs `up` without faults until Webex and the program agree. @returns true if they do */
  async #settle(round: Round): Promise<boolean> {
    const { world, unlinked, refresh, previews } = round;
    const args = previews ? [] : ['--skip-preview'];
    this.#workspace.setImpatient(false);
    this.#workspace.setProgram(programOf(world));
    let found: string[] = [];
    for (let tries = 1; tries <= TRIES; tries++) {
      this.tries = Math.max(this.tries, tries);
      await this.#stage.backend.heal();
      const failed = await this.#calmly('up', refresh && tries > 1 ? [...args, '--refresh'] : args);
      await this.#stage.backend.heal();
      const actual = await this.#stage.actual();
      found = [
        ...failed,
        ...differences(actual, world, unlinked),
        ...recordDifferences(actual, world, this.#workspace.recorded()),
      ];
      if (found.length === 0) {
        this.#sameAsBefore(actual, round);
        return true;
      }
    }
    this.violations.push(...found.map((text) => `after ${TRIES} pulumi up without faults: ${text}`));
    return false;
  }

  /** Checks that objects that had to stay were not deleted and created again. */
  #sameAsBefore(actual: Actual, { world, kept }: Round): void {
    const before = this.#ids;
    this.#ids = idsOf(actual, world);
    const others = kept.filter((key) => before.has(key) && before.get(key) !== this.#ids.get(key));
    this.violations.push(...others.map((key) => `${key} was deleted and created anew`));
  }

  /** Checks that another `up` changes nothing and sends no write. */
  async #holds(): Promise<void> {
    await this.#stage.backend.control('DELETE', '/requests');
    const { code, output } = await this.#stage.pulumi('up', ['--skip-preview']);
    const { writes } = (await this.#stage.backend.control('GET', '/requests')) as { writes: number };
    if (code !== 0) this.violations.push(`one more pulumi up failed: ${errorsIn(output)}`);
    const changed = /^\s+(?:[-+~><=]+ )?\d+ (?:created|updated|deleted|replaced)/m.exec(output)?.[0]?.trim();
    if (changed !== undefined) this.violations.push(`one more pulumi up changed something: ${changed}`);
    if (writes > 0) this.violations.push(`one more pulumi up sent ${writes} write(s)`);
  }

  /** Checks that nothing is left after `destroy`, even if the first one was disturbed. */
  async #farewell({ world, unlinked }: Round): Promise<void> {
    const none: World = { templates: [], customers: [], locations: [], users: [] };
    const rest = withUnlinked(unlinked, world);
    const { farewell } = this.#plan;
    if (farewell.blows.length + farewell.cuts.length + farewell.faults.length > 0) {
      await this.#pulumi('destroy', ['--skip-preview'], farewell);
      await this.#stage.quiet();
    }
    let found: string[] = [];
    for (let tries = 1; tries <= TRIES; tries++) {
      const failed = await this.#calmly('destroy', ['--skip-preview']);
      found = [...failed, ...differences(await this.#stage.actual(), none, rest)];
      if (found.length === 0) return;
    }
    this.violations.push(...found.map((text) => `after ${TRIES} pulumi destroy without faults: ${text}`));
  }

  async #calmly(command: string, args: string[]): Promise<string[]> {
    const { code, hung, output } = await this.#stage.pulumi(command, args);
    if (hung) this.violations.push(`pulumi ${command} did not end by itself`);
    return code === 0 ? [] : [`pulumi ${command} failed: ${errorsIn(output)}`];
  }

  async #pulumi(...args: Parameters<Stage['pulumi']>): Promise<number | undefined> {
    const { code, hung } = await this.#stage.pulumi(...args);
    if (hung) this.violations.push(`pulumi ${args[0]} did not end by itself`);
    return code;
  }
}

/** The objects that stay when a world is destroyed. */
function withUnlinked({ people, organizations }: Unlinked, { customers, users }: World): Unlinked {
  const left = customers.filter(({ removal }) => removal === 'unlink');
  const emails = users.filter(({ removal }) => removal === 'unlink').map(({ email }) => email);
  return {
    people: [...people, ...left.map(({ primaryEmail }) => primaryEmail), ...emails],
    organizations: [...organizations, ...left.map(({ name }) => name)],
  };
}

/** The error lines of pulumi's output. */
function errorsIn(output: string): string {
  const lines = output.split('\n').filter((line) => /^\s*(error|.*: error)\b/.test(line));
  const shown = (lines.length > 0 ? lines : output.split('\n').slice(-5)).map((line) => line.trim());
  return shown.join(' | ').slice(0, 1500);
}
