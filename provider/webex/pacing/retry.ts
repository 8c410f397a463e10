import { retryAfter } from '../http/retry-after';
import type { Repeatability, Statuses } from '../http/sender';
import type { HttpAnswer, TransportFailure } from '../http/transport';
import type { Clock } from './clock';

/** The result of one try. */
export type Outcome = { answer: HttpAnswer } | { failure: TransportFailure };

/** Whether and when to send a request again. */
export type Decision = { retry: false } | { retry: true; wait: number; pauseAll: boolean };

const STOP: Decision = { retry: false };
const MAX_RETRIES = 5;
const MAX_CONNECT_RETRIES = 3;
const FIRST_BACKOFF = 500;
const LONGEST_BACKOFF = 20_000;
/** Errors on the way or in the server, after which it isn't known whether a request arrived. */
const PASSING = [408, 500, 502, 503, 504];

/** The retry policy of one request. It counts the tries, and knows whether one of them may have taken effect. */
export class RetryPolicy {
  private connectRetries = 0;
  private retries = 0;
  private rejections = 0;
  private uncertain = false;

  /**
   * @param deadline clock time after which the request is not retried
   * @param statuses what other statuses than usual mean
   */
  constructor(
    private readonly repeatability: Repeatability,
    private readonly clock: Clock,
    private readonly deadline: number,
    private readonly statuses: Statuses = {},
  ) {}

  /** Whether a try so far may have changed an object without an answer that confirms it. */
  get outcomeUnknown(): boolean {
    return this.uncertain;
  }

  decide(outcome: Outcome): Decision {
    if ('failure' in outcome) return this.afterFailure(outcome.failure);
    const { status, headers } = outcome.answer;
    if (this.statuses.final?.includes(status)) return STOP;
    const asked = retryAfter(headers, this.clock.now());
    // After 429 and 423 nothing was done, so even a POST may be sent again. Only the deadline limits these retries.
    if (status === 429 || status === 423) {
      return this.after(asked ?? this.backoff(++this.rejections + 1), status === 429);
    }
    if (this.statuses.notYet?.includes(status)) {
      return this.retries < MAX_RETRIES ? this.after(this.backoff(this.retries++), false) : STOP;
    }
    if (!PASSING.includes(status)) {
      // Other 5xx (e.g. 501, 507) are not retried, but leave the outcome of a write unknown, too.
      if (status >= 500) this.uncertain = this.repeatability !== 'safe';
      return STOP;
    }
    return this.afterUncertain(asked);
  }

  private afterFailure(failure: TransportFailure): Decision {
    switch (failure.kind) {
      case 'certificate':
        return STOP;
      case 'never-sent': {
        // Few retries: a wrong URL is more likely than a server that is just starting.
        if (this.connectRetries >= MAX_CONNECT_RETRIES) return STOP;
        const longest = 250 * 3 ** this.connectRetries++;
        return this.after(longest * (0.5 + this.clock.random() / 2), false);
      }
      case 'lost':
        return this.afterUncertain(undefined);
      case 'too-large':
        this.uncertain = this.repeatability !== 'safe';
        return STOP;
    }
  }

  private afterUncertain(asked: number | undefined): Decision {
    if (this.repeatability !== 'safe') this.uncertain = true;
    if (this.repeatability === 'once' || this.retries >= MAX_RETRIES) return STOP;
    return this.after(asked ?? this.backoff(this.retries++), false);
  }

  private after(wait: number, pauseAll: boolean): Decision {
    return this.clock.now() + wait > this.deadline ? STOP : { retry: true, wait, pauseAll };
  }

  /** Exponential backoff with full jitter, so that clients that failed together don't retry together. */
  private backoff(retries: number): number {
    return this.clock.random() * Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** retries);
  }
}
