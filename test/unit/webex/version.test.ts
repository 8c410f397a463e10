import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { VERSION } from '../../../provider/webex/http/version';

test('the version in User-Agent is the version of the package', () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../../provider/package.json'), 'utf8'));
  expect(VERSION).toBe(manifest.version);
});
