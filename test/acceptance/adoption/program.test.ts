import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeLargePartner, READY } from '../../unit/adoption/large-partner';
import { PROVISIONING_ID } from '../../unit/adoption/partner';
import { howToLines } from '../../unit/docs/markdown';
import { createPlace, type Place, printedIn } from './place';

const MINUTES = 60_000;

describe('a partner that was made by hand, brought under management as a program', () => {
  let place: Place;
  let partner: Awaited<ReturnType<typeof makeLargePartner>>;
  beforeAll(async () => {
    place = await createPlace();
    partner = await makeLargePartner(place.hub);
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
      expect(run.stdout).toContain('20 customers, 302 users');
      expect(run.stdout).toContain('16 customers, 9 locations besides headquarters, 301 users');
      expect(await readdir(path.join(place.workspace.folder, 'found', 'customers'))).toHaveLength(READY.length);
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
      expect(run.stdout).toContain('adopted: 327 objects');
      expect(run.stdout).toContain('the next preview: unchanged');
      expect((await place.pulumi('found', 'up', '--yes', '--skip-preview')).ok().changes).toEqual({ unchanged: 328 });
      expect(await place.writes()).toBe(0);
    },
    5 * MINUTES,
  );

  it('printed what docs/adopt.md and docs/how-to.md say', () => {
    const lines = printedIn('program');
    expect(lines.length).toBeGreaterThan(10);
    for (const line of [...lines, ...howToLines('adopt')]) expect(printed).toContain(line);
  });

  it(
    'gets back what was changed by hand, and loses the customer whose file is gone, and nothing else',
    async () => {
      const { at, pizza, branch } = partner;
      await at.api('PUT', `/locations/${branch}?orgId=${pizza.orgId}`, { timeZone: 'America/Chicago' });
      const file = path.join(place.workspace.folder, 'found', 'index.ts');
      await writeFile(file, (await readFile(file, 'utf8')).replace("import './customers/cafe-zurich-x-sud-1';\n", ''));
      await place.writes();
      const up = (await place.pulumi('found', 'up', '--refresh', '--yes', '--skip-preview')).ok();
      expect(up.changes).toMatchObject({ updated: 1, deleted: 2 });
      expect(await at.api('GET', `/locations/${branch}?orgId=${pizza.orgId}`)).toMatchObject({
        timeZone: 'America/Denver',
      });
      expect(await place.writesByOperation()).toEqual({
        'PUT /locations/{locationId}': 1,
        'DELETE /wholesale/subscribers/{subscriberId}': 1,
        'DELETE /wholesale/customers/{customerId}': 1,
      });
    },
    4 * MINUTES,
  );
});
