import type { CheckFailure } from '../../lifecycle';
import { callingPreview } from '../calling/preview';
import { hasUnknown, same } from '../inputs/compare';
import { listedLocation } from '../lookups/locations';
import type { Run } from '../run/run';
import { find } from './find';
import type { CustomerOrgInputs } from './schema';

/** What Webex says in preview of calling at the headquarters of an existing customer, where that changes. */
export async function headquartersPreview(
  run: Run,
  { headquarters }: CustomerOrgInputs,
  olds: CustomerOrgInputs | undefined,
): Promise<CheckFailure[]> {
  const [before, wanted] = [olds?.headquarters, headquarters?.calling];
  if (olds === undefined || before === undefined || wanted === undefined || same(before.calling, wanted)) return [];
  if (hasUnknown(olds.externalId)) return [];
  const orgId = (await find(run, olds))?.orgId;
  if (!orgId) return [];
  const locationId = (await listedLocation(run, orgId, before.name))?.id;
  return callingPreview(run, { orgId, locationId, path: 'headquarters.calling' }, before.calling, wanted);
}
