import prettyMilliseconds from 'pretty-ms';
import type { Screen } from '../../cli/terminal';
import type { FleetListener } from '../run/fleet';
import type { StackJob, StackResult } from '../run/jobs';

/** Milliseconds between two lines of progress, where lines can't be written over. */
const LINE_EVERY = 15_000;
const REDRAW_EVERY = 500;
/** Problems that are shown; the report has them all. */
const MOST_SHOWN = 100;

/** Shows how far a run is: a line for each stack that ended, and a status that says how much is left. */
export class Progress implements FleetListener {
  private customers = 0;
  private readonly underWay = new Map<string, StackJob>();
  private readonly dealtWith = new Set<string>();
  private readonly failed = new Set<string>();
  private shown = 0;
  private begunAt = Date.now();
  private timer: NodeJS.Timeout | undefined;

  /** @param requestsLastMinute asked each time the status is drawn */
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
    this.screen.close();
  }

  /** A line that stays. */
  line(text: string): void {
    this.screen.line(text);
  }

  private problem(text: string): void {
    if (++this.shown > MOST_SHOWN) return;
    const more = this.shown === MOST_SHOWN ? '\n  (further problems are in the report only: --report FILE)' : '';
    this.line(`  ${text.replaceAll('\n', '\n    ')}${more}`);
  }

  private draw(): void {
    const open = [...this.underWay.values()].flatMap(({ customers }) => customers);
    const parts = [
      `${this.dealtWith.size - this.failed.size} of ${this.customers} customers done`,
      `${open.filter(({ externalId }) => !this.dealtWith.has(externalId)).length} under way`,
      `${this.failed.size} failed`,
      `${this.requestsLastMinute()} requests/min`,
      ...this.timeLeft(),
    ];
    this.screen.status(parts.join(', '));
  }

  private timeLeft(): string[] {
    const done = this.dealtWith.size;
    if (done === 0 || done >= this.customers) return [];
    const left = ((Date.now() - this.begunAt) / done) * (this.customers - done);
    return [`about ${duration(left / 1000)} left`];
  }
}

/** `12 changed, 1 failed, 8.1s`. */
function summaryOf({ status, customers, seconds, error }: StackResult): string {
  const counts = new Map<string, number>();
  for (const { status } of customers) counts.set(status, (counts.get(status) ?? 0) + 1);
  const what = [...counts].map(([name, count]) => `${count} ${name}`).join(', ') || status;
  return `${error === undefined ? what : `failed (${what})`}, ${duration(seconds.preview + seconds.update)}`;
}

/** `8.1s`, `1m 20s`, `2h 5m`. */
export function duration(seconds: number): string {
  return prettyMilliseconds(seconds * 1000, { unitCount: 2, secondsDecimalDigits: seconds < 10 ? 1 : 0 });
}
