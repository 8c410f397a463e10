import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Part, writeFiles } from '../../../provider/adoption/discover/files';
import type { FoundCustomer } from '../../../provider/adoption/discover/found';
import { Store } from '../../../provider/adoption/discover/store';
import { newFolder } from '../new-folder';

const CUSTOMER: FoundCustomer = { id: 'id-1', externalId: 'c1677a16', status: 'provisioned', notes: [] };

let top: string;
let out: string;
let elsewhere: string;
beforeEach(() => {
  top = newFolder();
  out = path.join(top, 'out');
  elsewhere = path.join(top, 'elsewhere');
  mkdirSync(out);
  mkdirSync(elsewhere);
});

describe('the folder that discover writes', () => {
  it('is made, and written again where its files are the same', () => {
    const files = (): Part[] => [
      ['customers/johns-pizza.ts', 'export '],
      ['customers/johns-pizza.ts', '{};\n'],
    ];
    writeFiles(path.join(out, 'new'), files);
    writeFiles(path.join(out, 'new'), files);
    expect(readFileSync(path.join(out, 'new/customers/johns-pizza.ts'), 'utf8')).toBe('export {};\n');
  });

  it('may hold a link to a file: it is refused as a file that would be overwritten', () => {
    symlinkSync(path.join(elsewhere, 'index.ts'), path.join(out, 'index.ts'));
    expect(() => writeFiles(out, () => [['index.ts', 'export {};\n']])).toThrow('would be overwritten: index.ts');
    expect(existsSync(path.join(elsewhere, 'index.ts'))).toBe(false);
  });

  it('may hold a link to a folder: nothing is written through it', () => {
    symlinkSync(elsewhere, path.join(out, 'customers'));
    expect(() => writeFiles(out, () => [['customers/a.ts', 'export {};\n']])).toThrow(/customers is a link or a file/);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it('may hold links where an interrupted discovery keeps what it has read', () => {
    const store = new Store(out);
    store.save('key', CUSTOMER);
    const [file = ''] = readdirSync(path.join(out, '.discovering'));
    const target = path.join(elsewhere, 'target');
    writeFileSync(target, 'unchanged');
    symlinkSync(target, path.join(out, '.discovering', `${file}.part`));
    store.save('key', CUSTOMER);
    expect(readFileSync(target, 'utf8')).toBe('unchanged');
    expect(new Store(out).load('key')).toEqual(CUSTOMER);
    store.remove();
    symlinkSync(elsewhere, path.join(out, '.discovering'));
    expect(() => new Store(out)).toThrow(/\.discovering is a link or a file/);
  });
});
