import { z } from 'zod';
import { ApiError } from './errors';

/** How many requests a token has in a minute; null: as many as it likes, which is the default. */
export const rateLimitSchema = z.object({ requestsPerMinute: z.int().min(1).max(1_000_000).nullable() });

const MINUTE = 60_000;

/** Counts the requests of each token in windows of a minute. */
export class RateLimit {
  requestsPerMinute: number | null = null;
  private readonly windows = new Map<string, { began: number; requests: number }>();

  /** Sets the limit and begins anew. */
  set(requestsPerMinute: number | null): void {
    this.requestsPerMinute = requestsPerMinute;
    this.windows.clear();
  }

  /** Counts a request. Errors: 429 with the seconds until the window ends in Retry-After. */
  count(token: string, now: number): void {
    const limit = this.requestsPerMinute;
    if (limit === null) return;
    let window = this.windows.get(token);
    // A clock that was set back (a snapshot of the past) begins a window, too.
    if (!window || now >= window.began + MINUTE || now < window.began) {
      window = { began: now, requests: 0 };
      this.windows.set(token, window);
    }
    window.requests += 1;
    if (window.requests <= limit) return;
    const retryAfter = Math.max(1, (window.began + MINUTE - now) / 1000);
    const message = 'Too many requests have been sent in a given amount of time and the request has been rate limited.';
    throw new ApiError(429, message, [{ description: message }], retryAfter);
  }
}
