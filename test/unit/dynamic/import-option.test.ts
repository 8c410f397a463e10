import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { newFolder } from '../new-folder';

const folder = newFolder();
const TYPE = 'pulumi-nodejs:dynamic/webex-wholesale:User';
const KEY = 'alice.anderson@acme.com';

/** The module as in a new program's process. */
async function fresh() {
  vi.resetModules();
  return import('../../../provider/dynamic/import-option');
}

afterEach(() => vi.restoreAllMocks());

it('leaves the option import to Pulumi until the stack has the resource, under the same type and name', async () => {
  const { importOf } = await fresh();
  const urn = (name: string) => `urn:pulumi:dev::acme::acme:Site$${TYPE}::${name}`;
  const recorded = { state: {}, isKept: false };
  const record = () => [
    { ...recorded, urn: urn('alice'), id: 'id-1' },
    { ...recorded, urn: urn('a::b'), id: 'id-2' },
  ];
  expect(importOf(TYPE, 'alice', KEY, record)).toBeUndefined();
  expect(importOf(TYPE, 'a::b', KEY, record)).toBeUndefined();
  expect(importOf(TYPE, 'alice', 'id-1', record)).toBe('id-1');
  expect(importOf(TYPE, 'bob', KEY, record)).toBe(KEY);
  expect(importOf(TYPE.replace('User', 'Location'), 'alice', KEY, record)).toBe(KEY);
});

it('finds the plugin in the project file above the program', async () => {
  const { areImportsServed } = await fresh();
  const cwd = vi.spyOn(process, 'cwd').mockReturnValue(path.join(folder, 'src', 'program'));
  await writeFile(path.join(folder, 'Pulumi.yaml'), 'name: acme\nruntime: nodejs\n');
  expect(areImportsServed()).toBe(false);
  await writeFile(path.join(folder, 'Pulumi.yaml'), 'name: acme\nplugins:\n  providers: [{ name: pulumi-nodejs }]\n');
  expect(areImportsServed()).toBe(true);
  expect(cwd).toHaveBeenCalled();
});
