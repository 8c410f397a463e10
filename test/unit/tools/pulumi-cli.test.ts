import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pulumiFolder } from '../../../tools/setup/pulumi-cli.mjs';
import { buildWithGo, builtVersion } from '../../../tools/setup/pulumi-from-go.mjs';
import { SetupError } from '../../../tools/setup/say.mjs';
import { newFolder } from '../new-folder';

let folder: string;
let cache: string;
beforeEach(() => {
  // Set-up's lines would look like those of the run itself.
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  folder = newFolder();
  cache = path.join(folder, 'cache');
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** A folder with programs that are shell scripts. */
function programs(name: string, scripts: Record<string, string>): string {
  const bin = path.join(folder, name);
  mkdirSync(bin, { recursive: true });
  for (const [program, script] of Object.entries(scripts)) {
    writeFileSync(path.join(bin, program), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(bin, program), 0o755);
  }
  return bin;
}

const companions = { 'pulumi-language-nodejs': '', 'pulumi-resource-pulumi-nodejs': '' };
const cli = (version: string) => ({ pulumi: `echo v${version}`, ...companions });
const environment = (...folders: string[]) => ({
  PATH: [...folders, '/usr/bin', '/bin'].join(':'),
  WEBEX_WHOLESALE_CACHE: cache,
});
const cached = (version: string) => programs(`cache/pulumi-${version}/bin`, cli(version));
const way = (version: string, make: (target: string) => boolean) => ({
  version,
  make: async (target: string) => make(path.relative(folder, target)),
});
const closed = way('3.270.0', () => false);
const never = way('3.220.0', () => {
  throw new Error('must not be tried');
});

describe('the pulumi CLI that is taken', () => {
  it('is the one on PATH when it is new enough', async () => {
    cached('3.220.0');
    const bin = programs('theirs', cli('3.250.1'));
    expect(await pulumiFolder(environment(bin), [never])).toBe(bin);
  });

  it.each(['3.199.0', '2.300.0', '4.0.0', 'unknown'])('is not one on PATH of version %s', async (version) => {
    const ours = cached('3.220.0');
    expect(await pulumiFolder(environment(programs('theirs', cli(version))), [never])).toBe(ours);
  });

  it('is not one on PATH without the language host for Node.js', async () => {
    const ours = cached('3.220.0');
    const bin = programs('theirs', { pulumi: 'echo v3.250.1', 'pulumi-resource-pulumi-nodejs': '' });
    expect(await pulumiFolder(environment(bin), [never])).toBe(ours);
  });

  it('may have its language host elsewhere on PATH', async () => {
    const bin = programs('theirs', { pulumi: 'echo v3.250.1' });
    const plugins = programs('plugins', companions);
    expect(await pulumiFolder(environment(bin, plugins), [never])).toBe(bin);
  });

  it('is brought by the first way that is open, once', async () => {
    let times = 0;
    const open = way('3.220.0', (target) => {
      times++;
      return Boolean(programs(path.join(target, 'bin'), cli('3.220.0')));
    });
    const bin = path.join(cache, 'pulumi-3.220.0', 'bin');
    expect(await pulumiFolder(environment(), [closed, open])).toBe(bin);
    expect(await pulumiFolder(environment(), [closed, open])).toBe(bin);
    expect(times).toBe(1);
    expect(readdirSync(cache)).toEqual(['pulumi-3.220.0']);
  });

  it('is never a half-made one', async () => {
    const broken = way('3.220.0', (target) => {
      programs(path.join(target, 'bin'), cli('3.220.0'));
      throw new Error('disk full');
    });
    await expect(pulumiFolder(environment(), [broken])).rejects.toThrow('disk full');
    expect(readdirSync(cache)).toEqual([]);
    const dead = way('3.220.0', (target) => Boolean(programs(path.join(target, 'bin'), { pulumi: 'exit 1' })));
    await expect(pulumiFolder(environment(), [dead])).rejects.toThrow(SetupError);
    expect(readdirSync(cache)).toEqual([]);
  });

  it('is one and the same for two checkouts that bring it at once', async () => {
    const open = way('3.220.0', (target) => Boolean(programs(path.join(target, 'bin'), cli('3.220.0'))));
    const both = await Promise.all([pulumiFolder(environment(), [open]), pulumiFolder(environment(), [open])]);
    expect(new Set(both)).toEqual(new Set([path.join(cache, 'pulumi-3.220.0', 'bin')]));
    expect(readdirSync(cache)).toEqual(['pulumi-3.220.0']);
  });

  it('is asked of the user when no way is open', async () => {
    await expect(pulumiFolder(environment(), [closed])).rejects.toMatchObject({
      remedy: expect.stringContaining('https://www.pulumi.com/docs/install/'),
    });
  });
});

describe('the build from Go modules', () => {
  /** A `go` that notes how it was called, and makes what it is asked to make. */
  function fakeGo(build: string): string {
    programs('module/nodejs/dist', { 'pulumi-resource-pulumi-nodejs': '', 'pulumi-analyzer-policy': '' });
    for (const name of readdirSync(path.join(folder, 'module/nodejs/dist'))) {
      chmodSync(path.join(folder, 'module/nodejs/dist', name), 0o444);
    }
    return programs('go', {
      go: `echo "$GOFLAGS | $*" >> ${folder}/calls
PATH=/usr/bin:/bin
case $1 in version) echo go version go1.24 ;; list) echo ${folder}/module ;; build) ${build} ;; esac`,
    });
  }

  it('makes the engine, the language host and the two scripts, from what go.sum lists', async () => {
    const go = fakeGo('for last; do :; done; for a; do [ "$p" = -o ] && touch "$a$(basename $last)"; p=$a; done');
    const target = path.join(folder, 'target');
    await buildWithGo(target, { ...environment(go), GOFLAGS: '-mod=mod' });
    expect(readdirSync(path.join(target, 'bin')).sort()).toEqual([
      'pulumi',
      'pulumi-analyzer-policy',
      'pulumi-language-nodejs',
      'pulumi-resource-pulumi-nodejs',
    ]);
    const calls = readFileSync(path.join(folder, 'calls'), 'utf8');
    expect(calls).not.toContain('-mod=mod');
    expect(calls).toContain(`Version=v${builtVersion}`);
  });

  it('has a remedy for a module that cannot be downloaded', async () => {
    const go = fakeGo('echo "dial tcp: lookup of the module server: no such host" >&2; exit 1');
    await expect(buildWithGo(path.join(folder, 'target'), environment(go))).rejects.toMatchObject({
      output: expect.stringContaining('no such host'),
      remedy: expect.stringContaining('GOPROXY'),
    });
  });

  it('reports a missing Go', async () => {
    const target = path.join(folder, 'target');
    await expect(buildWithGo(target, environment(programs('empty', {})))).rejects.toThrow(/no Go/);
    expect(existsSync(target)).toBe(false);
  });
});
