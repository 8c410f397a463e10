const MINUTE = 60_000;

/** What limits requests in front of an API: milliseconds to wait where it turns a request away, 0 where it takes it. */
export type Limiter = (now: number) => number;

/** Windows of a minute, each begun by its first request, as the simulator has them. */
export function fixedWindow(perMinute: number): Limiter {
  let began = Number.NEGATIVE_INFINITY;
  let taken = 0;
  return (now) => {
    if (now >= began + MINUTE) [began, taken] = [now, 0];
    return ++taken <= perMinute ? 0 : began + MINUTE - now;
  };
}

/** No more than so many in any minute. */
export function slidingWindow(perMinute: number): Limiter {
  const taken: number[] = [];
  return (now) => {
    while (taken[0] !== undefined && taken[0] <= now - MINUTE) taken.shift();
    if (taken.length >= perMinute) return (taken[0] ?? now) + MINUTE - now;
    taken.push(now);
    return 0;
  };
}

/** A bucket that holds so many seconds' worth of requests and is filled evenly. */
export function tokenBucket(perMinute: number, seconds: number): Limiter {
  const each = MINUTE / perMinute;
  const capacity = Math.max(1, (seconds * perMinute) / 60);
  let tokens = capacity;
  let filledAt = 0;
  return (now) => {
    tokens = Math.min(capacity, tokens + (now - filledAt) / each);
    filledAt = now;
    if (tokens < 1) return (1 - tokens) * each;
    tokens--;
    return 0;
  };
}

export const LIMITERS: Record<string, (perMinute: number) => Limiter> = {
  'fixed window': fixedWindow,
  'sliding window': slidingWindow,
  'token bucket': (perMinute) => tokenBucket(perMinute, 10),
  'full bucket': (perMinute) => tokenBucket(perMinute, 60),
};
