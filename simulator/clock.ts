import type { Database } from './storage/database';

/**
 * The simulator's time: the machine's time, which the control plane can move forward. The shift is stored in the
 * database, because all its timestamps include it.
 */
export class Clock {
  constructor(private readonly db: Database) {}

  /** Milliseconds since 1970. */
  now(): number {
    return Date.now() + this.shift();
  }

  /** Difference to the machine's clock, in milliseconds. */
  shift(): number {
    return Number(this.db.first<{ value: string }>("SELECT value FROM settings WHERE name = 'clockShift'")?.value ?? 0);
  }

  /** Moves the clock forward. */
  advance(milliseconds: number): void {
    this.db.run(
      "INSERT INTO settings (name, value) VALUES ('clockShift', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      String(this.shift() + milliseconds),
    );
  }
}
