import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Backend } from './backend.ts';
import { Battlefield, type Outlived } from './command.ts';
import type { Actual } from './expectation.ts';
import { calm, type Disturbances, LONG_DELAY_MS } from './faults.ts';
import { CuttingProxy } from './proxy.ts';
import type { Workspace } from './workspace.ts';

/** The environment of a run: the simulator, the proxy before it, pulumi in its folder, and a log. */
export class Stage {
  readonly backend: Backend;
  /** Number of pulumi commands by name. */
  readonly commands = new Map<string, number>();
  readonly #proxy: CuttingProxy;
  readonly #battlefield: Battlefield;
  readonly #workspace: Workspace;
  /** True if requests may be delayed since the last {@link quiet}. */
  #slow = false;

  constructor(workspace: Workspace, provisioningSeconds: number) {
    this.#workspace = workspace;
    this.backend = new Backend(workspace.database, provisioningSeconds);
    this.#proxy = new CuttingProxy(() => this.backend.port);
    this.#battlefield = new Battlefield(this.backend, this.#proxy);
  }

  async open(): Promise<void> {
    await this.backend.start();
    await this.#proxy.start();
  }

  async close(): Promise<void> {
    this.#battlefield.endOrphans();
    await this.#proxy.stop();
    await this.backend.stop('SIGKILL');
  }

  /** Runs a pulumi command under disturbances, after removing the lock of a killed one. */
  async pulumi(
    command: string,
    args: string[],
    disturbances: Disturbances = calm(),
    more: NodeJS.ProcessEnv = {},
  ): Promise<Outlived> {
    const env = this.#workspace.environment(this.#proxy.port, more);
    const { folder } = this.#workspace;
    if (this.#workspace.isLocked()) await this.#battlefield.run(['cancel', '--yes'], folder, env, calm());
    await this.backend.disturb(disturbances.faults, disturbances.outcomes);
    this.#slow ||= disturbances.faults.some(({ delayMs = 0 }) => delayMs > 1000);
    const whole = [command, '--yes', '--non-interactive', '--color=never', ...args];
    const ended = await this.#battlefield.run(whole, folder, env, disturbances);
    this.commands.set(command, (this.commands.get(command) ?? 0) + 1);
    const end = `${ended.signal ?? `exit code ${ended.code}`}, ${ended.seconds.toFixed(1)} s`;
    this.say(`pulumi ${whole.join(' ')}: ${end}, ${JSON.stringify(disturbances)}\n${ended.output}`);
    return ended;
  }

  /** Kills plugins that outlived their pulumi. */
  endOrphans(): void {
    this.#battlefield.endOrphans();
  }

  /** Removes the faults and waits for delayed requests. */
  async quiet(): Promise<void> {
    this.endOrphans();
    await this.backend.calmDown();
    if (this.#slow) await sleep(LONG_DELAY_MS);
    this.#slow = false;
  }

  /** The existing objects, from the control plane. */
  async actual(): Promise<Actual> {
    const actual = (await this.backend.control('GET', '/state')) as Actual;
    const { tables } = (await this.backend.control('GET', '/snapshot')) as { tables: Record<string, Row[]> };
    const callerIds = new Map((tables.locations ?? []).map((row) => [row.id, row.caller_id_name as string | null]));
    const locations = actual.locations.map((location) => {
      return { ...location, callerIdName: callerIds.get(location.id) ?? null };
    });
    return { ...actual, locations };
  }

  /** Number of injected faults by kind. */
  get faults(): Map<string, number> {
    return new Map([...this.backend.met, ...this.#proxy.met, ...this.#battlefield.met]);
  }

  /** Writes to the log of the run. */
  say(text: string): void {
    appendFileSync(path.join(this.#workspace.folder, 'log.txt'), `${text}\n\n`);
  }
}

type Row = Record<string, unknown>;
