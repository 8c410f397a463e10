import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PrechecksAhead } from '../../../../provider/resources/prechecks/ahead';
import { Run } from '../../../../provider/resources/run/run';
import { WebexApiError } from '../../../../provider/webex';

interface Thing {
  id: string;
}

/** The prechecks of a new run. */
function fresh() {
  const run = new Run();
  const warnings: string[] = [];
  const asked: string[] = [];
  const flight = { now: 0, most: 0 };
  const configure = (config: Record<string, string>) =>
    run.configure(
      (key) => config[key],
      (text) => void warnings.push(text),
    );
  configure({});
  const ask = vi.fn(async ({ id }: Thing): Promise<unknown> => {
    asked.push(id);
    flight.most = Math.max(flight.most, ++flight.now);
    await new Promise((done) => setTimeout(done, 1000));
    flight.now--;
    if (id.startsWith('bad')) throw refusal(id);
    return undefined;
  });
  const upcoming = new Map<string, { inputs: { id: string } }>();
  const ahead = new PrechecksAhead<Thing>(run, {
    upcoming,
    validated: ({ id }) => (typeof id === 'string' && id !== 'unknown' ? { id } : undefined),
    send: ask,
    keyOf: ({ id }) => id,
    hints: [[/e-mail/, 'email']],
  });
  /** As the engine does: one after the other. */
  const preview = async (ids: string[], exists: (id: string) => boolean = () => false) => {
    for (const id of ids) upcoming.set(id, { inputs: { id } });
    const found: Record<string, string> = {};
    for (const id of ids) {
      upcoming.delete(id);
      ahead.checking(!exists(id));
      if (exists(id)) continue;
      for (const { reason } of (await ahead.failuresOf({ id })) ?? []) found[id] = reason;
    }
    return found;
  };
  return { ahead, upcoming, preview, asked, flight, warnings, configure, ask };
}

function refusal(id: string): Error {
  return Object.assign(Object.create(WebexApiError.prototype) as Error, {
    status: 409,
    description: `the e-mail of ${id} is taken`,
    errors: [],
  });
}

const ids = (count: number) => Array.from({ length: count }, (_, index) => `user-${index}`);

/** Lets fake time pass until the work is done. */
async function inFakeTime<T>(work: Promise<T>): Promise<T> {
  let done = false;
  const ended = work.finally(() => {
    done = true;
  });
  ended.catch(() => undefined);
  while (!done) await vi.advanceTimersByTimeAsync(100);
  return ended;
}

describe('prechecks ahead', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => void vi.useRealTimers();
  });

  it('ask about each new one once, and about many at the same time', async () => {
    const { preview, asked, flight } = fresh();
    await inFakeTime(preview(ids(200)));
    expect(asked.toSorted()).toEqual(ids(200).toSorted());
    expect(flight.most).toBe(65);
  });

  it('give each answer to the one that it is about', async () => {
    const { preview } = fresh();
    const found = await inFakeTime(preview(['a', 'b', 'bad-1', 'c', 'd', 'bad-2', 'e']));
    expect(Object.keys(found)).toEqual(['bad-1', 'bad-2']);
    expect(found['bad-2']).toContain('bad-2 is taken');
  });

  it('ask about existing ones as often as about new ones at most, and not at all without a new one', async () => {
    const { preview, asked } = fresh();
    await inFakeTime(preview(ids(100), () => true));
    expect(asked).toEqual([]);
    // One new after every ninth.
    const isNew = (id: string) => id.endsWith('0');
    await inFakeTime(preview([...ids(100)].reverse(), (id) => !isNew(id)));
    expect(asked.filter(isNew)).toHaveLength(10);
    expect(asked.length).toBeLessThanOrEqual(20);
  });

  it('ask alone about what was not announced, and not ahead about what is not known', async () => {
    const { ahead, upcoming, asked } = fresh();
    upcoming.set('b', { inputs: { id: 'unknown' } });
    ahead.checking(true);
    await inFakeTime(ahead.failuresOf({ id: 'a' }));
    upcoming.delete('b');
    ahead.checking(true);
    await inFakeTime(ahead.failuresOf({ id: 'b' }));
    expect(asked).toEqual(['a', 'b']);
  });

  it('delay a preview no longer than allowed, and report once what is skipped', async () => {
    const { preview, asked, warnings, configure, ask } = fresh();
    configure({ 'webex-wholesale:precheckSeconds': '5' });
    ask.mockImplementation(({ id }) => {
      asked.push(id);
      return new Promise((done) => setTimeout(done, 2000 * asked.length));
    });
    await inFakeTime(preview(ids(100)));
    expect(asked.length).toBeLessThan(20);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/has waited 5 s .* up to 9\d new objects are not prechecked/);
  });

  it('report to the waiting caller that Webex can not be reached', async () => {
    const { preview, ask } = fresh();
    ask.mockRejectedValue(new Error('unreachable'));
    await expect(inFakeTime(preview(ids(3)))).rejects.toThrow('unreachable');
  });
});
