import type { PstnOption } from '../../webex';
import { same } from '../inputs/compare';
import { DeclarationError } from '../outcomes/errors';
import type { Run } from '../run/run';
import type { CallingTarget, RecordCalling } from './api';
import type { Calling, Pstn } from './schema';

/** Sets the PSTN connection of a location where it isn't the declared one. */
export async function applyPstn(
  run: Run,
  target: CallingTarget,
  now: Calling,
  { pstn }: Calling,
  record: RecordCalling,
): Promise<void> {
  if (pstn === undefined || same(now.pstn, pstn)) return;
  const id = pstn.id ?? (await connectionId(run, target, pstn));
  const { premiseRouteType, premiseRouteId } = pstn;
  await run.webex.pstn.set(target.orgId, target.locationId, { id, premiseRouteType, premiseRouteId });
  record({ pstn });
}

async function connectionId({ webex }: Run, target: CallingTarget, { displayName }: Pstn): Promise<string | undefined> {
  if (displayName === undefined) return undefined;
  const options = await webex.pstn.options(target.orgId, target.locationId);
  const found = options.find((option) => option.displayName === displayName);
  if (found) return found.id;
  throw new DeclarationError(`${target.path}.pstn.displayName`, notOffered(displayName, options));
}

/** Why a connection can't be set, in preview and update. */
export function notOffered(connection: string | undefined, options: readonly PstnOption[]): string {
  const names = options.map((option) => JSON.stringify(option.displayName)).join(', ');
  return `"${connection}" is no PSTN connection of this location; it offers ${names || 'none'}`;
}

/** A connection as Webex has it. */
export interface Connection {
  readonly id: string;
  readonly displayName?: string;
  readonly pstnConnectionType?: string;
}

/** The connection as the declaration names it: by name, by ID, or by premise route. */
export function pstnFromApi(
  declared: Pstn | undefined,
  real: Connection,
  route: { type?: string; id?: string } | undefined,
): Pstn {
  const byRoute = declared ? declared.premiseRouteId !== undefined : real.pstnConnectionType === 'LOCAL_GATEWAY';
  const pstn: Pstn = {};
  if (byRoute && route?.id) {
    pstn.premiseRouteType = route.type as Pstn['premiseRouteType'];
    pstn.premiseRouteId = route.id;
  }
  const named = declared ? declared.displayName !== undefined : !byRoute && real.displayName !== undefined;
  if (named) pstn.displayName = real.displayName;
  else if (declared?.id !== undefined || !byRoute) pstn.id = real.id;
  return pstn;
}
