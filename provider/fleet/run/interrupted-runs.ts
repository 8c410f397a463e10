import { mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { isAlive } from './locks';

/** What a run writes down about itself, so that the next one knows how it ended. */
const recordShape = z.object({
  pid: z.number(),
  /** A process ID means something on the same machine, since the same start of it, in the same container only. */
  machine: z.string(),
  stacks: z.array(z.string()),
});

/** The stacks that a run works on, kept in a file beside their configuration until it has ended. */
export class InterruptedRuns {
  private readonly file: string;
  private readonly working = new Set<string>();
  /** Stacks that an earlier run of this machine was working on when it was ended. */
  readonly interrupted: ReadonlySet<string>;

  /**
   * @param name of the record: two shards may run at once
   * @throws Error where the run of the record is still going on
   */
  constructor(folder: string, name: string) {
    mkdirSync(folder, { recursive: true });
    this.file = path.join(folder, `run-${name}.json`);
    const before = read(this.file);
    if (before && isAlive(before.pid)) {
      throw new Error(`process ${before.pid} is working on this fleet; if it isn't, delete ${this.file}`);
    }
    this.interrupted = new Set(before?.stacks);
    // Until they are done again, they stay.
    for (const stack of this.interrupted) this.working.add(stack);
  }

  begun(stack: string): void {
    this.working.add(stack);
    this.write();
  }

  /** @param recorded whether Pulumi could record all that was done */
  ended(stack: string, recorded: boolean): void {
    if (!recorded) return;
    this.working.delete(stack);
    if (this.working.size > 0) this.write();
    else rmSync(this.file, { force: true });
  }

  private write(): void {
    const record: z.infer<typeof recordShape> = { pid: process.pid, machine: machine(), stacks: [...this.working] };
    writeFileSync(this.file, JSON.stringify(record));
  }
}

/** The record of an earlier run, if its process ID means anything here. */
function read(file: string): z.infer<typeof recordShape> | undefined {
  const text = readOr(() => readFileSync(file, 'utf8'));
  try {
    const record = recordShape.parse(JSON.parse(text));
    return record.machine === machine() ? record : undefined;
  } catch {
    return undefined; // There is none, or its run was killed while it was written.
  }
}

/** This machine since it was started, and the container. */
function machine(): string {
  const boot = readOr(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const container = readOr(() => readlinkSync('/proc/self/ns/pid'));
  return [os.hostname(), boot, container].join(' ');
}

function readOr(read: () => string): string {
  try {
    return read();
  } catch {
    return '-'; // Not Linux.
  }
}
