import { describe, expect, test } from 'vitest';
import { Pacer } from '../../../provider/webex/pacing/pacer';
import { VirtualTime } from './pacing/virtual-time';

const pacing = (maxInFlight: number) => {
  const time = new VirtualTime(1);
  return { time, pacer: new Pacer(time, maxInFlight) };
};

/** Runs so many requests that Webex takes, and notes when each started. */
function start(pacer: Pacer, requests: number): { started: number[]; all: Promise<unknown> } {
  const started: number[] = [];
  const all = Promise.all(Array.from({ length: requests }, () => pacer.run(async (at) => started.push(at))));
  return { started, all };
}

describe('pacer', () => {
  test('never has more in flight than allowed', async () => {
    const { time, pacer } = pacing(3);
    let inFlight = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inFlight);
      await time.sleep(500);
      inFlight--;
    };
    const all = Promise.all(Array.from({ length: 10 }, () => pacer.run(work)));
    await time.runUntil(10_000);
    await all;
    expect(most).toBe(3);
  });

  test('continues after a failed request', async () => {
    const { pacer } = pacing(1);
    await expect(pacer.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(pacer.run(async () => 'yes')).resolves.toBe('yes');
  });

  test('without a limit, only latency and the number in flight bound it', async () => {
    const { time, pacer } = pacing(16);
    const ends: number[] = [];
    const request = async () => {
      await time.sleep(100);
      ends.push(time.now());
    };
    const all = Promise.all(Array.from({ length: 2000 }, () => pacer.run(request)));
    await time.runUntil(60_000);
    await all;
    const [begun = 0, last = 0] = [ends[999], ends[1999]];
    const bound = (1000 / 16) * 100;
    expect(last - begun).toBeGreaterThanOrEqual(0.98 * bound);
    expect(last - begun).toBeLessThan(1.02 * bound);
    // A start that grows costs a few seconds, once.
    expect(begun).toBeLessThan(bound + 5000);
  });

  test('starts nothing during a pause', async () => {
    const { time, pacer } = pacing(8);
    await pacer.run(async (startedAt) => pacer.turnedAway(startedAt, 30_000));
    const { started, all } = start(pacer, 5);
    await time.runUntil(29_999);
    expect(started).toEqual([]);
    await time.runUntil(31_000);
    await all;
    expect(Math.min(...started)).toBeGreaterThanOrEqual(30_000);
  });

  test('a request that was turned away is the first to go again', async () => {
    const { time, pacer } = pacing(8);
    await pacer.run(async (startedAt) => pacer.turnedAway(startedAt, 1000));
    const order: string[] = [];
    void pacer.run(async () => order.push('new'));
    void pacer.run(async () => order.push('again'), true);
    await time.runUntil(3000);
    expect(order).toEqual(['again', 'new']);
  });

  test('only the first of a burst of rejections counts as such', async () => {
    const { time, pacer } = pacing(8);
    const all = Promise.all(
      Array.from({ length: 4 }, () => pacer.run(async (startedAt) => pacer.turnedAway(startedAt, 1000))),
    );
    await time.runUntil(5000);
    expect((await all).filter(Boolean)).toHaveLength(1);
  });

  test('learns no limit from one 429: after the pause it starts as at first, and grows', async () => {
    const { time, pacer } = pacing(16);
    void start(pacer, 5);
    void pacer.run(async (startedAt) => pacer.turnedAway(startedAt, 1000));
    await time.runUntil(500);
    const { started, all } = start(pacer, 50);
    await time.runUntil(5000);
    await all;
    // 50 requests in 3 s are no minute's limit of 5.
    expect(Math.max(...started)).toBeLessThan(1500 + 2500);
  });

  test('learns no limit from stray 429s while there is mostly nothing to send', async () => {
    const { time, pacer } = pacing(16);
    for (let second = 0; second < 60; second += 3) {
      const turnsAway = second % 15 === 0;
      await pacer.run(async (at) => turnsAway && pacer.turnedAway(at, 100));
      await time.runUntil(time.now() + 3000);
    }
    const from = time.now();
    const { started, all } = start(pacer, 50);
    await time.runUntil(from + 5000);
    await all;
    expect(Math.max(...started)).toBeLessThan(from + 4000);
  });

  test('learns no limit from several 429s in a row', async () => {
    const { time, pacer } = pacing(16);
    for (let count = 0; count < 6; count++) {
      await pacer.run(async (at) => pacer.turnedAway(at, 100), true);
      if (count % 2 === 0) void pacer.run(async () => {});
      await time.runUntil(time.now() + 150);
    }
    const from = time.now();
    const { started, all } = start(pacer, 50);
    await time.runUntil(from + 10_000);
    await all;
    expect(Math.max(...started)).toBeLessThan(from + 4000);
  });

  test('learns the limit from the second 429, and spreads what follows', async () => {
    const { time, pacer } = pacing(16);
    for (let round = 0; round < 2; round++) {
      const { all } = start(pacer, 60);
      await time.runUntil(time.now() + 30_000);
      await all;
      await pacer.run(async (startedAt) => pacer.turnedAway(startedAt, 30_000));
      // It waits to be sent again.
      void pacer.run(async () => {}, true);
      await time.runUntil(time.now() + 30_000);
    }
    const from = time.now();
    const { started } = start(pacer, 200);
    await time.runUntil(from + 60_000);
    expect(started.length).toBeGreaterThan(57);
    expect(started.length).toBeLessThan(62);
    const gaps = started.slice(1).map((at, index) => at - (started[index] ?? at));
    expect(Math.max(...gaps)).toBeLessThan(1100);
  });
});
