import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from './run';

/** Milliseconds without a check or a write after which the program is not expected to declare more. */
const QUIET_MS = 2000;
const PAUSE_MS = 50;

/**
 * Whether the program of this run may still declare resources. Pulumi tells a provider neither what comes nor that
 * nothing more will come, but a program that waits for an output waits for a create or an update of this run.
 */
export class Activity {
  private writes = 0;
  private last = Date.now();

  constructor(private readonly quietMs = QUIET_MS) {}

  static of(run: Run): Activity {
    return run.memory.forRun('activity', () => new Activity());
  }

  /** A resource was checked. */
  noteCheck(): void {
    this.last = Date.now();
  }

  /** Creates or updates an object. */
  async during<T>(write: () => Promise<T>): Promise<T> {
    this.writes++;
    return write().finally(() => {
      this.writes--;
      this.last = Date.now();
    });
  }

  /** Waits until this run creates and updates nothing, and has checked nothing for a while. */
  async quiet(): Promise<void> {
    const since = Date.now();
    while (this.writes > 0 || Date.now() < Math.max(this.last, since) + this.quietMs) await sleep(PAUSE_MS);
  }
}
