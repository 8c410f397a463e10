import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fleetFolder, privateFolder } from '../../../provider/fleet/run/folder';
import { completeOptions, OptionError } from '../../../provider/fleet/run/options';
import { projectOf } from '../../../provider/fleet/run/workspace';
import { newFolder } from '../new-folder';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const POLICY = path.join(ROOT, 'policy');

describe('what a fleet runs', () => {
  let folder: string;
  const options = (more: object) => completeOptions({ name: 'acme' }, { command: 'up', ...more });
  beforeEach(() => {
    folder = newFolder();
    vi.stubEnv('XDG_CACHE_HOME', path.join(folder, 'cache'));
  });
  afterEach(() => void vi.unstubAllEnvs());

  it('is checked with the policy pack that is installed with it', () => {
    expect(options({}).policyPacks.map((pack) => statSync(pack).ino)).toEqual([statSync(POLICY).ino]);
    expect(options({ policyPacks: [] }).policyPacks).toEqual([]);
    expect(options({ command: 'destroy' }).policyPacks).toEqual([]);
  });

  it('does not begin where a policy pack or a configuration is missing', () => {
    const config = path.join(folder, 'config.json');
    expect(() => options({ policyPacks: [folder] })).toThrow(/there is no PulumiPolicy\.yaml in this folder/);
    expect(() => options({ policyPackConfigs: [config] })).toThrow(
      `policy configuration ${config}: there is no such file`,
    );
    writeFileSync(config, '{}');
    expect(options({ policyPackConfigs: [config] }).policyPackConfigs).toEqual([config]);
    expect(() => options({ policyPackConfigs: [config, config] })).toThrow(OptionError);
  });

  it('never lies beside the roster, but in a folder for the user alone', () => {
    const made = options({}).folder;
    expect(made.startsWith(path.join(folder, 'cache', 'webex-wholesale', 'fleet', 'acme-'))).toBe(true);
    for (const part of [made, path.dirname(made), path.join(folder, 'cache', 'webex-wholesale')])
      expect(statSync(part).mode & 0o777, part).toBe(0o700);
    // Stacks of another backend are other stacks.
    vi.stubEnv('PULUMI_BACKEND_URL', 'postgres://127.0.0.1/state');
    expect(fleetFolder('acme')).not.toBe(made);
  });

  it('is a project file of its own, written once', () => {
    const file = path.join(folder, 'Pulumi.yaml');
    writeFileSync(file, 'name: acme\nruntime: nodejs\nplugins: { providers: [{ name: pulumi-nodejs, path: /tmp }] }\n');
    expect(projectOf('acme', folder)).toEqual({ workDir: folder });
    const written = { contents: JSON.parse(readFileSync(file, 'utf8')), time: statSync(file).mtimeMs };
    expect(written.contents).toEqual({ name: 'acme', runtime: 'nodejs', main: expect.stringMatching(/^\//) });
    projectOf('acme', folder);
    expect(statSync(file).mtimeMs).toBe(written.time);
    expect(readdirSync(folder)).toEqual(['Pulumi.yaml']);
  });

  it('is not read from a folder that others can write to, or that another user put there', () => {
    const open = path.join(folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    privateFolder(open);
    expect(statSync(open).mode & 0o777).toBe(0o700);
    symlinkSync(open, path.join(folder, 'link'));
    expect(() => privateFolder(path.join(folder, 'link'))).toThrow('is not a folder that belongs to you');
    vi.spyOn(process, 'getuid').mockReturnValue(12345);
    expect(() => privateFolder(open)).toThrow('is not a folder that belongs to you');
    vi.restoreAllMocks();
  });
});
