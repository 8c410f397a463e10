import { describe, expect, it } from 'vitest';
import { Removals } from '../../../provider/fleet/run/removals';

const customer = (externalId: string, inputs: object) => ({ externalId, entry: inputs as never });

describe('customers that the roster no longer has', () => {
  it('may be deleted up to the limit of the run, which counts all stacks', () => {
    const removals = new Removals([], 2);
    expect(removals.refusal([{ externalId: 'a' }, { externalId: 'b' }], false)).toBeUndefined();
    expect(removals.refusal([{ externalId: 'c' }], false)).toBe(
      '1 customer is no longer in the roster (c), and would be deleted. That is more than --max-removals allows; if it is meant, ' +
        'repeat the command with a higher number',
    );
    expect(removals.refusal([{ externalId: 'c' }], true)).toBeUndefined();
  });

  it.each([
    ['primaryEmail', 'john.anderson@acme.com', 'John.Anderson@acme.com'],
    ['orgId', 'Y2lzY29', 'Y2lzY29'],
  ])(
    'are not deleted where another customer of the roster has the %s: its externalId has changed',
    (key, now, before) => {
      const removals = new Removals([customer('new', { [key]: now }), customer('other', {})], 10);
      const removed = [{ externalId: 'gone' }, { externalId: 'old', [key]: before }];
      for (const isPreview of [true, false])
        expect(removals.refusal(removed, isPreview)).toMatch(
          /^customer "old" is no longer in the roster, and "new" has its primaryEmail or orgId: .* Put the externalId "old" back;/,
        );
    },
  );

  it('are deleted where what is unique of them is not known, such as a secret', () => {
    const removals = new Removals([customer('new', { primaryEmail: 'john.anderson@acme.com' })], 10);
    expect(removals.refusal([{ externalId: 'old', primaryEmail: { secret: '' } }], false)).toBeUndefined();
  });
});
