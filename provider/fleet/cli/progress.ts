import type { FleetListener } from '../run/fleet';
import type { StackJob, StackResult } from '../run/jobs';

/** Where progress is shown. */
export interface Screen {
  write(text: string): void;
  /** Whether a line can be written over. */
  isTerminal: boolean;
}

/** Milliseconds between two lines of progress, where lines can't be written over. */
const LINE_EVERY = 15_000;
const REDRAW_EVERY = 500;
/** Problems that are shown; the report has them all. */
const MOST_SHOWN = 100;

/** Shows how far a run is: lines for what ended, and one line that says how much is left. */
export class Progress implements FleetListener {
  private customers = 0;
  private readonly underWay = new Map<string, StackJob>();
  private readonly dealtWith = new Set<string>();
  private readonly failed = new Set<string>();
  private shown = 0;
  private drawn = false;
  private begunAt = Date.now();
  private timer: NodeJS.Timeout | undefined;

  /** @param requestsLastMinute asked each time a line is drawn */
  constructor(
    private readonly screen: Screen,
    private readonly requestsLastMinute: () => number,
  ) {}

  planned({ customers, stacks, ofStacks }: { customers: number; stacks: number; ofStacks: number }): void {
    this.customers = customers;
    this.line(`${customers} customers in ${stacks} of ${ofStacks} stacks`);
    this.begunAt = Date.now();
    this.timer = setInterval(() => this.draw(), this.screen.isTerminal ? REDRAW_EVERY : LINE_EVERY).unref();
  }

  started(job: StackJob): void {
    this.underWay.set(job.stack, job);
  }

  customer(externalId: string, failed: boolean): void {
    this.dealtWith.add(externalId);
    if (failed) this.failed.add(externalId);
  }

  ended(result: StackResult): void {
    this.underWay.delete(result.stack);
    for (const { externalId, status } of result.customers) {
      this.dealtWith.add(externalId);
      if (status === 'failed' || status === 'not-reached') this.failed.add(externalId);
    }
    this.line(`${result.stack}: ${summaryOf(result)}`);
    if (result.error !== undefined) this.problem(`${result.stack}: ${result.error}`);
    for (const { externalId, problems } of result.customers) {
      for (const { resource, message, policy } of problems)
        this.problem(`${externalId}: ${resource}: ${message}${policy ? ` (policy ${policy})` : ''}`);
    }
    if (this.screen.isTerminal) this.draw();
  }

  /** Nothing more is drawn. */
  close(): void {
    clearInterval(this.timer);
    this.clear();
  }

  /** A line that stays. */
  line(text: string): void {
    this.clear();
    this.screen.write(`${text}\n`);
  }

  private problem(text: string): void {
    if (++this.shown > MOST_SHOWN) return;
    const more = this.shown === MOST_SHOWN ? '\n  (further problems are in the report only: --report FILE)' : '';
    this.line(`  ${text.replaceAll('\n', '\n    ')}${more}`);
  }

  private draw(): void {
    this.clear();
    const open = [...this.underWay.values()].flatMap(({ customers }) => customers);
    const parts = [
      `${this.dealtWith.size - this.failed.size} of ${this.customers} customers done`,
      `${open.filter(({ externalId }) => !this.dealtWith.has(externalId)).length} under way`,
      `${this.failed.size} failed`,
      `${this.requestsLastMinute()} requests/min`,
      ...this.timeLeft(),
    ];
    this.screen.write(parts.join(', ') + (this.screen.isTerminal ? '' : '\n'));
    this.drawn = this.screen.isTerminal;
  }

  private timeLeft(): string[] {
    const done = this.dealtWith.size;
    if (done === 0 || done >= this.customers) return [];
    const left = ((Date.now() - this.begunAt) / done) * (this.customers - done);
    return [`about ${duration(left / 1000)} left`];
  }

  private clear(): void {
    if (this.drawn) this.screen.write('\r\u001b[K');
    this.drawn = false;
  }
}

/** `12 changed, 1 failed, 8.1 s`. */
function summaryOf({ status, customers, seconds, error }: StackResult): string {
  const counts = new Map<string, number>();
  for (const { status } of customers) counts.set(status, (counts.get(status) ?? 0) + 1);
  const what = [...counts].map(([name, count]) => `${count} ${name}`).join(', ') || status;
  return `${error === undefined ? what : `failed (${what})`}, ${duration(seconds.preview + seconds.update)}`;
}

/** A time as people say it. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const minutes = seconds / 60;
  return minutes < 90 ? `${Math.round(minutes)} min` : `${(minutes / 60).toFixed(1)} h`;
}
