import type { CheckFailure } from '../../lifecycle';
import { callingPreview } from '../calling/preview';
import { freeFirst } from '../define/replacement';
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
  if (olds === undefined || before === undefined || headquarters === undefined) return [];
  const isRenamed = !hasUnknown(headquarters.name) && !same(before.name, headquarters.name);
  const isCallingChanged = wanted !== undefined && !same(before.calling, wanted);
  if (hasUnknown(olds.externalId) || (!isRenamed && !isCallingChanged)) return [];
  const orgId = (await find(run, olds))?.orgId;
  if (!orgId) return [];
  const locationId = (await listedLocation(run, orgId, before.name))?.id;
  if (isRenamed && locationId !== undefined && (await listedLocation(run, orgId, headquarters.name)) !== undefined) {
    const reason = `can't be changed from "${before.name}" to "${headquarters.name}": a location "${headquarters.name}" exists already. ${freeFirst('name')}`;
    return [{ property: 'headquarters.name', reason }];
  }
  if (!isCallingChanged) return [];
  return callingPreview(run, { orgId, locationId, path: 'headquarters.calling' }, before.calling, wanted);
}
