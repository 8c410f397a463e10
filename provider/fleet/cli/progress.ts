import prettyMilliseconds from 'pretty-ms';
import { counted, type Screen } from '../../terminal/terminal';
import type { FleetEvent, StackJob, StackResult } from '../run/jobs';
import { changeText } from './changes';

/** Milliseconds between status lines if the output is no terminal. */
const LINE_EVERY = 15_000;
const REDRAW_EVERY = 500;
/** Most problems, changes and warnings, each, that are shown. The report contains all. */
const MOST_SHOWN = 100;

/** Shows the progress of a run: a line for each finished stack, and a status line. */
export class Progress {
  private customers = 0;
  private readonly removing = new Set<string>();
  private readonly underWay = new Map<string, StackJob>();
  private readonly dealtWith = new Set<string>();
  private readonly failed = new Set<string>();
  private begunAt = Date.now();
  private timer: NodeJS.Timeout | undefined;

  private readonly shown = { changes: 0, warnings: 0, problems: 0 };

  /**
   * @param requestsLastMinute called each time the status is drawn
   * @param showsChanges true to list changes and warnings, for a preview and a refresh
   */
  constructor(
    private readonly screen: Screen,
    private readonly requestsLastMinute: () => number,
    private readonly showsChanges = false,
  ) {}

  add(event: FleetEvent): void {
    switch (event.type) {
      case 'planned':
        this.planned(event);
        break;
      case 'stack-started':
        this.underWay.set(event.job.stack, event.job);
        break;
      case 'removing':
        for (const externalId of event.externalIds) this.removing.add(externalId);
        break;
      case 'customer-finished':
        this.dealtWith.add(event.externalId);
        if (event.failed) this.failed.add(event.externalId);
        break;
      case 'stack-ended':
        this.ended(event.result);
    }
  }

  private planned({ customers, stacks, ofStacks }: Extract<FleetEvent, { type: 'planned' }>): void {
    this.customers = customers;
    this.line(`${counted(customers, 'customer')} in ${stacks} of ${counted(ofStacks, 'stack')}`);
    this.begunAt = Date.now();
    this.timer = setInterval(() => this.draw(), this.screen.isTerminal ? REDRAW_EVERY : LINE_EVERY).unref();
  }

  private ended(result: StackResult): void {
    const declared = this.underWay.get(result.stack)?.customers.map(({ externalId }) => externalId) ?? [];
    this.underWay.delete(result.stack);
    for (const { externalId, status } of result.customers) {
      if (!declared.includes(externalId)) this.removing.add(externalId);
      this.dealtWith.add(externalId);
      if (status === 'failed' || status === 'not-reached') this.failed.add(externalId);
    }
    this.line(`${result.stack}: ${summaryOf(result)}`);
    if (this.showsChanges) {
      this.changes(result);
      for (const text of result.warnings) this.warning(text);
    }
    if (result.error !== undefined) this.problem(`${result.stack}: ${result.error}`);
    for (const { externalId, problems } of result.customers) {
      for (const { resource, message, policy } of problems)
        this.problem(`${externalId}: ${resource}: ${message}${policy ? ` (policy ${policy})` : ''}`);
    }
    if (this.screen.isTerminal) this.draw();
  }

  /** Stops drawing. */
  close(): void {
    clearInterval(this.timer);
    this.screen.close();
  }

  /** Prints a permanent line. */
  line(text: string): void {
    this.screen.line(text);
  }

  private changes({ templates = [], customers }: StackResult): void {
    for (const change of [...templates, ...customers.flatMap(({ resources }) => resources)])
      this.show('changes', changeText(change));
  }

  private warning(text: string): void {
    this.show('warnings', `warning: ${text.replace(/^webex-wholesale: /, '')}`);
  }

  private problem(text: string): void {
    this.show('problems', text);
  }

  /** Prints a text, unless {@link MOST_SHOWN} of the kind were printed. */
  private show(kind: keyof typeof this.shown, text: string): void {
    if (++this.shown[kind] > MOST_SHOWN) return;
    this.line(`  ${text.replaceAll('\n', '\n    ')}`);
    if (this.shown[kind] === MOST_SHOWN) this.line(`  (further ${kind} are in the report only: --report FILE)`);
  }

  private draw(): void {
    const open = [...this.underWay.values()].flatMap(({ customers }) => customers);
    const underWay = open.filter(({ externalId }) => !this.dealtWith.has(externalId)).length;
    const removals = [...this.removing].filter((externalId) => !this.dealtWith.has(externalId)).length;
    const parts = [
      `${this.dealtWith.size - this.failed.size} of ${this.total} customers done`,
      `${underWay + removals} under way`,
      `${this.failed.size} failed`,
      `${this.requestsLastMinute()} requests/min`,
      ...this.timeLeft(),
    ];
    this.screen.status(parts.join(', '));
  }

  /** Number of customers in the roster, and of those that are deleted because it no longer has them. */
  private get total(): number {
    return this.customers + this.removing.size;
  }

  private timeLeft(): string[] {
    const done = this.dealtWith.size;
    if (done === 0 || done >= this.total) return [];
    const left = ((Date.now() - this.begunAt) / done) * (this.total - done);
    return [`about ${duration(left / 1000)} left`];
  }
}

/** `12 changed, 1 failed, 8.1s`. */
function summaryOf({ status, customers, seconds, error, adopted }: StackResult): string {
  const counts = new Map<string, number>();
  for (const { status } of customers) counts.set(status, (counts.get(status) ?? 0) + 1);
  const found = adopted === undefined ? [] : [`${counted(adopted, 'object')} adopted`];
  const what = [...found, ...[...counts].map(([name, count]) => `${count} ${name}`)].join(', ') || status;
  return `${error === undefined ? what : `failed (${what})`}, ${duration(seconds.preview + seconds.update)}`;
}

/** `8.1s`, `1m 20s`, `2h 5m`. */
export function duration(seconds: number): string {
  return prettyMilliseconds(seconds * 1000, { unitCount: 2, secondsDecimalDigits: seconds < 10 ? 1 : 0 });
}
