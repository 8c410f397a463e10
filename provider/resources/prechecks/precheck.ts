import { setTimeout as sleep } from 'node:timers/promises';
import type { CheckFailure } from '../../lifecycle';
import { tracking, WebexApiError } from '../../webex';
import type { Run } from '../run/run';

/** Words in Cisco's descriptions, and the property that they are about. The first that matches counts. */
export type Hints = readonly (readonly [RegExp, string])[];

/** Cisco's prechecks in one run: whether the partner may use them, and how long previews have waited for them. */
export class Prechecks {
  private entitled = true;
  private waitedMs = 0;
  private timeIsUp = false;

  static of(run: Run): Prechecks {
    return run.memory.forRun('prechecks', () => new Prechecks(run));
  }

  private constructor(private readonly run: Run) {}

  /**
   * Asks Cisco's own precheck, so that preview says what Cisco would say.
   * @returns failures with the property that Cisco's text is about; undefined where the partner may not use prechecks
   * @throws what is no answer to the question: wrong token, unreachable Webex
   */
  async ask(send: () => Promise<unknown>, hints: Hints): Promise<CheckFailure[] | undefined> {
    if (!this.entitled) return undefined;
    try {
      await send();
      return [];
    } catch (error) {
      if (!(error instanceof WebexApiError)) throw error;
      if (error.status === 403) {
        this.entitled = false;
        this.run.warn(
          `Cisco's precheck isn't available to this partner, so preview can't say what Webex will say (${error.message})`,
        );
        return undefined;
      }
      if (![200, 400, 404, 409, 422].includes(error.status)) throw error;
      return [{ property: propertyFor(error, hints), reason: reasonOf(error) }];
    }
  }

  /**
   * Waits for a precheck, as long as all prechecks together may delay a preview. Objects that aren't prechecked are
   * named in one warning: for them, `pulumi up` reports what Webex refuses.
   * @param left how many prechecks may follow
   */
  async withinTime<T>(ask: () => Promise<T>, left: number): Promise<T | undefined> {
    const { precheckSeconds } = this.run.settings;
    const leftMs = precheckSeconds * 1000 - this.waitedMs;
    const begun = Date.now();
    const timer = new AbortController();
    const signal = timer.signal;
    const timeout = sleep(Math.max(0, leftMs), undefined, { signal }).then(
      (): typeof LATE => LATE,
      (): typeof LATE => LATE,
    );
    const answer: T | typeof LATE =
      leftMs > 0 ? await Promise.race([ask(), timeout]).finally(() => timer.abort()) : LATE;
    timer.abort();
    this.waitedMs += Date.now() - begun;
    if (answer !== LATE) return answer;
    if (!this.timeIsUp) {
      this.timeIsUp = true;
      this.run.warn(
        `this preview has waited ${precheckSeconds} s for Cisco's prechecks and waits no longer: up to ${left + 1} new ` +
          'objects are not prechecked; pulumi up will say what Webex says of them. webex-wholesale:precheckSeconds sets the time',
      );
    }
    return undefined;
  }
}

/** Stands for an answer that didn't come in time. */
const LATE: unique symbol = Symbol('late');

/** The property that an error of Webex is about, found by its text; empty where the text names none. */
export function propertyFor(error: WebexApiError, hints: Hints): string {
  const texts = [...error.errors.map(({ description }) => description), error.description].join(' ');
  return hints.find(([words]) => words.test(texts))?.[1] ?? '';
}

function reasonOf(error: WebexApiError): string {
  const code = error.code === undefined ? '' : `error ${error.code}: `;
  return `Cisco's precheck says: ${code}${error.description}${tracking(error)}`;
}
