import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from './run';

/** Milliseconds without a check or an operation after which the program is not expected to declare more. */
const QUIET_MS = 2000;
const PAUSE_MS = 50;

/**
 * Whether the program of this run may still declare resources. Pulumi does not say that. But a program that waits for
 * an output waits for a create, an update or a read of this run (`X.get` and lookups are reads).
 *
 * Deletes don't count: a delete that waits here would wait for itself, and two of them for each other.
 */
export class Activity {
  private operations = 0;
  private last = Date.now();

  constructor(private readonly quietMs = QUIET_MS) {}

  static of(run: Run): Activity {
    return run.memory.forRun('activity', () => new Activity());
  }

  /** A resource was checked. */
  noteCheck(): void {
    this.last = Date.now();
  }

  /** Creates, updates or reads an object. */
  async during<T>(operation: () => Promise<T>): Promise<T> {
    this.operations++;
    return operation().finally(() => {
      this.operations--;
      this.last = Date.now();
    });
  }

  /** Waits until this run creates, updates and reads nothing, and has checked nothing for a while. */
  async quiet(): Promise<void> {
    const since = Date.now();
    while (this.operations > 0 || Date.now() < Math.max(this.last, since) + this.quietMs) await sleep(PAUSE_MS);
  }
}
