import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Patience, SharedPoller, type Source, WaitTimeout } from '../../../provider/resources/shared/poller';

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
  const source = {
    listUnfinished: vi.fn(async () => new Set(ids.filter((id) => things.get(id)?.done === false))),
    get: vi.fn(async (id: string) => things.get(id)),
    isFinished: ({ done }: Thing) => done,
  } satisfies Source<Thing>;
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

  it('asks once a round for any number, and by ID only for what is no longer listed', async () => {
    const ids = Array.from({ length: 500 }, (_, index) => `id-${index}`);
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
    expect(await all).toHaveLength(500);
    expect(source.listUnfinished).toHaveBeenCalledTimes(3);
    expect(source.get).toHaveBeenCalledTimes(500);
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

  it('gives up at the deadline of each one, and asks no more once nobody waits', async () => {
    const { source, finish } = backend('a', 'b');
    const poller = new SharedPoller(source, 'Provisioning the customer');
    const short = poller.wait('a', 1).catch((error: unknown) => error);
    const long = poller.wait('b', 60);
    await vi.advanceTimersByTimeAsync(2500);
    const timeout = await short;
    expect(timeout).toBeInstanceOf(WaitTimeout);
    expect((timeout as Error).message).toBe("Provisioning the customer wasn't finished within 1 seconds");
    finish('b');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await long).toEqual({ id: 'b', done: true });
    const asked = source.get.mock.calls.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(source.get).toHaveBeenCalledTimes(asked);
  });

  it('gives an object that is finished at its deadline, not a timeout', async () => {
    const { source, finish } = backend('a');
    const waiting = new SharedPoller(source, 'It').wait('a', 0.5);
    finish('a');
    await vi.advanceTimersByTimeAsync(500);
    expect(await waiting).toEqual({ id: 'a', done: true });
  });

  it('tells all that wait when the list fails, one when its own request fails, and works again afterwards', async () => {
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

  it('polls more and more slowly, and quickly again when somebody new waits', async () => {
    const { source } = backend('a', 'b');
    const poller = new SharedPoller(source, 'It');
    void poller.wait('a', 3600);
    await vi.advanceTimersByTimeAsync(500 + 750 + 1125);
    expect(source.get).toHaveBeenCalledTimes(3);
    await vi.advanceTimersByTimeAsync(120_000);
    const before = source.get.mock.calls.length;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(source.get.mock.calls.length - before).toBe(1);
    void poller.wait('b', 3600);
    await vi.advanceTimersByTimeAsync(15_000);
    const quick = source.get.mock.calls.length;
    expect(quick - before).toBeGreaterThan(3);
  });
});

describe('Patience', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('waits longer each time, never beyond the deadline, and then throws', async () => {
    const patience = new Patience(2, 'Disabling calling');
    const start = Date.now();
    for (const reached of [500, 1250, 2000]) {
      const pause = patience.pause();
      await vi.advanceTimersToNextTimerAsync();
      await pause;
      expect(Date.now() - start).toBe(reached);
    }
    await expect(patience.pause()).rejects.toThrow("Disabling calling wasn't finished within 2 seconds");
  });
});
