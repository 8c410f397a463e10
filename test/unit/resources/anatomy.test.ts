import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { KINDS } from '../../../provider/kinds';
import { resources } from '../../../provider/resources';
import { root } from '../../../tools/setup/paths.mjs';

const folder = path.join(root, 'provider/resources');
/** The other folders are rooms, which hold what resources share. */
const names = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'resource.ts')));

describe('provider/resources', () => {
  it('lists every resource', () => {
    const listed = Object.keys(resources).map((name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
    expect(listed.sort()).toEqual(names.sort());
  });

  it.each(names)('%s has the files that every resource has', (name) => {
    const files = [
      'api',
      'args',
      'create',
      'definition',
      'find',
      'import',
      'read',
      'remove',
      'resource',
      'schema',
      'update',
    ];
    expect(readdirSync(path.join(folder, name))).toEqual(expect.arrayContaining(files.map((file) => `${file}.ts`)));
  });

  it.each(Object.values(resources).map(({ type }) => ({ type })))(
    'gives programs the class of $type',
    async ({ type }) => {
      const name = type.replace('webex-wholesale:', '');
      const classes: Record<string, unknown> = await import('../../../provider/index');
      expect(classes[name]).toBeTypeOf('function');
      const kinds: Record<string, { type: string; handlers: string }> = KINDS;
      expect(kinds[name]?.type).toBe(type);
      const handlers = kinds[name]?.handlers.replace('pulumi-webex-wholesale', 'provider/handlers');
      expect(existsSync(path.join(root, `${handlers}.ts`))).toBe(true);
    },
  );

  it('has no module with a state of its own: what a run remembers is in the run', () => {
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    expect(sources.length).toBeGreaterThan(60);
    const state = /^(export )?(let |var |const \w+(: [^=]+)? = (new (Map|Set)(<.*>)?\(\)|\[\];|\{\};))/m;
    expect(sources.filter((file) => state.test(readFileSync(path.join(folder, file), 'utf8')))).toEqual([]);
  });
});
