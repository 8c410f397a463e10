import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../tools/setup/paths.mjs';
import { capture } from '../../../tools/setup/run-command.mjs';

interface Rule {
  name: string;
}

const rules = (config: string): string[] =>
  (require(path.join(root, config)) as { forbidden: Rule[] }).forbidden.map((rule) => rule.name);

/** Files with nothing wrong in them, for the bad ones to import. */
const good: Record<string, string> = {
  'provider/index.ts':
    "export type { T } from './webex/api'; export * from './packages'; export * from './resources/user/resource';",
  'provider/packages.ts': 'export const packages = 1;',
  'provider/webex/api.ts': "import { z } from 'zod'; export type T = string; export const api = z;",
  'provider/dynamic/resource.ts': "import '@pulumi/pulumi'; export const resource = 1;",
  'provider/dynamic/provider.ts': 'export const provider = 1;',
  'provider/resources/user/resource.ts':
    "import { resource } from '../../dynamic/resource'; export const user = resource;",
  'provider/resources/user/handlers.ts':
    "import { api } from '../../webex/api'; import '../lookups/users'; import '../define/index'; export const handlers = api;",
  'provider/resources/define/index.ts': "import '../run/run'; export const define = 1;",
  'provider/resources/lookups/users.ts': "import '../run/run'; export const lookup = 1;",
  'provider/resources/run/run.ts': 'export const run = 1;',
  'provider/handlers/user.ts': "import '../dynamic/provider'; import '../resources/user/handlers';",
  'policy/index.ts': "import '../provider/packages'; import type {} from '../provider/index';",
  'simulator/index.ts': "import './routes/people'; export const simulator = 1;",
  'simulator/routes/people.ts': "import '../http/paging'; import '../domain/people/find';",
  'simulator/http/paging.ts': 'export const paging = 1;',
  'simulator/domain/people/find.ts': 'export const find = 1;',
  'tools/run.mjs': 'export const run = 1;',
  'examples/quickstart/index.ts': "import '@pulumi/pulumi';",
  'test/some.test.ts': "import '../provider/webex/api'; import '../simulator/index';",
};

/** For each rule a file that breaks it, and only it. */
const bad: Record<string, [file: string, source: string][]> = {
  'no-cycle': [
    ['provider/dynamic/a.ts', "import { b } from './b'; export const a = () => b;"],
    ['provider/dynamic/b.ts', "import { a } from './a'; export const b = () => a;"],
  ],
  'not-resolvable': [['tools/lost.mjs', "import './nowhere.mjs';"]],
  'simulator-stands-alone': [
    ['simulator/bad.ts', "import type { T } from '../provider/webex/api'; export type U = T;"],
  ],
  'simulator-http-knows-no-domain': [['simulator/http/bad.ts', "import '../domain/people/find';"]],
  'simulator-domain-knows-no-http': [['simulator/domain/people/bad.ts', "import '../../http/paging';"]],
  'provider-knows-no-simulator': [['provider/bad.ts', "import '../simulator/index';"]],
  'resources-know-no-pulumi-protocol': [['provider/resources/user/rules.ts', "import '../../dynamic/provider';"]],
  'resource-classes-know-one-class': [['provider/resources/bad/resource.ts', "import '../../dynamic/provider';"]],
  'resources-stand-side-by-side': [['provider/resources/workspace/find.ts', "import '../user/handlers';"]],
  'rooms-know-no-resource': [['provider/resources/lookups/bad.ts', "import '../user/handlers';"]],
  'define-knows-no-subject': [['provider/resources/define/bad.ts', "import '../lookups/users';"]],
  'subjects-know-no-contract': [['provider/resources/calling/bad.ts', "import '../lookups/users';"]],
  'ground-rooms-know-no-other': [['provider/resources/inputs/bad.ts', "import '../run/run';"]],
  'dynamic-knows-no-domain': [['provider/dynamic/bad.ts', "import '../resources/user/handlers';"]],
  'webex-client-stands-alone': [['provider/webex/bad.ts', "import '../packages';"]],
  'http-knows-no-pacing': [['provider/webex/http/bad.ts', "import '../api';"]],
  'webex-client-without-pulumi': [['provider/webex/config.ts', "import '@pulumi/pulumi';"]],
  'package-catalogue-stands-alone': [['provider/packages.ts', "import './webex/api'; export const packages = 1;"]],
  'nothing-knows-the-fleet': [
    ['provider/lifecycle.ts', "import './fleet/index'; export const lifecycle = 1;"],
    ['provider/fleet/index.ts', 'export const fleet = 1;'],
  ],
  'nothing-knows-the-command-line': [
    ['provider/kinds.ts', "import './cli/program'; export const kinds = 1;"],
    ['provider/cli/program.ts', 'export const program = 1;'],
  ],
  'fleet-uses-schemas-and-classes': [['provider/fleet/bad.ts', "import '../handlers/user';"]],
  'policy-knows-the-catalogue-only': [['policy/bad.ts', "import '../provider/webex/api';"]],
  'tools-use-the-front-door': [['tools/bad.mjs', "import '../provider/webex/api';"]],
  'examples-use-the-front-door': [['examples/bad/index.ts', "import '../../provider/webex/api';"]],
  'nothing-imports-tests': [['tools/curious.mjs', "import '../test/some.test';"]],
};

describe('import graph', () => {
  let folder: string;
  beforeAll(() => {
    // Below the checkout, so that the packages resolve.
    mkdirSync(path.join(root, '.state'), { recursive: true });
    folder = mkdtempSync(path.join(root, '.state', 'test-graph-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function violations(config: string, files: [string, string][], start: string[]): Promise<string[]> {
    const tree = mkdtempSync(path.join(folder, 'tree-'));
    for (const [file, source] of [...Object.entries(good), ...files]) {
      mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
      writeFileSync(path.join(tree, file), source);
    }
    const depcruise = path.join(root, 'node_modules', '.bin', 'depcruise');
    const args = [depcruise, '--config', path.join(root, config), '--output-type', 'json', ...start];
    const { stdout, output } = await capture(process.execPath, args, { cwd: tree });
    if (!stdout.startsWith('{')) throw new Error(output);
    const report = JSON.parse(stdout) as { summary: { violations: { rule: Rule; from: string }[] } };
    return report.summary.violations.map((violation) => `${violation.rule.name}: ${violation.from}`);
  }

  const folders = ['provider', 'policy', 'simulator', 'tools', 'test', 'examples'];
  const everywhere = (files: [string, string][]) => violations('.dependency-cruiser.cjs', files, folders);

  it('allows what the layout allows', async () => {
    expect(await everywhere([])).toEqual([]);
    expect(await violations('.dependency-cruiser-runtime.cjs', [], ['provider/index.ts'])).toEqual([]);
  });

  it('has a file here that breaks it for every rule', () => {
    expect(Object.keys(bad).sort()).toEqual(rules('.dependency-cruiser.cjs').sort());
  });

  it('refuses each forbidden arrow, by the rule that is meant for it', async () => {
    const all = Object.values(bad).flat();
    const found = await everywhere(all);
    // A cycle is reported once, at the first of its files.
    const expected = Object.entries(bad).map(([rule, files]) => `${rule}: ${files[0]?.[0]}`);
    expect([...new Set(found)].sort()).toEqual(expected.sort());
  });

  it.each([
    ['zod', "import { z } from 'zod'; export const user = z;"],
    ['undici', "import { request } from 'undici'; export const user = request;"],
    ['the API client', "import { api } from '../../webex/api'; export const user = api;"],
    ['handlers', "import { handlers } from './handlers'; export const user = handlers;"],
  ])('refuses that a program loads %s, also at second hand', async (_, source) => {
    const found = await violations(
      '.dependency-cruiser-runtime.cjs',
      [['provider/resources/user/resource.ts', source]],
      ['provider/index.ts'],
    );
    expect(found).toContain('program-stays-light: provider/index.ts');
  });
});
