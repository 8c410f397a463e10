import { encodeId, newId } from '../ids';
import type { Database } from './database';

/** The provisioning ID of the documented example of POST /wholesale/customers. */
export const SAMPLE_PROVISIONING_ID = 'ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2';

/** The name of the role whose holder's package can't be lowered (Cisco help ny0fr7x). */
export const FULL_ADMINISTRATOR = 'Full Administrator';

/**
 * Roles as GET /roles lists them. The ID of the first is the documented example's; the other names are those of Control Hub's
 * administrator roles (Cisco help fs78p5), their IDs are this simulator's own.
 */
const ROLES: readonly (readonly [uuid: string, name: string])[] = [
  ['96abc2aa-3dcc-11e5-a152-fe34819cdc9a', FULL_ADMINISTRATOR],
  ['96abc2aa-3dcc-11e5-b263-0f4592adefab', 'Read-only Administrator'],
  ['6a2f4ad3-1c0b-4c53-9a0e-6f1f6b0c7a01', 'User and Device Administrator'],
  ['6a2f4ad3-1c0b-4c53-9a0e-6f1f6b0c7a02', 'Device Administrator'],
  ['6a2f4ad3-1c0b-4c53-9a0e-6f1f6b0c7a03', 'Support Administrator'],
  ['6a2f4ad3-1c0b-4c53-9a0e-6f1f6b0c7a04', 'Location Administrator'],
  ['6a2f4ad3-1c0b-4c53-9a0e-6f1f6b0c7a05', 'Compliance Officer'],
];

/** Fills a new database; does nothing in one that has been filled. */
export function seed(db: Database, now: number): void {
  if (db.first("SELECT 1 FROM settings WHERE name = 'seeded'")) return;
  db.insert('settings', { name: 'seeded', value: '1' });
  for (const [uuid, name] of ROLES) db.insert('roles', { id: encodeId('ROLE', uuid), name });
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
