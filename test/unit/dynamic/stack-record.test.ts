import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { leftOutBy, pulumiCommand } from '../../../provider/dynamic/pulumi-command';
import { recordedNow, recordedResources } from '../../../provider/dynamic/stack-record';
import { newFolder } from '../new-folder';

describe('the command of Pulumi above a plugin', () => {
  const processes: Record<number, { parent: number; command: string[]; executable?: string }> = {
    30: { parent: 20, command: ['/bin/sh', '/opt/pulumi/pulumi-resource-pulumi-nodejs', '127.0.0.1:4000'] },
    20: { parent: 10, command: ['pulumi', 'up', '--stack', 'dev'], executable: '/opt/pulumi/pulumi' },
    10: { parent: 1, command: ['bash'] },
    31: { parent: 21, command: ['/opt/pulumi/pulumi-resource-pulumi-nodejs', '127.0.0.1:4000'] },
    21: { parent: 10, command: ['/nix/bin/.pulumi-wrapped', 'up'] },
  };
  const look = (pid: number) => processes[pid];

  it('is found above the shell of the plugin, whatever the plugin is called', () => {
    const args = ['up', '--stack', 'dev'];
    expect(pulumiCommand(30, look)).toEqual({ executable: '/opt/pulumi/pulumi', args });
    expect(pulumiCommand(31, look)).toEqual({ executable: '/nix/bin/.pulumi-wrapped', args: ['up'] });
    expect(pulumiCommand(10, look)).toBeUndefined();
  });

  it('this process has a parent, which is no pulumi', () => {
    expect(pulumiCommand()).toBeUndefined();
  });

  it.each([
    ['up --target urn', undefined],
    ['up --target=urn', undefined],
    ['up -t urn', undefined],
    ['up -yt urn', undefined],
    ['up --target-replace urn', undefined],
    ['preview -x urn:alice', undefined],
    ['preview --exclude urn:alice --exclude=urn:john', ['urn:alice', 'urn:john']],
    ['preview --exclude urn:**', undefined],
    ['preview --exclude', undefined],
    ['preview --exclude urn:alice --exclude-dependents', undefined],
    ['up --yes --stack dev --target-dependents', []],
    ['up --yes --skip-preview', []],
    ['preview --diff', []],
  ])('pulumi %s leaves out %j', (line, urns) => {
    const leftOut = leftOutBy({ executable: 'pulumi', args: line.split(' ') }, {});
    expect(leftOut && [...leftOut]).toEqual(urns);
  });

  it('by a variable, or where the command is not known, it is not known what is left out', () => {
    expect(leftOutBy({ executable: 'pulumi', args: ['up'] }, { PULUMI_OPTION_TARGET: 'urn' })).toBeUndefined();
    expect(leftOutBy(undefined, {})).toBeUndefined();
  });
});

describe('what the stack recorded', () => {
  const folder = newFolder();
  const executable = path.join(folder, 'pulumi');
  const called = () => readFile(path.join(folder, 'called'), 'utf8');
  beforeAll(async () => {
    const outputs = { personId: 'P1' };
    const resources = [
      { urn: 'urn:stack' },
      { urn: 'urn:alice', id: '1', outputs },
      { urn: 'urn:john', id: '2', outputs, protect: true },
      { urn: 'urn:old', id: '3', outputs, delete: true },
      { urn: 'urn:read', id: '4', outputs, external: true },
    ];
    await writeFile(path.join(folder, 'export'), JSON.stringify({ deployment: { resources } }));
    await writeFile(executable, `#!/bin/sh\necho "$@" > "${folder}/called"\ncat "${folder}/export"\n`);
    await chmod(executable, 0o755);
  });

  it('is what pulumi stack export prints of the stack of the running command', async () => {
    const state = { personId: 'P1' };
    expect(await recordedResources({ executable, args: ['up', '--stack', 'dev', '--yes'] })).toEqual([
      { urn: 'urn:alice', id: '1', state, isKept: false },
      { urn: 'urn:john', id: '2', state, isKept: true },
    ]);
    expect(await called()).toBe('stack export --stack dev\n');
    await recordedResources({ executable, args: ['up', '--stack=dev'] });
    expect(await called()).toBe('stack export --stack=dev\n');
  });

  it('stays where the run leaves it out', async () => {
    const recorded = await recordedResources({ executable, args: ['up', '--exclude', 'urn:alice'] });
    expect(recorded.map(({ urn, isKept }) => [urn, isKept])).toEqual([
      ['urn:alice', true],
      ['urn:john', true],
    ]);
  });

  it('is nothing where it is not known what the run leaves out, or the command fails', async () => {
    expect(await recordedResources({ executable, args: ['up', '--target', 'urn:alice'] })).toEqual([]);
    expect(await recordedResources({ executable: path.join(folder, 'missing'), args: ['up'] })).toEqual([]);
    expect(await recordedResources(undefined)).toEqual([]);
  });

  it('is known at once for the option import, and says nothing where the command fails', async () => {
    expect(recordedNow({ executable, args: ['up', '--target', 'urn:alice'] })).toHaveLength(2);
    const failing = path.join(folder, 'failing');
    await writeFile(failing, '#!/bin/sh\necho "error: no stack named dev" >&2\nexit 1\n');
    await chmod(failing, 0o755);
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(recordedNow({ executable: failing, args: ['preview'] })).toEqual([]);
    expect(written).not.toHaveBeenCalled();
    written.mockRestore();
    expect(recordedNow(undefined)).toEqual([]);
  });
});
