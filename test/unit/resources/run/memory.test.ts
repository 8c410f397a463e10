import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Memory } from '../../../../provider/resources/run/memory';

let memory: Memory;
beforeEach(() => {
  memory = new Memory();
});

describe('until the next write', () => {
  it('asks once for many, also while the first answer is under way', async () => {
    const load = vi.fn(async () => ['a']);
    const answers = await Promise.all([
      memory.untilWrite('users', load),
      memory.untilWrite('users', load),
      memory.untilWrite('users', load),
    ]);
    expect(answers).toEqual([['a'], ['a'], ['a']]);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('keeps lists apart by their key', async () => {
    expect(await memory.untilWrite('one', async () => 1)).toBe(1);
    expect(await memory.untilWrite('two', async () => 2)).toBe(2);
  });

  it('asks again after two minutes', async () => {
    const load = vi.fn(async () => 1);
    await memory.untilWrite('users', load, 1_000);
    await memory.untilWrite('users', load, 120_999);
    expect(load).toHaveBeenCalledTimes(1);
    await memory.untilWrite('users', load, 121_000);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('asks again after a write, and after a failure', async () => {
    const load = vi.fn(async () => 1);
    await memory.untilWrite('users', load);
    memory.forgetReads();
    await memory.untilWrite('users', load);
    expect(load).toHaveBeenCalledTimes(2);

    const failing = vi.fn(() => Promise.reject(new Error('unreachable')));
    await expect(memory.untilWrite('people', failing)).rejects.toThrow('unreachable');
    expect(await memory.untilWrite('people', async () => 'there')).toBe('there');
  });

  it('a late failure does not discard a newer answer', async () => {
    let fail: (error: Error) => void = () => {};
    const late = memory.untilWrite('users', () => new Promise((_, reject) => (fail = reject)));
    memory.forgetReads();
    const load = vi.fn(async () => 'new');
    await memory.untilWrite('users', load);
    fail(new Error('late'));
    await expect(late).rejects.toThrow('late');
    expect(await memory.untilWrite('users', load)).toBe('new');
    expect(load).toHaveBeenCalledTimes(1);
  });
});

describe('for the whole run', () => {
  it('makes a value once, whatever is written', async () => {
    const make = vi.fn(async () => ['Full Administrator']);
    expect(await memory.forRun('roles', make)).toBe(await memory.forRun('roles', make));
    memory.forgetReads();
    await memory.forRun('roles', make);
    expect(make).toHaveBeenCalledTimes(1);
    expect(memory.forRun('lookups', () => 'not a promise')).toBe('not a promise');
  });

  it('is computed again after a failure', async () => {
    await expect(memory.forRun('roles', () => Promise.reject(new Error('unreachable')))).rejects.toThrow('unreachable');
    expect(await memory.forRun('roles', async () => 'there')).toBe('there');
  });
});
