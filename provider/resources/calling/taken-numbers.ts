import type { CheckFailure } from '../../lifecycle';
import { hasUnknown } from '../inputs/compare';
import { isForbidden, isRefusal } from '../outcomes/errors';
import type { Run } from '../run/run';
import type { Calling } from './schema';

/**
 * Numbers that a location is to have and can't, because another organization has them or Webex calls them invalid. Those
 * of another location of the same organization come from there. Nothing is said where the token may not ask: validating
 * needs the scope that adding needs.
 * @param organization its ID; undefined where it isn't known yet
 */
export async function takenNumbers(
  run: Run,
  organization: () => Promise<string | undefined>,
  before: Calling | undefined,
  wanted: Calling | undefined,
  path: string,
): Promise<CheckFailure[]> {
  const numbers = wanted?.phoneNumbers;
  if (run.settings.precheck === 'off' || numbers === undefined || hasUnknown(numbers)) return [];
  const added = numbers.filter((number) => !before?.phoneNumbers?.includes(number));
  if (added.length === 0) return [];
  const orgId = await organization();
  if (orgId === undefined) return [];
  const validated = await run.webex.numbers.validate(orgId, added).catch((error: unknown) => {
    if (isRefusal(error) || isForbidden(error)) return [];
    throw error;
  });
  const refused = validated.filter(({ state = 'Available' }) => state !== 'Available');
  if (refused.length === 0) return [];
  const own = new Set((await run.webex.numbers.list({ orgId })).map(({ phoneNumber }) => phoneNumber));
  return refused
    .filter(({ number }) => !own.has(number))
    .map(({ number, state, detail = [] }) => ({
      property: `${path}.phoneNumbers[${numbers.indexOf(number)}]`,
      reason:
        `${number} can't be added: Webex calls it ${state?.toLowerCase()} (${detail.join('; ') || 'no reason given'}), and this customer ` +
        'has it at no location. Choose another one; one of another customer must be removed there first, in a run of its own',
    }));
}
