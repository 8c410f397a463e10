import { newId } from '../../ids';
import type { World } from '../../world';
import { type CustomerPackage, licenseName } from './catalogue';

interface LicenseRow {
  id: string;
  org_id: string;
  package: CustomerPackage;
}

/** Each provisioned package of a customer is a license of its organization, in the same row. */
export function licenseOf(world: World, orgId: string, name: CustomerPackage): string | undefined {
  return world.db.first<LicenseRow>('SELECT * FROM licenses WHERE org_id = ? AND package = ?', orgId, name)?.id;
}

/** The package of a license. */
export function packageOfLicense(world: World, orgId: string, licenseId: string): CustomerPackage | undefined {
  return world.db.first<LicenseRow>('SELECT * FROM licenses WHERE org_id = ? AND id = ?', orgId, licenseId)?.package;
}

/** Sets the licenses of an organization to those of these packages. Remaining licenses keep their IDs. */
export function setLicenses(world: World, orgId: string, packages: readonly CustomerPackage[]): void {
  for (const row of world.db.all<LicenseRow>('SELECT * FROM licenses WHERE org_id = ?', orgId))
    if (!packages.includes(row.package)) removeLicense(world, row);
  for (const name of packages)
    if (!licenseOf(world, orgId, name))
      world.db.insert('licenses', { id: newId('LICENSE'), org_id: orgId, package: name });
}

function removeLicense(world: World, { id, org_id }: LicenseRow): void {
  world.db.run('DELETE FROM licenses WHERE id = ?', id);
  world.db.run(
    'UPDATE people SET licenses = (SELECT json_group_array(value) FROM json_each(people.licenses) WHERE value <> ?1) ' +
      "WHERE org_id = ?2 AND licenses <> '[]' AND instr(licenses, ?1) > 0",
    id,
    org_id,
  );
}

/** `totalUnits` without a limit. wxc_sdk requires a number; the value is an assumption. */
const UNLIMITED = -1;

/**
 * The licenses of an organization in GET /licenses. `totalUnits` is the package's limit (assumption: the documents
 * don't connect limits and licenses).
 */
export function listLicenses(world: World, orgId: string): Record<string, unknown>[] {
  const limits = JSON.parse(
    world.db.first<{ limits: string }>('SELECT limits FROM customers WHERE org_id = ?', orgId)?.limits ?? '{}',
  ) as Record<string, number>;
  const rows = world.db.all<LicenseRow>('SELECT * FROM licenses WHERE org_id = ? ORDER BY rowid', orgId);
  return rows.map((row) => {
    const consumed = consumedUnits(world, row.id);
    const total = limits[row.package];
    return {
      id: row.id,
      name: licenseName(row.package),
      totalUnits: total ?? UNLIMITED,
      consumedUnits: consumed,
      consumedByUsers: consumed,
      consumedByWorkspaces: 0,
    };
  });
}

/** Number of people with a license. */
export function consumedUnits(world: World, licenseId: string): number {
  return world.db.count('SELECT used AS n FROM license_use WHERE license_id = ?', licenseId);
}
