import { fromJson, isoDate } from '../../storage/rows';
import { SINGLE_PACKAGES } from '../packages/catalogue';
import type { ListedSubscriber } from './find';

/**
 * The Subscriber object. `personId` is "only presented when status is `provisioned`". `package` is the base package; it
 * is omitted if that is not one of the field's six values.
 */
export function presentSubscriber(row: ListedSubscriber): Record<string, unknown> {
  return {
    id: row.id,
    ...(row.person_id !== null && row.status === 'provisioned' ? { personId: row.person_id } : {}),
    email: row.email,
    customerId: row.customer_id,
    externalCustomerId: row.external_customer_id,
    ...(SINGLE_PACKAGES.some((name) => name === row.package) ? { package: row.package } : {}),
    status: row.status,
    lastStatusChange: isoDate(row.last_status_change),
    created: isoDate(row.created),
    packages: fromJson<string[]>(row.packages),
    ...(row.errors === '[]' ? {} : { errors: fromJson<unknown[]>(row.errors) }),
  };
}
