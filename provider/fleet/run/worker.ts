// A worker process, which runs one stack after another. Parallel stacks have separate processes: in one process, the
// error handlers of the Automation API would let one failed program fail the others, and only one core would be used.
import type { StackJob, WorkerMessage } from './jobs';
import { runStack } from './stack-run';

/** A message of the fleet's process. */
export type FleetMessage = { type: 'job'; job: StackJob } | { type: 'may-remove'; refusal: string | undefined };

let answer: ((refusal: string | undefined) => void) | undefined;

process.on('message', (message: FleetMessage) => {
  if (message.type === 'may-remove') answer?.(message.refusal);
  else void work(message.job);
});
// The fleet's process has ended, so nothing reads the result. Pulumi ends its run when the program's connection ends.
process.on('disconnect', () => process.exit(1));
// The fleet's process handles Ctrl-C.
process.on('SIGINT', () => {});

async function work(job: StackJob): Promise<void> {
  const result = await runStack(job, {
    report: send,
    refusal: (removed) => {
      send({ type: 'may-remove', removed });
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
  });
  send({ type: 'stack-ended', result });
}

function send(message: WorkerMessage): void {
  process.send?.(message);
}
