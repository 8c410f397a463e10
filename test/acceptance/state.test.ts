import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { root } from '../../tools/setup/paths.mjs';
import { createWorkspace, type Workspace } from './harness';

/** Bytes of compact JSON that a resource may take in the state: a stack is written whole after each step. */
const MOST_BYTES = 2100;
/** And of its inputs and outputs, which both hold the text that names the handlers. */
const MOST_DATA = 2250;

const quickstart = () => readFile(path.join(root, 'examples', 'quickstart', 'index.ts'), 'utf8');
const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

interface People {
  organizations: { displayName: string; mapped: boolean }[];
  customers: unknown[];
  subscribers: unknown[];
  people: { email: string; licenses: string[] }[];
}

describe('the state of the quickstart', () => {
  let workspace: Workspace;
  afterEach(() => workspace.close());

  it('is small, holds no credential, costs nothing to look at again, and destroy leaves nothing of ours', async () => {
    const token = 'a-token-that-must-not-be-found-anywhere';
    workspace = await createWorkspace({ program: await quickstart(), language: 'ts', simulator: { token } });
    const { simulator } = workspace;
    const before = await simulator.control('GET', '/state');
    (await workspace.up()).ok();
    expect(((await simulator.control('GET', '/state')) as People).subscribers).toHaveLength(4);
    const exported = await workspace.stackExport();
    const { resources = [] } = exported.deployment;
    const ours = resources.filter(({ type }) => type.includes('webex-wholesale'));
    expect(ours).toHaveLength(7);

    const all = bytes(exported) / resources.length;
    const largest = Math.max(...ours.map(bytes));
    console.info(`state: ${Math.round(all)} bytes a resource, the largest has ${largest}`);
    expect(all).toBeLessThanOrEqual(MOST_BYTES);
    for (const { urn, inputs, outputs } of ours) {
      expect(bytes({ inputs, outputs }), urn).toBeLessThanOrEqual(MOST_DATA);
    }

    for (const { type, inputs, outputs } of ours) {
      const kind = { CustomerOrg: 'customer-org', Location: 'location', User: 'user' }[type.split(':').at(-1) ?? ''];
      const module = `require('pulumi-webex-wholesale/${kind ?? 'onboarding-template'}')`;
      expect(inputs?.__provider).toBe(`exports.handler=()=>${module}`);
      expect(outputs?.__provider).toContain(`exports.handler=()=>{try{return ${module}}catch(e)`);
      expect(JSON.stringify([inputs, outputs])).not.toContain('__caller');
    }

    expect(JSON.stringify(ours)).not.toMatch(/stackTrace|sourcePosition/);

    const files = await everyFile(path.join(workspace.folder, 'backend'));
    expect(files.size).toBeGreaterThan(1);
    for (const [name, text] of files) expect(text.includes(token), name).toBe(false);

    await simulator.resetRequests();
    expect((await workspace.up()).ok().changes).toEqual({ unchanged: ours.length + 1 });
    expect((await simulator.requests()).total).toBe(0);

    (await workspace.destroy()).ok();
    expect((await workspace.stackExport()).deployment.resources ?? []).toEqual([]);
    const after = (await simulator.control('GET', '/state')) as People & { jobs: unknown[] };
    // That calling was disabled stays on record as a job.
    expect({ ...after, jobs: [] }).toEqual(before);
  }, 240_000);

  it('removal "unlink": organization and persons stay, unmapped, and are attached again', async () => {
    workspace = await createWorkspace({ program: await quickstart(), language: 'ts' });
    const { simulator } = workspace;
    (await workspace.pulumi('config', 'set', 'removal', 'unlink')).ok();
    (await workspace.up()).ok();
    const before = (await simulator.control('GET', '/state')) as People;
    (await workspace.destroy()).ok();
    const after = (await simulator.control('GET', '/state')) as People;
    expect([after.customers, after.subscribers]).toEqual([[], []]);
    const pizza = after.organizations.filter(({ displayName }) => displayName === "John's Pizza");
    expect(pizza).toMatchObject([{ mapped: false }]);
    expect(after.people.map(({ email }) => email)).toEqual(before.people.map(({ email }) => email));
    expect(after.people.flatMap(({ licenses }) => licenses)).toEqual([]);

    const refused = (await workspace.up()).fails();
    expect(refused.all).toMatch(/Set orgId: "\S+" or adopt: true to attach it again/);
    await workspace.setProgram((await quickstart()).replace('  removal,\n', '  removal,\n  adopt: true,\n'));
    (await workspace.up()).ok();
    const again = (await simulator.control('GET', '/state')) as People;
    expect(again.organizations).toEqual(before.organizations);
    expect(again.people.map(({ email }) => email)).toEqual(before.people.map(({ email }) => email));
    expect([again.customers.length, again.subscribers.length]).toEqual([1, 4]);
  }, 240_000);
});

async function everyFile(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const texts = await Promise.all(names.map(async (name) => [name, await readFile(name, 'utf8')] as const));
  return new Map(texts);
}
