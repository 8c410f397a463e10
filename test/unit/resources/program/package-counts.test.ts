import { expect, it } from 'vitest';
import { PackageCounts } from '../../../../provider/resources/program/package-counts';

it('counts each user once, announced or checked, with the packages that it was declared with last', () => {
  const counts = new PackageCounts();
  counts.set('alice', 'johns-pizza', ['webex_calling']);
  counts.set('john', 'johns-pizza', ['webex_calling']);
  counts.set('other', 'sierra', ['webex_calling']);
  counts.set('alice', 'johns-pizza', ['webex_calling'], true);
  counts.set('john', 'johns-pizza', ['webex_calling'], true);
  expect(counts.count('johns-pizza', 'webex_calling')).toBe(2);
  expect(counts.before('john', 'johns-pizza', 'webex_calling')).toBe(1);
  // Checked again.
  counts.set('alice', 'johns-pizza', ['webex_calling'], true);
  expect(counts.before('alice', 'johns-pizza', 'webex_calling')).toBe(0);
  counts.set('john', 'johns-pizza', ['webex_meetings'], true);
  expect(counts.count('johns-pizza', 'webex_calling')).toBe(1);
  expect(counts.before('john', 'johns-pizza', 'webex_calling')).toBeUndefined();
});
