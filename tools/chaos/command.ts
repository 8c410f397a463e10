import { setTimeout as sleep } from 'node:timers/promises';
import type { Backend } from './backend.ts';
import type { Blow, BlowKind, Disturbances } from './faults.ts';
import { type Ended, end, type Running, start, strike } from './processes.ts';
import type { CuttingProxy, Watcher } from './proxy.ts';

/** Seconds after which a command counts as hanging. */
const LONGEST = 300;
/** POST requests that change nothing. */
const HARMLESS = /\/validate$|\/actions\/|consentMove/;

/** The end of a disturbed command. */
export interface Outlived extends Ended {
  /** True if the command had to be killed because it did not end. */
  hung: boolean;
  seconds: number;
}

/** Runs pulumi, disturbs its processes and the simulator, and makes the proxy cut connections. */
export class Battlefield {
  /** Number of disturbances by kind. */
  readonly met = new Map<BlowKind, number>();

  readonly #marks: string[] = [];
  readonly #backend: Backend;
  readonly #proxy: CuttingProxy;

  constructor(backend: Backend, proxy: CuttingProxy) {
    this.#backend = backend;
    this.#proxy = proxy;
  }

  /** Runs a pulumi command. Processes that outlive a killed pulumi continue until {@link endOrphans}. */
  async run(args: string[], cwd: string, env: NodeJS.ProcessEnv, { cuts, blows }: Disturbances): Promise<Outlived> {
    const begun = Date.now();
    const pulumi = start('pulumi', args, cwd, env);
    const fallen: Promise<unknown>[] = [];
    const failed: unknown[] = [];
    const fall = (blow: Blow) => {
      fallen.push(this.#fall(blow, pulumi).catch((error: unknown) => failed.push(error)));
    };
    this.#proxy.expect(cuts);
    this.#proxy.watcher = new Sentinel(blows, fall);
    let over = false;
    for (const blow of blows) {
      if ('milliseconds' in blow.moment) setTimeout(() => over || fall(blow), blow.moment.milliseconds);
    }
    let hung = false;
    const patience = setTimeout(() => {
      hung = true;
      strike(pulumi.mark, 'SIGKILL', () => true);
    }, LONGEST * 1000);
    const ended = await pulumi.ended;
    over = true;
    clearTimeout(patience);
    this.#proxy.watcher = undefined;
    await Promise.all(fallen);
    if (failed.length > 0) throw failed[0];
    this.#marks.push(pulumi.mark);
    this.#proxy.expect([]);
    return { ...ended, hung, seconds: (Date.now() - begun) / 1000 };
  }

  /** Kills the remaining processes of all commands so far. */
  endOrphans(): void {
    for (const mark of this.#marks.splice(0)) end(mark);
  }

  async #fall(blow: Blow, pulumi: Running): Promise<void> {
    const { kind, pause } = blow;
    if ((await this.#hit(kind, pause, pulumi)) > 0) this.met.set(kind, (this.met.get(kind) ?? 0) + 1);
  }

  /** @returns the number of disturbed processes */
  async #hit(kind: BlowKind, pause: number, { pid, mark }: Running): Promise<number> {
    switch (kind) {
      case 'crash':
        return strike(mark, 'SIGKILL', () => true);
      case 'kill -9 of pulumi':
        return strike(mark, 'SIGKILL', (_, member) => member === pid);
      case 'kill -9 of the plugin':
        return strike(mark, 'SIGKILL', (command) => /^\S*node .*dynamic-provider/.test(command));
      case 'SIGINT':
        return strike(mark, 'SIGINT', (_, member) => member === pid);
      case 'SIGINT twice': {
        const met = strike(mark, 'SIGINT', (_, member) => member === pid);
        await sleep(pause);
        strike(mark, 'SIGINT', (_, member) => member === pid);
        return met;
      }
      case 'simulator restarts':
      case 'kill -9 of the simulator':
        if (!this.#backend.isThere) return 0;
        await this.#backend.stop(kind === 'simulator restarts' ? 'SIGTERM' : 'SIGKILL');
        await sleep(pause);
        await this.#backend.start();
        return 1;
    }
  }
}

/** Watches the requests at the proxy, and starts disturbances at their request or write. */
class Sentinel implements Watcher {
  #requests = 0;
  #writes = 0;
  #open: Blow[];
  /** Disturbances that wait for the answer of a forwarded request. */
  readonly #after = new Map<string, Blow[]>();

  readonly #fall: (blow: Blow) => void;

  constructor(blows: readonly Blow[], fall: (blow: Blow) => void) {
    this.#fall = fall;
    this.#open = blows.filter(({ moment }) => !('milliseconds' in moment));
  }

  request(method: string, path: string): boolean {
    this.#requests += 1;
    if (isWrite(method, path)) this.#writes += 1;
    const due = this.#open.filter(({ moment }) => this.#isDue(moment, isWrite(method, path)));
    this.#open = this.#open.filter((blow) => !due.includes(blow));
    const now = due.filter(({ moment }) => 'when' in moment && moment.when === 'before');
    const later = due.filter((blow) => !now.includes(blow));
    if (later.length > 0) this.#after.set(`${method} ${path}`, later);
    for (const blow of now) this.#fall(blow);
    return now.some(withoutAnswer);
  }

  answer(method: string, path: string): boolean {
    const due = this.#after.get(`${method} ${path}`) ?? [];
    this.#after.delete(`${method} ${path}`);
    for (const blow of due) this.#fall(blow);
    return due.some(withoutAnswer);
  }

  #isDue(moment: Blow['moment'], write: boolean): boolean {
    if ('request' in moment) return moment.request === this.#requests;
    return 'write' in moment && write && moment.write === this.#writes;
  }
}

/**
 * After Ctrl-C, pulumi still gets the answers of running requests. A killed pulumi gets none, and a killed simulator
 * sends none.
 */
function withoutAnswer({ kind }: Blow): boolean {
  return kind !== 'SIGINT' && kind !== 'SIGINT twice';
}

function isWrite(method: string, path: string): boolean {
  return method !== 'GET' && !HARMLESS.test(path.split('?')[0] ?? '');
}
