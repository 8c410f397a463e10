import { encodeId, newId } from '../ids';
import type { Database } from './database';

/** The provisioning ID of the documented example of POST /wholesale/customers. */
const SAMPLE_PROVISIONING_ID = 'ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2';

/** The role of users with packages that can't be lowered (Cisco help ny0fr7x). */
export const FULL_ADMINISTRATOR = 'Full Administrator';

/**
 * The roles of GET /roles, with the names of Control Hub's administrator roles (Cisco help fs78p5). Their IDs contain
 * names, as in Webex; the IDs of the last three are invented.
 */
const ROLES: readonly (readonly [id: string, name: string])[] = [
  ['id_full_admin', FULL_ADMINISTRATOR],
  ['id_readonly_admin', 'Read-only Administrator'],
  ['id_user_admin', 'User and Device Administrator'],
  ['id_device_admin', 'Device Administrator'],
  ['id_support_admin', 'Support Administrator'],
  ['id_location_admin', 'Location Administrator'],
  ['id_compliance_officer', 'Compliance Officer'],
];

/** Adds the initial content to a new database. */
export function seed(db: Database, now: number): void {
  if (db.first("SELECT 1 FROM settings WHERE name = 'seeded'")) return;
  db.insert('settings', { name: 'seeded', value: '1' });
  for (const [id, name] of ROLES) db.insert('roles', { id: encodeId('ROLE', id), name });
  const id = newId('ORGANIZATION');
  db.insert('organizations', {
    id,
    partner_id: id,
    display_name: 'Service provider',
    kind: 'partner',
    authentication: JSON.stringify({ type: 'webex' }),
    created: now,
  });
  const template = { name: 'Wholesale default', country: 'US', authentication: { type: 'webex' } };
  db.insert('templates', {
    provisioning_id: SAMPLE_PROVISIONING_ID,
    partner_id: id,
    document: JSON.stringify(template),
    created: now,
  });
}
