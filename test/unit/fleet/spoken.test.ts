import os from 'node:os';
import { describe, expect, it } from 'vitest';
import { backendEnvironment, explained } from '../../../provider/fleet/run/backend';
import { isLeftOver, isLocked, lockAdvice } from '../../../provider/fleet/run/locks';
import { spoken } from '../../../provider/fleet/run/spoken';

const LOCKED = `code: 255
 stdout: Updating (7-of-64):
 stderr: Command failed with exit code 255: pulumi up --yes
error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.
  file:///state/.pulumi/locks/organization/acme/7-of-64/1.json: created by somebody@build-host (pid 4711) at 2026-11-22T17:00:00Z
 err?: Error: Command failed with exit code 255: pulumi up --yes
error: the stack is currently locked by 1 lock(s).
`;

describe('what Pulumi says', () => {
  it('is told without the rest of its output', () => {
    expect(spoken(new Error(LOCKED))).toMatch(
      /^the stack is currently locked by 1[\s\S]*\(pid 4711\) at 2026-11-22T17:00:00Z$/,
    );
    expect(spoken(new Error('code: -2\n stdout: \n stderr: error: EOF\n err?: error: EOF\n'))).toBe('EOF');
    expect(spoken(new Error('something else'))).toBe('something else');
    expect(explained('EOF')).toContain('.attrs');
  });
});

describe('a lock', () => {
  it('is left over only where its process is one of this machine, and gone', () => {
    const left = (pid: number) => LOCKED.replace('build-host', os.hostname()).replace('4711', String(pid));
    expect(isLocked(LOCKED)).toBe(true);
    expect(isLeftOver(LOCKED)).toBe(false);
    expect(isLeftOver(left(process.pid))).toBe(false);
    expect(isLeftOver(left(2 ** 22 + 1))).toBe(true);
    expect(isLeftOver('the stack is currently locked by 1 lock(s)')).toBe(false);
    expect(lockAdvice(LOCKED)).toContain('by process 4711 of build-host');
  });
});

it('state in a folder is written without what a kill can leave half-written', () => {
  expect(backendEnvironment({ PULUMI_BACKEND_URL: 'file:///state' })).toEqual({
    PULUMI_BACKEND_URL: 'file:///state?metadata=skip',
  });
  expect(backendEnvironment({ PULUMI_BACKEND_URL: 'file:///state?no_tmp_dir=true' })).toEqual({
    PULUMI_BACKEND_URL: 'file:///state?no_tmp_dir=true&metadata=skip',
  });
  expect(backendEnvironment({ PULUMI_BACKEND_URL: 'postgres://127.0.0.1/state' })).toEqual({});
  expect(backendEnvironment({})).toEqual({});
});
