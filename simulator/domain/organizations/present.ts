import { isoDate, type OrganizationRow } from '../../storage/rows';

/** The Organization object of the admin documents. */
export function presentOrganization(row: OrganizationRow): { id: string; displayName: string; created: string } {
  return { id: row.id, displayName: row.display_name, created: isoDate(row.created) };
}
