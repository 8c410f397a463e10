import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { end, start, strike } from '../../../../tools/chaos/processes';

/** Starts a child in a session of its own, which outlives its parent. */
const PARENT = `
  const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)', 'orphan'], { detached: true, stdio: 'ignore' });
  child.unref();
  setTimeout(() => {}, 60000);`;

describe('processes of a chaos run', () => {
  it('are found by their mark, also after their parent has ended, and no others', async () => {
    const other = start(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], '.', process.env);
    const parent = start(process.execPath, ['-e', PARENT], '.', process.env);
    while (strike(parent.mark, 'SIGCONT', () => true) < 2) await sleep(20);
    expect(strike(parent.mark, 'SIGKILL', (_, pid) => pid === parent.pid)).toBe(1);
    expect((await parent.ended).signal).toBe('SIGKILL');
    expect(strike(parent.mark, 'SIGCONT', () => true)).toBe(1);
    end(parent.mark);
    while (strike(parent.mark, 'SIGCONT', () => true) > 0) await sleep(20);
    expect(strike(other.mark, 'SIGCONT', () => true)).toBe(1);
    end(other.mark);
    expect((await other.ended).signal).toBe('SIGKILL');
  });
});
