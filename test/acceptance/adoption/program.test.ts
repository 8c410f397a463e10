import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../tools/setup/paths.mjs';
import { makePartner, PROVISIONING_ID } from '../../unit/adoption/partner';
import { createPlace, type Place } from './place';

const MINUTES = 60_000;

describe('a partner that was made by hand, brought under management as a program', () => {
  let place: Place;
  let partner: Awaited<ReturnType<typeof makePartner>>;
  beforeAll(async () => {
    place = await createPlace();
    partner = await makePartner(place.hub);
    await place.writes();
  }, 2 * MINUTES);
  afterAll(() => place.workspace.close());

  /** What the commands of docs/adopt.md printed. */
  let printed = '';

  it(
    'is discovered: a file a customer, and in words what can not be declared',
    async () => {
      const run = (await place.wholesale('.', 'discover', '--out', 'found', '--template', PROVISIONING_ID)).ok();
      printed += run.stdout;
      expect(run.stdout).toContain('9 customers, 9 users');
      expect(run.stdout).toContain('6 customers, 4 locations besides headquarters, 8 users');
      expect((await readdir(path.join(place.workspace.folder, 'found', 'customers'))).sort()).toEqual([
        'cafe-zurich-x-sud-1.ts',
        'johns-pizza-east.ts',
        'johns-pizza-north.ts',
        'johns-pizza-west.ts',
        'johns-pizza.ts',
        'resellers-customer.ts',
      ]);
      for (const words of [
        'in-error: is left out: its status is error',
        'under-way: is left out: its status is provisioning',
        'in-review: is left out: its status is pending_rpl_review',
        'user eve@north.example.com is left out: the person must consent',
        'gone@acme.com is a person of the organization and no user of the customer',
      ]) {
        expect(run.stdout).toContain(words);
      }
      expect(await place.writes()).toBe(0);
    },
    MINUTES,
  );

  it(
    'is adopted without a write, and unchanged after that',
    async () => {
      (await place.pulumi('found', 'stack', 'init', 'test')).ok();
      const run = (await place.wholesale('found', 'adopt')).ok();
      printed += run.stdout;
      expect(run.stdout).toContain('adopted: 19 objects');
      expect(run.stdout).toContain('the next preview: unchanged');
      expect((await place.pulumi('found', 'up', '--yes', '--skip-preview')).ok().changes).toEqual({ unchanged: 20 });
      const unmanaged = await place.wholesale('found', 'unmanaged');
      printed += unmanaged.stdout;
      expect(unmanaged.exitCode).toBe(4);
      expect(await place.writes()).toBe(0);
    },
    3 * MINUTES,
  );

  it('printed what docs/adopt.md says', async () => {
    const page = await readFile(path.join(root, 'docs', 'adopt.md'), 'utf8');
    const blocks = [...page.matchAll(/<!-- program -->\n```text\n(.*?)```/gs)];
    const lines = blocks.flatMap(([, text = '']) => text.trim().split('\n'));
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) expect(printed).toContain(line.trim());
  });

  it(
    'shows what is changed by hand, and puts it back',
    async () => {
      const { at, pizza, branch } = partner;
      await at.api('PUT', `/locations/${branch}?orgId=${pizza.orgId}`, { timeZone: 'America/Chicago' });
      const up = (await place.pulumi('found', 'up', '--refresh', '--yes', '--skip-preview')).ok();
      expect(up.changes).toMatchObject({ updated: 1, unchanged: 19 });
      expect(await at.api('GET', `/locations/${branch}?orgId=${pizza.orgId}`)).toMatchObject({
        timeZone: 'America/Denver',
      });
    },
    2 * MINUTES,
  );

  it(
    'loses one customer where one file goes',
    async () => {
      const file = path.join(place.workspace.folder, 'found', 'index.ts');
      await writeFile(file, (await readFile(file, 'utf8')).replace("import './customers/cafe-zurich-x-sud-1';\n", ''));
      // What counts: the mapping of two objects goes, and nothing of the others.
      await place.writes();
      expect((await place.pulumi('found', 'up', '--yes', '--skip-preview')).ok().changes).toEqual({
        deleted: 2,
        unchanged: 18,
      });
      const { byOperation } = await place.workspace.simulator.requests();
      expect(Object.entries(byOperation).filter(([operation]) => /^(POST|PUT|DELETE)/.test(operation))).toEqual([
        ['DELETE /wholesale/subscribers/{subscriberId}', 1],
        ['DELETE /wholesale/customers/{customerId}', 1],
      ]);
    },
    2 * MINUTES,
  );
});
