import { z } from 'zod';
import { ApiError } from '../api-error';

/**
 * The number of requests a minute for each token; null (the default): no limit. *Assumption*: `counting`, because no
 * document says how Webex counts: in `windows` of a minute that begin with a request, in any `sliding` minute, or with
 * a `bucket` for ten seconds that is filled evenly.
 */
export const rateLimitSchema = z.object({
  requestsPerMinute: z.int().min(1).max(1_000_000).nullable(),
  counting: z.enum(['windows', 'sliding', 'bucket']).default('windows'),
});

/** The settings in the control plane. */
export type RateLimitSettings = z.infer<typeof rateLimitSchema>;

/** Milliseconds until the next request is accepted; 0 if this one is. */
type Counter = (now: number) => number;

const MINUTE = 60_000;

const BUCKET_SECONDS = 10;

/** Counts the requests of each token. */
export class RateLimit {
  settings: RateLimitSettings = { requestsPerMinute: null, counting: 'windows' };
  private readonly counters = new Map<string, Counter>();

  /** Sets the limit and resets the counts. */
  set(settings: RateLimitSettings): void {
    this.settings = settings;
    this.counters.clear();
  }

  /** Counts a request. Errors: 429, with the seconds until the next one is accepted in Retry-After. */
  count(token: string, now: number): void {
    const { requestsPerMinute, counting } = this.settings;
    if (requestsPerMinute === null) return;
    let counter = this.counters.get(token);
    if (!counter) {
      counter = COUNTERS[counting](requestsPerMinute, now);
      this.counters.set(token, counter);
    }
    const wait = counter(now);
    if (wait === 0) return;
    const message = 'Too many requests have been sent in a given amount of time and the request has been rate limited.';
    throw new ApiError(429, message, { retryAfterSeconds: Math.max(1, wait / 1000) });
  }
}

const COUNTERS: Record<RateLimitSettings['counting'], (limit: number, now: number) => Counter> = {
  windows: (limit) => {
    let [began, requests] = [Number.NEGATIVE_INFINITY, 0];
    return (now) => {
      // Also begin a window if the clock was set back, by an old snapshot.
      if (now >= began + MINUTE || now < began) [began, requests] = [now, 0];
      requests += 1;
      return requests <= limit ? 0 : began + MINUTE - now;
    };
  },
  sliding: (limit) => {
    let taken: number[] = [];
    return (now) => {
      taken = taken.filter((time) => time > now - MINUTE && time <= now);
      if (taken.length >= limit) return (taken[0] ?? now) + MINUTE - now;
      taken.push(now);
      return 0;
    };
  },
  bucket: (limit, start) => {
    const each = MINUTE / limit;
    const capacity = Math.max(1, (limit * BUCKET_SECONDS) / 60);
    let [tokens, filledAt] = [capacity, start];
    return (now) => {
      tokens = Math.min(capacity, tokens + Math.max(0, now - filledAt) / each);
      filledAt = now;
      if (tokens < 1) return (1 - tokens) * each;
      tokens -= 1;
      return 0;
    };
  },
};
