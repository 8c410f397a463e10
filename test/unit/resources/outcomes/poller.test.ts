import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Backoff, WaitTimeout } from '../../../../provider/resources/outcomes/backoff';
import { SharedPoller, type Source } from '../../../../provider/resources/outcomes/poller';

// Fake timers don't reach node:timers/promises.
vi.mock('node:timers/promises', () => ({
  setTimeout: (milliseconds: number) => new Promise<void>((done) => globalThis.setTimeout(done, milliseconds)),
}));

interface Thing {
  id: string;
  done: boolean;
}

/** A backend with things that are finished when a test says so; undefined for one that is gone. */
function backend(...ids: string[]) {
  const things = new Map<string, Thing | undefined>(ids.map((id) => [id, { id, done: false }]));
  const get = vi.fn(async (id: string) => things.get(id));
  const source = {
    listUnfinished: vi.fn(async () => new Set(ids.filter((id) => things.get(id)?.done === false))),
    lookUp: () => get,
    get,
    isFinished: ({ done }: Thing) => done,
  } satisfies Source<Thing> & { get: unknown };
  return {
    source,
    finish: (id: string) => things.set(id, { id, done: true }),
    remove: (id: string) => things.set(id, undefined),
  };
}

describe('SharedPoller', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks for one or two by ID, and never lists', async () => {
    const { source, finish } = backend('a', 'b');
    const poller = new SharedPoller(source, 'It');
    const both = Promise.all([poller.wait('a', 60), poller.wait('b', 60)]);
    await vi.advanceTimersByTimeAsync(500);
    expect(source.get).toHaveBeenCalledTimes(2);
    finish('a');
    finish('b');
    await vi.advanceTimersByTimeAsync(750);
    expect(await both).toEqual([
      { id: 'a', done: true },
      { id: 'b', done: true },
    ]);
    expect(source.listUnfinished).not.toHaveBeenCalled();
  });

  it('lists for more than two, and looks up only what is no longer listed', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `id-${index}`);
    const { source, finish } = backend(...ids);
    const poller = new SharedPoller(source, 'It');
    const all = Promise.all(ids.map((id) => poller.wait(id, 600)));
    await vi.advanceTimersByTimeAsync(500);
    expect([source.listUnfinished.mock.calls.length, source.get.mock.calls.length]).toEqual([1, 0]);
    finish('id-7');
    await vi.advanceTimersByTimeAsync(750);
    expect(source.get.mock.calls).toEqual([['id-7']]);
    for (const id of ids) finish(id);
    await vi.advanceTimersByTimeAsync(1125);
    expect(await all).toHaveLength(50);
    expect(source.listUnfinished).toHaveBeenCalledTimes(3);
    expect(source.get).toHaveBeenCalledTimes(50);
  });

  it('waits for 500 at the price of a list a round', async () => {
    const ids = Array.from({ length: 500 }, (_, index) => `id-${index}`);
    const { source, finish } = backend(...ids);
    const poller = new SharedPoller(source, 'It');
    const all = Promise.all(ids.map((id) => poller.wait(id, 3600)));
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    const lists = source.listUnfinished.mock.calls.length;
    expect(lists).toBeGreaterThan(40);
    expect(lists).toBeLessThan(60);
    expect(source.get).not.toHaveBeenCalled();
    for (const id of ids) finish(id);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await all).toHaveLength(500);
  });

  it('times out each caller by its own deadline', async () => {
    const ids = Array.from({ length: 300 }, (_, index) => `id-${index}`);
    const { source, finish } = backend(...ids);
    const poller = new SharedPoller(source, 'It');
    const last = poller.wait('id-299', 1);
    for (const id of ids.slice(0, 299)) void poller.wait(id, 3600);
    await vi.advanceTimersByTimeAsync(500);
    finish('id-299');
    await vi.advanceTimersByTimeAsync(750);
    expect(await last).toEqual({ id: 'id-299', done: true });
  });

  it('keeps waiting for what a list leaves out although it is not finished', async () => {
    const { source, finish } = backend('a', 'b', 'c');
    source.listUnfinished.mockResolvedValueOnce(new Set());
    const poller = new SharedPoller(source, 'It');
    const all = Promise.all(['a', 'b', 'c'].map((id) => poller.wait(id, 60)));
    await vi.advanceTimersByTimeAsync(500);
    for (const id of ['a', 'b', 'c']) finish(id);
    await vi.advanceTimersByTimeAsync(750);
    expect((await all).map((thing) => thing?.done)).toEqual([true, true, true]);
  });

  it('resolves with undefined for what is gone', async () => {
    const { source, remove } = backend('a');
    remove('a');
    const gone = new SharedPoller(source, 'It').wait('a', 60);
    await vi.advanceTimersByTimeAsync(500);
    expect(await gone).toBeUndefined();
  });

  it('gives up at the deadline of each caller, and stops polling when no caller waits', async () => {
    const { source, finish } = backend('a', 'b');
    const poller = new SharedPoller(source, 'Provisioning the customer');
    const short = poller.wait('a', 1).catch((error: unknown) => error);
    const long = poller.wait('b', 60);
    await vi.advanceTimersByTimeAsync(2500);
    const timeout = await short;
    expect(timeout).toBeInstanceOf(WaitTimeout);
    expect((timeout as Error).message).toBe(
      "Provisioning the customer wasn't finished within 1 seconds. Run the same command again, which goes on from here; " +
        'the input timeouts allows more time',
    );
    finish('b');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await long).toEqual({ id: 'b', done: true });
    const asked = source.get.mock.calls.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(source.get).toHaveBeenCalledTimes(asked);
  });

  it('gives up soon after the deadline also where a poll does not end', async () => {
    const { source } = backend('a');
    source.get.mockReturnValue(new Promise(() => {}));
    const waiting = new SharedPoller(source, 'It').wait('a', 60).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(91_000);
    expect(await waiting).toMatchObject({ message: expect.stringContaining("Webex can't be asked about it") });
  });

  it('gives an object that is finished at its deadline, not a timeout', async () => {
    const { source, finish } = backend('a');
    const waiting = new SharedPoller(source, 'It').wait('a', 0.5);
    finish('a');
    await vi.advanceTimersByTimeAsync(500);
    expect(await waiting).toEqual({ id: 'a', done: true });
  });

  it('rejects for all callers when the list fails, for one when its own request fails, and works again afterwards', async () => {
    const { source, finish } = backend('a', 'b', 'c');
    const poller = new SharedPoller(source, 'It');
    source.listUnfinished.mockRejectedValueOnce(new Error('unreachable'));
    const all = ['a', 'b', 'c'].map((id) => poller.wait(id, 60).catch((error: Error) => error.message));
    await vi.advanceTimersByTimeAsync(500);
    expect(await Promise.all(all)).toEqual(['unreachable', 'unreachable', 'unreachable']);

    source.get.mockRejectedValueOnce(new Error('refused'));
    const first = poller.wait('a', 60).catch((error: Error) => error.message);
    const second = poller.wait('b', 60);
    finish('b');
    await vi.advanceTimersByTimeAsync(500);
    expect(await first).toBe('refused');
    expect(await second).toEqual({ id: 'b', done: true });
  });

  it('polls more and more slowly, and starts again after a time without callers', async () => {
    const { source, finish } = backend('a', 'b');
    const poller = new SharedPoller(source, 'It');
    const first = poller.wait('a', 3600);
    await vi.advanceTimersByTimeAsync(500 + 750 + 1125);
    expect(source.get).toHaveBeenCalledTimes(3);
    await vi.advanceTimersByTimeAsync(120_000);
    const before = source.get.mock.calls.length;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(source.get.mock.calls.length - before).toBe(1);
    finish('a');
    await vi.advanceTimersByTimeAsync(15_000);
    await first;
    source.get.mockClear();
    void poller.wait('b', 3600);
    await vi.advanceTimersByTimeAsync(500 + 750 + 1125);
    expect(source.get).toHaveBeenCalledTimes(3);
  });

  it('once it is known how long one takes, asks for the others about then', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `id-${index}`);
    const { source, finish } = backend(...ids);
    const poller = new SharedPoller(source, 'It');
    const waits: number[] = [];
    // Each takes ten seconds; one a second begins.
    for (const id of ids) {
      const begun = Date.now();
      void poller.wait(id, 600).then(() => waits.push(Date.now() - begun));
      setTimeout(() => finish(id), 10_000);
      await vi.advanceTimersByTimeAsync(1000);
    }
    await vi.advanceTimersByTimeAsync(60_000);
    expect(waits).toHaveLength(20);
    // The first ones are asked for as the waits grow; the others within a quarter of the ten seconds, and a bit.
    expect(Math.max(...waits.slice(10))).toBeLessThan(14_000);
    expect(source.listUnfinished.mock.calls.length).toBeLessThan(30);
  });

  it('a new caller does not make it poll quickly again, unless the others were as quick', async () => {
    const { source, finish } = backend('a', 'b', 'c');
    const poller = new SharedPoller(source, 'It');
    void poller.wait('a', 3600);
    await vi.advanceTimersByTimeAsync(120_000);
    source.get.mockClear();
    const second = poller.wait('b', 3600);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(source.get.mock.calls.length).toBeLessThanOrEqual(2 * 2);
    // One that takes 20 s shows that five seconds are soon enough.
    finish('b');
    await vi.advanceTimersByTimeAsync(15_000);
    await second;
    source.listUnfinished.mockClear();
    source.get.mockClear();
    void poller.wait('c', 3600);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(source.get.mock.calls.filter(([id]) => id === 'c').length).toBeGreaterThan(1);
  });
});

describe('Backoff', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('waits longer each time, never beyond the deadline, and then throws', async () => {
    const backoff = new Backoff(2, 'Disabling calling');
    const start = Date.now();
    for (const reached of [500, 1250, 2000]) {
      const pause = backoff.pause();
      await vi.advanceTimersToNextTimerAsync();
      await pause;
      expect(Date.now() - start).toBe(reached);
    }
    await expect(backoff.pause()).rejects.toThrow("Disabling calling wasn't finished within 2 seconds");
  });

  it('points to the input timeouts only where that sets the time', async () => {
    await expect(new Backoff(0, 'Disabling calling').pause()).rejects.toThrow('the input timeouts allows more time');
    await expect(new Backoff(0, 'Moving numbers', true).pause()).rejects.toThrow(/which goes on from here$/);
  });
});
