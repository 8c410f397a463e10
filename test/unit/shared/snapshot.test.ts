import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetSnapshots, snapshot } from '../../../provider/resources/run/snapshot';

beforeEach(forgetSnapshots);

describe('snapshot', () => {
  it('asks once for many, also while the first answer is under way', async () => {
    const load = vi.fn(async () => ['a']);
    const answers = await Promise.all([snapshot('users', load), snapshot('users', load), snapshot('users', load)]);
    expect(answers).toEqual([['a'], ['a'], ['a']]);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('keeps lists apart by their key', async () => {
    expect(await snapshot('one', async () => 1)).toBe(1);
    expect(await snapshot('two', async () => 2)).toBe(2);
  });

  it('asks again after two minutes', async () => {
    const load = vi.fn(async () => 1);
    await snapshot('users', load, 1_000);
    await snapshot('users', load, 120_999);
    expect(load).toHaveBeenCalledTimes(1);
    await snapshot('users', load, 121_000);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('asks again after a write, and after a failure', async () => {
    const load = vi.fn(async () => 1);
    await snapshot('users', load);
    forgetSnapshots();
    await snapshot('users', load);
    expect(load).toHaveBeenCalledTimes(2);

    const failing = vi.fn(() => Promise.reject(new Error('unreachable')));
    await expect(snapshot('people', failing)).rejects.toThrow('unreachable');
    expect(await snapshot('people', async () => 'there')).toBe('there');
  });

  it('a failure that comes late does not throw away a newer answer', async () => {
    let fail: (error: Error) => void = () => {};
    const late = snapshot('users', () => new Promise((_, reject) => (fail = reject)));
    forgetSnapshots();
    const load = vi.fn(async () => 'new');
    await snapshot('users', load);
    fail(new Error('late'));
    await expect(late).rejects.toThrow('late');
    expect(await snapshot('users', load)).toBe('new');
    expect(load).toHaveBeenCalledTimes(1);
  });
});
