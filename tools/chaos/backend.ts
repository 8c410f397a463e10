import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../setup/paths.mjs';
import type { Fault, Outcome } from './faults.ts';
import { DOCUMENTED, type Weather } from './weather.ts';

const PROGRAM = `${root}/simulator/bin/webex-wholesale-simulator.js`;
/** The simulator's default token. */
export const TOKEN = 'simulator-token';

/** The simulator as a process with its database in a file, so that it can be killed and restarted. */
export class Backend {
  #child: ChildProcess | undefined;
  #endWithUs: () => void = () => {};
  #port = 0;
  /** The requested faults, with the number of requests that each one may still hit. */
  #faults: { fault: Fault; left: number }[] = [];

  #weather: Weather = DOCUMENTED;

  /** Number of requests that each kind of fault has hit. */
  readonly met = new Map<string, number>();

  readonly #options: string[];

  constructor(database: string, provisioningSeconds: number) {
    this.#options = ['--database', database, '--provisioning-seconds', String(provisioningSeconds)];
  }

  get port(): number {
    return this.#port;
  }

  /** True while the process runs and is not being stopped. */
  get isThere(): boolean {
    return this.#child !== undefined;
  }

  /** Starts the process; a restart uses the same port and weather, and the remaining faults. */
  async start(): Promise<void> {
    const options = ['--port', String(this.#port), ...this.#options];
    const child = spawn(process.execPath, [PROGRAM, 'serve', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    this.#endWithUs = () => void child.kill('SIGKILL');
    process.on('exit', this.#endWithUs);
    for await (const line of createInterface({ input: child.stdout })) {
      const port = /^listening on http:\/\/[^:]+:(\d+)/.exec(line)?.[1];
      if (port === undefined) continue;
      this.#port = Number(port);
      child.stdout.resume();
      await this.setWeather(this.#weather);
      for (const { fault, left } of this.#faults) if (left > 0) await this.#send({ ...fault, count: left });
      return;
    }
    throw new Error('the simulator did not start');
  }

  /** Ends the process with a signal and waits for its end. */
  async stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined) return;
    if (child.exitCode === null && child.signalCode === null) {
      await this.#count().catch(() => {});
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill(signal);
      await ended;
    }
    process.off('exit', this.#endWithUs);
  }

  /** Adds faults. */
  async disturb(faults: readonly Fault[], outcomes: readonly Outcome[]): Promise<void> {
    for (const fault of faults) {
      this.#faults.push({ fault, left: fault.count });
      await this.#send(fault);
    }
    for (const outcome of outcomes) await this.control('POST', '/outcomes', outcome);
    for (const { status, times } of outcomes) this.#meet(status, times);
  }

  /** Sets the weather. */
  async setWeather(weather: Weather): Promise<void> {
    this.#weather = weather;
    await this.control('PUT', '/weather', weather);
  }

  /** Removes all faults. */
  async calmDown(): Promise<void> {
    await this.#count();
    this.#faults = [];
    await this.control('DELETE', '/faults');
  }

  /**
   * Settles everything that Webex decides by itself: removes faults, passes reviews, waits for changes in progress, and
   * lets users consent.
   */
  async heal(): Promise<void> {
    const snapshot = (await this.control('GET', '/snapshot')) as { tables: Record<string, Record<string, unknown>[]> };
    // Faults that are left have hit no request.
    for (const outcome of snapshot.tables.outcomes ?? []) this.#meet(statusOf(outcome), -Number(outcome.times));
    if ((snapshot.tables.outcomes ?? []).length > 0) {
      snapshot.tables.outcomes = [];
      await this.control('PUT', '/snapshot', snapshot);
    }
    await this.#settleCustomers();
    const { subscribers } = (await this.control('GET', '/state')) as State;
    for (const { email, status } of subscribers) {
      if (status !== 'pending_user_migration') continue;
      // A consent is refused while the customer or its package is in error, which the next `pulumi up` repairs. The
      // comparison reports a user that never consents.
      await this.control('POST', '/consents', { email }).catch(() => {});
    }
  }

  /** Passes the reviews and waits until no change is in progress. */
  async #settleCustomers(): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      const { customers } = (await this.control('GET', '/state')) as State;
      for (const { externalId, status } of customers)
        if (status === 'pending_rpl_review') await this.control('POST', '/rplReviews', { externalId });
      if (customers.every(({ status, readyAt }) => status !== 'pending_rpl_review' && readyAt === null)) return;
      await sleep(100);
    }
    throw new Error('customers of the simulator do not settle');
  }

  /** Sends a request to the control plane. @throws Error for an error answer */
  async control(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${this.#port}/simulator${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', connection: 'close' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /simulator${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  async #send(fault: Fault): Promise<void> {
    await this.control('POST', '/faults', fault);
  }

  /** Compares with the simulator's list: it contains the remaining faults in the order in which they were added. */
  async #count(): Promise<void> {
    const { items } = (await this.control('GET', '/faults')) as { items: Fault[] };
    const left = new Map(items.map((fault) => [idOf(fault), fault.count]));
    for (const entry of this.#faults) {
      const now = left.get(idOf(entry.fault)) ?? 0;
      this.#meet(kindOf(entry.fault), entry.left - now);
      entry.left = now;
    }
  }

  #meet(kind: string, times: number): void {
    if (times !== 0) this.met.set(kind, (this.met.get(kind) ?? 0) + times);
  }
}

interface State {
  customers: { externalId: string; status: string; readyAt: string | null }[];
  subscribers: { email: string; status: string }[];
}

/** A fault without its count. The seed of its dice makes it unique. */
function idOf({ count: _, ...fault }: Fault): string {
  return JSON.stringify(Object.entries(fault).sort());
}

function kindOf({ status, applied, delayMs, reset }: Fault): string {
  if (reset !== undefined) return `reset ${reset} the write`;
  if (delayMs !== undefined) return delayMs > 1000 ? 'delay beyond the timeout' : 'delay';
  return applied ? `${status} although applied` : String(status);
}

function statusOf(outcome: Record<string, unknown>): string {
  return (JSON.parse(String(outcome.document)) as { status: string }).status;
}
