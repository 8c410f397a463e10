import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { root } from '../../../tools/setup/paths.mjs';
import { pulumiFolder } from '../../../tools/setup/pulumi-cli.mjs';
import { downloadedVersion, downloadRelease } from '../../../tools/setup/pulumi-download.mjs';
import { capture } from '../../../tools/setup/run-command.mjs';
import { newFolder } from '../new-folder';

let folder: string;
let printed: string;
beforeEach(() => {
  printed = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  folder = newFolder();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

interface LockedPackage {
  version?: string;
  integrity?: string;
  link?: boolean;
  hasInstallScript?: boolean;
}

describe('what npm installs', () => {
  const file = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  const { packages } = JSON.parse(file) as { packages: Record<string, LockedPackage> };
  const installed = Object.entries(packages).filter(([name, { link }]) => name.includes('node_modules/') && !link);

  it('has a checksum in the lockfile, every package of it, Node.js itself included', () => {
    expect(installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([name]) => name)).toEqual(
      [],
    );
    for (const platform of ['linux-x64', 'linux-arm64']) {
      expect(packages[`node_modules/node-${platform}`]?.version).toMatch(/^24\./);
    }
  });

  it('runs no install script: the one that there is is switched off by name', () => {
    const withScript = installed
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([name]) => path.basename(name));
    const { allowScripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      allowScripts: Record<string, boolean>;
    };
    expect(allowScripts).toEqual(Object.fromEntries(withScript.map((name) => [name, false])));
  });
});

describe('what set-up starts', () => {
  const secrets = ['WEBEX_ACCESS_TOKEN', 'WEBEX_REFRESH_TOKEN', 'webex_client_secret', 'PULUMI_CONFIG_PASSPHRASE'];
  beforeEach(() => {
    for (const name of secrets) vi.stubEnv(name, 'a-secret');
    vi.stubEnv('npm_config_fetch_retries', '3');
  });

  it('has no credentials in its environment, and what npm needs', async () => {
    const { stdout } = await capture('env', []);
    expect(stdout).not.toContain('a-secret');
    expect(stdout).toContain('npm_config_fetch_retries=3');
  });

  it('is the go that builds the CLI, too, and the pulumi that is asked for its version', async () => {
    const bin = path.join(folder, 'bin');
    mkdirSync(bin);
    for (const name of ['pulumi', 'go']) {
      writeFileSync(path.join(bin, name), `#!/bin/sh\nenv >> ${folder}/seen\necho 3.1.0\n[ $1 != build ]\n`);
      chmodSync(path.join(bin, name), 0o755);
    }
    const env = { ...process.env, PATH: `${bin}:/usr/bin:/bin`, WEBEX_WHOLESALE_CACHE: path.join(folder, 'cache') };
    const { buildWithGo } = await import('../../../tools/setup/pulumi-from-go.mjs');
    const way = { version: '3.220.0', make: buildWithGo };
    await expect(pulumiFolder(env, [way])).rejects.toThrow('go build');
    const seen = readFileSync(path.join(folder, 'seen'), 'utf8');
    expect(seen.match(/^PATH=/gm)?.length).toBeGreaterThanOrEqual(3);
    expect(seen).not.toContain('a-secret');
  });
});

describe('the download of the pulumi CLI', () => {
  const platform = 'linux-x64';
  let server: Server;
  let url: string;
  let archive: Buffer;
  let requested: string[];
  beforeEach(async () => {
    const content = path.join(folder, 'content');
    mkdirSync(path.join(content, 'pulumi'), { recursive: true });
    writeFileSync(path.join(content, 'pulumi', 'pulumi'), '#!/bin/sh\necho v3.221.0\n', { mode: 0o755 });
    expect(spawnSync('tar', ['czf', path.join(folder, 'archive'), '-C', content, 'pulumi']).status).toBe(0);
    archive = readFileSync(path.join(folder, 'archive'));
    requested = [];
    server = createServer((request, response) => {
      requested.push(`${request.method} ${request.url}`);
      response.end(request.method === 'HEAD' ? '' : archive);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });
  const checksum = () => createHash('sha256').update(archive).digest('hex');

  it('is unpacked where its checksum is the one that is written down', async () => {
    const target = path.join(folder, 'target');
    expect(await downloadRelease(target, { server: url, platform, sums: { [platform]: checksum() } })).toBe(true);
    expect(readdirSync(target)).toEqual(['bin']);
    expect((await capture(path.join(target, 'bin', 'pulumi'), [])).stdout).toBe('v3.221.0\n');
    expect(requested).toContain(`GET /releases/sdk/pulumi-v${downloadedVersion}-${platform}.tar.gz`);
  });

  it('is refused where it is another one, with both checksums, and nothing of it is kept', async () => {
    const target = path.join(folder, 'target');
    const real = downloadRelease(target, { server: url, platform });
    await expect(real).rejects.toThrow(`SHA-256 ${checksum()}, expected fe736f91`);
    expect(existsSync(target)).toBe(false);
  });

  it('is left to the next way where there is no checksum for the platform, or no server', async () => {
    expect(await downloadRelease(folder, { server: url, platform: 'aix-ppc64' })).toBe(false);
    expect(requested).toEqual([]);
    server.close();
    server.closeAllConnections();
    expect(await downloadRelease(folder, { server: url, platform })).toBe(false);
    expect(printed).toContain('is out of reach (ECONNREFUSED): building the pulumi CLI from its Go modules instead');
  });
});
