import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { resultOf } from './customer-results';
import type { FleetListener, StackJob, StackResult, WorkerMessage } from './jobs';
import { killTree } from './process-tree';
import type { RemovedCustomer } from './removals';
import type { FleetMessage } from './worker';

const WORKER = path.join(__dirname, 'worker.js');
/** Number of stacks after which a worker is replaced, because Pulumi's SDK keeps memory of each stack. */
const STACKS_A_WORKER = 30;
/** Number of characters of a crashed worker's stderr that its error quotes. */
const STDERR_SHOWN = 2000;

/** Processes stacks in several worker processes. */
export class Pool {
  private readonly workers = new Set<ChildProcess>();
  private stopping = false;

  constructor(
    private readonly size: number,
    private readonly env: NodeJS.ProcessEnv,
    private readonly listener: FleetListener,
    private readonly refusal: (removed: readonly RemovedCustomer[]) => string | undefined,
  ) {}

  /** Resolves when all jobs have a result; after {@link stop}, when all started jobs have one. */
  async run(jobs: readonly StackJob[]): Promise<void> {
    const waiting = [...jobs];
    const lane = async () => {
      let worker: ChildProcess | undefined;
      for (let done = 0; waiting.length > 0 && !this.stopping; done++) {
        const job = waiting.shift();
        if (job === undefined) break;
        if (
          worker === undefined ||
          worker.exitCode !== null ||
          worker.signalCode !== null ||
          done % STACKS_A_WORKER === 0
        ) {
          worker?.disconnect();
          worker = this.start();
        }
        this.listener({ type: 'stack-started', job });
        this.listener({ type: 'stack-ended', result: await this.work(worker, job) });
      }
      if (worker?.connected) worker.disconnect();
    };
    await Promise.all(Array.from({ length: Math.min(this.size, jobs.length) }, lane));
  }

  /** Starts no further stack. */
  stop(): void {
    this.stopping = true;
  }

  /** Kills all worker processes and their children. */
  async kill(): Promise<void> {
    this.stopping = true;
    await Promise.all([...this.workers].map(({ pid }) => pid !== undefined && killTree(pid)));
  }

  /** Starts a worker in a process group of its own: Ctrl-C in a terminal must not reach the pulumi that it runs. */
  private start(): ChildProcess {
    const worker = fork(WORKER, {
      detached: true,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: this.env,
    });
    this.workers.add(worker);
    worker.once('exit', () => this.workers.delete(worker));
    return worker;
  }

  private work(worker: ChildProcess, job: StackJob): Promise<StackResult> {
    return new Promise((resolve) => {
      let stderr = '';
      const keep = (chunk: Buffer) => {
        stderr = `${stderr}${chunk}`.slice(-STDERR_SHOWN);
      };
      const end = (result: StackResult) => {
        worker.off('message', message).off('exit', died).stderr?.off('data', keep);
        resolve(result);
      };
      const message = (sent: WorkerMessage) => {
        if (sent.type === 'stack-ended') end(sent.result);
        else if (sent.type === 'may-remove') send(worker, { type: 'may-remove', refusal: this.refusal(sent.removed) });
        else this.listener(sent);
      };
      const died = () =>
        end(resultOf(job, { error: `the process that worked on this stack ended unexpectedly. ${stderr}`.trim() }));
      worker.on('message', message).on('exit', died).stderr?.on('data', keep);
      send(worker, { type: 'job', job });
    });
  }
}

function send(worker: ChildProcess, message: FleetMessage): void {
  worker.send(message);
}
