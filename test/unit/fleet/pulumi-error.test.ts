import os from 'node:os';
import { describe, expect, it } from 'vitest';
import { backendEnvironment, explained } from '../../../provider/fleet/run/backend';
import { isLocked, lockAdvice, mayRemoveLock } from '../../../provider/fleet/run/locks';
import { pulumiError } from '../../../provider/fleet/run/pulumi-error';

const LOCKED = `code: 255
 stdout: Updating (7-of-64):
 stderr: Command failed with exit code 255: pulumi up --yes
error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.
  file:///state/.pulumi/locks/organization/acme/7-of-64/1.json: created by somebody@build-host (pid 4711) at 2026-11-22T17:00:00Z
 err?: Error: Command failed with exit code 255: pulumi up --yes
error: the stack is currently locked by 1 lock(s).
`;

describe('an error of Pulumi', () => {
  it('is shown without the rest of its output', () => {
    expect(pulumiError(new Error(LOCKED))).toMatch(
      /^the stack is currently locked by 1[\s\S]*\(pid 4711\) at 2026-11-22T17:00:00Z$/,
    );
    expect(pulumiError(new Error('code: -2\n stdout: \n stderr: error: EOF\n err?: error: EOF\n'))).toBe('EOF');
    expect(pulumiError(new Error('something else'))).toBe('something else');
    expect(explained('EOF')).toContain('.attrs');
  });
});

describe('a lock', () => {
  const here = (pid: number, at = '2026-11-22T17:00:00Z') =>
    LOCKED.replace('build-host', os.hostname()).replace('4711', String(pid)).replace('2026-11-22T17:00:00Z', at);
  const now = () => new Date().toISOString();
  const GONE = 2 ** 22 + 1;

  it('of this machine is removed if its process has ended and a run was interrupted', () => {
    const interrupted = { unlock: false, interrupted: true };
    expect(isLocked(LOCKED)).toBe(true);
    expect(mayRemoveLock(here(GONE), interrupted)).toBe(true);
    expect(mayRemoveLock(here(GONE), { unlock: false, interrupted: false })).toBe(false);
    expect(mayRemoveLock(LOCKED, interrupted)).toBe(false);
    expect(mayRemoveLock('the stack is currently locked by 1 lock(s)', interrupted)).toBe(false);
  });

  it('is removed with --unlock, but never that of a process that runs on this machine', () => {
    const unlock = { unlock: true, interrupted: false };
    expect(mayRemoveLock(LOCKED, unlock)).toBe(true);
    expect(mayRemoveLock('Another update is currently in progress', unlock)).toBe(true);
    expect(mayRemoveLock(here(process.pid, now()), unlock)).toBe(false);
    expect(mayRemoveLock(here(process.pid, now()), { unlock: true, interrupted: true })).toBe(false);
    expect(mayRemoveLock(`${here(GONE)}\n${here(process.pid, now())}`, unlock)).toBe(false);
    // Another process has got the number since.
    expect(mayRemoveLock(here(process.pid, '2020-01-01T00:00:00Z'), unlock)).toBe(process.platform === 'linux');
  });

  it('is explained', () => {
    expect(lockAdvice(LOCKED)).toContain('by process 4711 of build-host');
    expect(lockAdvice(here(process.pid, now()))).toMatch(
      /^process \d+ of this machine is working on the stack.*[Ww]ait/,
    );
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
