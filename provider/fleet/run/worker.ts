// A process that works on one stack after the other: the Automation API runs the programs of a process with handlers for
// all of them, so that an error in one program would fail the others too. And each has a core of its own.
import type { StackJob, WorkerMessage } from './jobs';
import { runStack } from './stack-run';

/** What the fleet's process sends. */
export type FleetMessage = { type: 'job'; job: StackJob } | { type: 'may-remove'; allowed: boolean };

let answer: ((allowed: boolean) => void) | undefined;

process.on('message', (message: FleetMessage) => {
  if (message.type === 'may-remove') answer?.(message.allowed);
  else void work(message.job);
});
// The fleet's process has ended, so nothing reads the result. Pulumi ends its run when the program's connection ends.
process.on('disconnect', () => process.exit(1));
// The fleet's process handles Ctrl-C.
process.on('SIGINT', () => {});

async function work(job: StackJob): Promise<void> {
  const result = await runStack(job, {
    tell: send,
    mayRemove: (externalIds) => {
      send({ type: 'may-remove', externalIds });
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
