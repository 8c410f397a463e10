import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../../provider/webex';
import { Pacer } from '../../../provider/webex/pacer';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A Webex that takes `limit` requests in each minute of its clock, and answers after 50 ms. */
function webex(pacer: Pacer, limit: number) {
  const result = { taken: 0, turnedAway: 0 };
  let window = -1;
  let inWindow = 0;
  const request = async (): Promise<void> => {
    for (let again = false; ; again = true) {
      const done = await pacer.run(async (startedAt) => {
        const minute = Math.floor(Date.now() / 60_000);
        if (minute !== window) [window, inWindow] = [minute, 0];
        const taken = ++inWindow <= limit;
        await systemClock.sleep(50);
        if (taken) result.taken++;
        else {
          result.turnedAway++;
          pacer.turnedAway(startedAt, 60_000 - (Date.now() % 60_000));
        }
        return taken;
      }, again);
      if (done) return;
    }
  };
  return { result, request };
}

describe('pacer', () => {
  test('never has more in flight than allowed', async () => {
    const pacer = new Pacer(systemClock, 3);
    let inFlight = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inFlight);
      await systemClock.sleep(10);
      inFlight--;
    };
    const all = Promise.all(Array.from({ length: 10 }, () => pacer.run(work)));
    await vi.runAllTimersAsync();
    await all;
    expect(most).toBe(3);
    expect(Date.now()).toBeGreaterThan(0);
  });

  test('goes on after a request that failed', async () => {
    const pacer = new Pacer(systemClock, 1);
    await expect(pacer.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(pacer.run(async () => 'yes')).resolves.toBe('yes');
  });

  test('starts nothing during a pause, and all of it right after', async () => {
    const pacer = new Pacer(systemClock, 8);
    const begin = Date.now();
    await pacer.run(async (startedAt) => pacer.turnedAway(startedAt, 30_000));
    const started: number[] = [];
    const all = Promise.all(Array.from({ length: 5 }, () => pacer.run(async (at) => started.push(at - begin))));
    await vi.advanceTimersByTimeAsync(29_999);
    expect(started).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await all;
    expect(started).toEqual([30_000, 30_000, 30_000, 30_000, 30_000]);
  });

  test('only the first of a burst of rejections counts as such', async () => {
    const pacer = new Pacer(systemClock, 8);
    const firsts = await Promise.all(
      Array.from({ length: 4 }, () => pacer.run(async (startedAt) => pacer.turnedAway(startedAt, 1000))),
    );
    expect(firsts.filter(Boolean)).toHaveLength(1);
  });

  test('learns no limit from a 429 after a few requests: only the pause is waited for', async () => {
    const pacer = new Pacer(systemClock, 16);
    const begin = Date.now();
    for (let index = 0; index < 5; index++) await pacer.run(async () => undefined);
    await pacer.run(async (startedAt) => pacer.turnedAway(startedAt, 1000));
    const started: number[] = [];
    const all = Promise.all(Array.from({ length: 50 }, () => pacer.run(async (at) => started.push(at - begin))));
    await vi.advanceTimersByTimeAsync(1000);
    await all;
    expect(new Set(started)).toEqual(new Set([1000]));
  });

  test('learns the rate: nearly all of it is used, and few requests are turned away', async () => {
    vi.setSystemTime(0);
    const pacer = new Pacer(systemClock, 16);
    const { result, request } = webex(pacer, 300);
    for (let index = 0; index < 20_000; index++) void request();
    await vi.advanceTimersByTimeAsync(20 * 60_000);
    expect(result.taken).toBeGreaterThan(0.9 * 20 * 300);
    expect(result.taken).toBeLessThanOrEqual(20 * 300);
    // Without learning each minute has as many as are in flight: over 5 %.
    expect(result.turnedAway).toBeLessThan(0.02 * result.taken);
  });
});
