import { fromJson } from '../../storage/rows';
import type { Grant, World } from '../../world';

interface TokenRow {
  token: string;
  partner_id: string;
  scopes: string | null;
  expires: number | null;
}

/** Finds a token; undefined if it is unknown or expired. */
export function findGrant(world: World, token: string): Grant | undefined {
  const row = world.db.first<TokenRow>('SELECT * FROM tokens WHERE token = ?', token);
  if (!row || (row.expires !== null && row.expires <= world.clock.now())) return undefined;
  return { partnerId: row.partner_id, scopes: row.scopes === null ? undefined : fromJson<string[]>(row.scopes) };
}
