import { mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { isAlive } from './locks';

/** The record of a run. From it the next run knows which stacks were left unfinished. */
const recordShape = z.object({
  pid: z.number(),
  /** Machine, boot and container: a process ID is only valid within the same ones. */
  machine: z.string(),
  stacks: z.array(z.string()),
});

/** Keeps the stacks that a run is working on in a file beside their configuration, until the run has ended. */
export class InterruptedRuns {
  private readonly file: string;
  private readonly working = new Set<string>();
  /** Stacks that an earlier run on this machine was working on when it was killed. */
  readonly interrupted: ReadonlySet<string>;

  /**
   * @param name name of the record; each shard has its own, because shards may run at the same time
   * @throws Error if the recorded run is still running
   */
  constructor(folder: string, name: string) {
    mkdirSync(folder, { recursive: true });
    this.file = path.join(folder, `run-${name}.json`);
    const before = read(this.file);
    if (before && isAlive(before.pid)) {
      throw new Error(`process ${before.pid} is working on this fleet; if it isn't, delete ${this.file}`);
    }
    this.interrupted = new Set(before?.stacks);
    // Keep them in the record until this run has finished them.
    for (const stack of this.interrupted) this.working.add(stack);
  }

  begun(stack: string): void {
    this.working.add(stack);
    this.write();
  }

  /** @param recorded false if Pulumi could not record all changes in the state */
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

/** The record of an earlier run; undefined if it is of another machine, boot or container. */
function read(file: string): z.infer<typeof recordShape> | undefined {
  const text = readOr(() => readFileSync(file, 'utf8'));
  try {
    const record = recordShape.parse(JSON.parse(text));
    return record.machine === machine() ? record : undefined;
  } catch {
    return undefined; // There is no record, or the run was killed while it wrote the file.
  }
}

/** Identifies this machine, its boot and the container. */
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
