import { setTimeout as sleep } from 'node:timers/promises';
import type { CheckFailure } from '../../lifecycle';
import { WebexApiError } from '../../webex';
import { session } from '../run/session';
import { warn } from '../run/warnings';

/** Words in Cisco's descriptions, and the property that they are about. The first that fits wins. */
type Hints = readonly (readonly [RegExp, string])[];

let entitled = true;

/**
 * Asks Cisco's own precheck in preview, so that preview says what Cisco would say.
 * @returns failures with the property that Cisco's text is about; none where the partner may not use prechecks.
 * @throws what is no answer to the question: wrong token, unreachable Webex.
 */
export async function precheck(ask: () => Promise<unknown>, hints: Hints): Promise<CheckFailure[]> {
  if (!entitled) return [];
  try {
    await ask();
    return [];
  } catch (error) {
    if (!(error instanceof WebexApiError)) throw error;
    if (error.status === 403) {
      entitled = false;
      warn(
        `Cisco's precheck isn't available to this partner, so preview can't say what Webex will say (${error.message})`,
      );
      return [];
    }
    if (![200, 400, 404, 409, 422].includes(error.status)) throw error;
    return [{ property: propertyFor(error, hints), reason: reasonOf(error) }];
  }
}

let waitedMs = 0;
let toldOfTime = false;

/**
 * Waits for a precheck, as long as all of them together may hold a preview up. What isn't prechecked then is told of
 * once: `pulumi up` says the same of it, when Webex refuses it.
 * @param left how many may follow
 */
export async function withinTime(ask: () => Promise<CheckFailure[]>, left: number): Promise<CheckFailure[]> {
  const leftMs = session.precheckSeconds * 1000 - waitedMs;
  const begun = Date.now();
  const timer = new AbortController();
  const timeIsUp = sleep(Math.max(0, leftMs), undefined, { signal: timer.signal }).catch(() => undefined);
  const answer = leftMs > 0 ? await Promise.race([ask(), timeIsUp]).finally(() => timer.abort()) : undefined;
  timer.abort();
  waitedMs += Date.now() - begun;
  if (answer === undefined && !toldOfTime) {
    toldOfTime = true;
    warn(
      `this preview has waited ${session.precheckSeconds} s for Cisco's prechecks and waits no longer: up to ${left + 1} new ` +
        'objects are not prechecked; pulumi up will say what Webex says of them. webex-wholesale:precheckSeconds sets the time',
    );
  }
  return answer ?? [];
}

/** Whether Webex lets this partner use prechecks, as far as it is known. */
export function mayPrecheck(): boolean {
  return entitled;
}

/** Whether preview asks the precheck about this kind of object. */
export function prechecks(kind: 'customer' | 'user'): boolean {
  return session.precheck === 'all' || (session.precheck === 'customers' && kind === 'customer');
}

/** The property that an answer of Webex is about, as far as its text tells. */
export function propertyFor(error: WebexApiError, hints: Hints): string {
  const texts = [...error.errors.map(({ description }) => description), error.description].join(' ');
  return hints.find(([words]) => words.test(texts))?.[1] ?? '';
}

function reasonOf(error: WebexApiError): string {
  const tracking = error.trackingId ? ` (trackingId ${error.trackingId})` : '';
  const code = error.code === undefined ? '' : `error ${error.code}: `;
  return `Cisco's precheck says: ${code}${error.description}${tracking}`;
}
