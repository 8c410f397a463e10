import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeProblem, OLDEST_NODE } from '../../../provider/node-version';
import { root } from '../../../tools/setup/paths.mjs';

type Manifest = Record<string, unknown> & { engines: { node: string }; repository: { directory: string } };

const read = <T>(...names: string[]) => JSON.parse(readFileSync(path.join(root, ...names), 'utf8')) as T;
const packages = ['provider', 'policy', 'simulator'];

describe('package.json of the packages', () => {
  const { packages: locked } = read<{ packages: Record<string, Record<string, unknown>> }>('package-lock.json');

  // npm links a command of a workspace only if package-lock.json has it.
  it.each(packages)('%s: package-lock.json repeats what npm reads from there', (name) => {
    const manifest = read<Manifest>(name, 'package.json');
    for (const key of ['version', 'engines', 'dependencies', 'peerDependencies', 'devDependencies'])
      expect([key, locked[name]?.[key]]).toEqual([key, manifest[key]]);
    const commands = Object.entries((manifest.bin ?? {}) as Record<string, string>);
    expect(locked[name]?.bin ?? {}).toEqual(Object.fromEntries(commands.map(([to, file]) => [to, file.slice(2)])));
  });

  it.each(packages)('%s has the fields that a registry shows', (name) => {
    const manifest = read<Manifest>(name, 'package.json');
    for (const key of ['description', 'keywords', 'license', 'homepage', 'bugs', 'repository', 'type', 'engines'])
      expect(manifest, key).toHaveProperty([key]);
    expect(manifest.repository.directory).toBe(name);
  });

  it("requires the same Node.js as the provider's message", () => {
    expect(read<Manifest>('provider', 'package.json').engines.node).toBe(`>=${OLDEST_NODE}`);
    expect(['22.19.0', '22.20.1', '24.0.0'].map(nodeProblem)).toEqual([undefined, undefined, undefined]);
    expect(nodeProblem('22.18.9')).toMatch(/needs Node.js 22.19 or newer, and this is 22.18.9/);
    expect(nodeProblem('20.30.0')).toMatch(/22.19/);
  });
});
