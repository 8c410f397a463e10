import { describeDifferences } from '../inputs/compare';
import type { Calling } from './schema';

/**
 * What of the calling of an existing location contradicts the declaration, where the location is adopted. What is only
 * missing doesn't: a run that was interrupted leaves it so. Nor do names and digits, which Webex sets by itself.
 */
export function callingDifferences(real: Calling | undefined, wanted: Calling | undefined, path: string): string[] {
  if (!real?.enabled || wanted === undefined) return [];
  const declared = wanted.phoneNumbers;
  const extra = declared ? (real.phoneNumbers ?? []).filter((number) => !declared.includes(number)) : [];
  const { pstn, mainNumber } = real;
  return [
    ...describeDifferences(
      { pstn, mainNumber },
      { pstn: pstn && wanted.pstn, mainNumber: mainNumber && wanted.mainNumber },
      `${path}.`,
    ),
    ...(extra.length > 0 ? [`${path}.phoneNumbers has ${extra.join(', ')}, which is not declared`] : []),
  ];
}
