import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FleetReport } from 'pulumi-webex-wholesale/fleet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePartner, PROVISIONING_ID, READY } from '../../unit/adoption/partner';
import { createPlace, type Place } from './place';

const MINUTES = 60_000;

describe('a partner that was made by hand, brought under management as a fleet', () => {
  let place: Place;
  beforeAll(async () => {
    place = await createPlace();
    place.workspace.setEnv({ XDG_CACHE_HOME: path.join(place.workspace.folder, 'cache') });
    await makePartner(place.hub);
    await place.writes();
  }, 2 * MINUTES);
  afterAll(() => place.workspace.close());

  async function report(): Promise<FleetReport> {
    return JSON.parse(await readFile(path.join(place.workspace.folder, 'report.json'), 'utf8')) as FleetReport;
  }

  it(
    'is discovered as a roster that check finds nothing wrong with',
    async () => {
      (await place.wholesale('.', 'discover', '--as', 'roster', '--out', 'found', '--template', PROVISIONING_ID)).ok();
      expect((await place.wholesale('.', 'fleet', 'check', 'found')).ok().stdout).toContain('6 customers, 8 users');
    },
    MINUTES,
  );

  it(
    'is adopted without a write; the next preview is unchanged',
    async () => {
      const adopted = (await place.wholesale('.', 'fleet', 'adopt', 'found', '--report', 'report.json')).ok();
      expect(adopted.stdout).toContain('6 unchanged');
      const { stacks } = await report();
      expect(stacks.map((stack) => stack.adopted)).toEqual([1, 18]);
      const preview = await place.wholesale(
        '.',
        'fleet',
        'preview',
        'found',
        '--no-policies',
        '--report',
        'report.json',
      );
      expect(preview.ok().stdout).toContain('6 unchanged');
      expect((await report()).customers.map(({ externalId }) => externalId).sort()).toEqual([...READY].sort());
      expect(await place.writes()).toBe(0);
    },
    3 * MINUTES,
  );
});
