import { PartialFailure } from '../../lifecycle';
import { WebexError } from '../../webex';
import type { Identity } from '../../webex/identity';
import { uuidOf } from '../../webex/ids';
import type { Run } from '../run/run';

/** The partner that an object belongs to, as a state records it. */
export interface OfPartner {
  /**
   * Organization of the partner whose token made, took over or first read the object: the UUID in its ID, because each
   * record has it. Earlier records have the ID.
   */
  partnerOrgId?: string;
}

/**
 * Environment variable that names a partner organization: with it, Webex's answers to a token of that partner count
 * also for objects that were recorded with another partner's token.
 */
export const PARTNER_VARIABLE = 'WEBEX_PARTNER_ORG_ID';

/** The owner of this run's token; undefined if Webex refuses to return it, as to a token that may not read people. */
export function tokenOwner(run: Run): Promise<Identity | undefined> {
  return run.memory.forRun('token owner', () =>
    run.webex.identity().catch((error: unknown) => {
      if (error instanceof WebexError) return undefined;
      throw error;
    }),
  );
}

/** The owner of a token in a message: the name, or the ID without one, and the organization. */
export function ownerText({ displayName, id, orgId }: Identity): string {
  return `${displayName ?? id} in the organization ${orgId}`;
}

/** Records the partner in the state that a write ends with, and in that of one that failed half-way. */
export async function withPartner<S extends OfPartner, T extends { state: S }>(
  run: Run,
  write: () => Promise<T>,
  isExternal: (state: S) => boolean = () => false,
): Promise<T> {
  try {
    const written = await write();
    return isExternal(written.state) ? written : { ...written, state: await marked(run, written.state) };
  } catch (error) {
    if (!(error instanceof PartialFailure)) throw error;
    throw new PartialFailure(error.id, await marked(run, error.state), error.reasons, error.cause);
  }
}

/** A state with its partner. What is recorded stays, unless another partner is named: asking costs a request. */
export async function marked<S extends OfPartner>(run: Run, state: S): Promise<S> {
  if (state.partnerOrgId !== undefined && !process.env[PARTNER_VARIABLE]) return state;
  const owner = await tokenOwner(run);
  const partnerOrgId = owner && uuidOf(owner.orgId);
  // An earlier record with the ID stays as it is.
  const isRecorded = state.partnerOrgId !== undefined && uuidOf(state.partnerOrgId) === partnerOrgId;
  return partnerOrgId === undefined || isRecorded ? state : { ...state, partnerOrgId };
}

/** Whether the token of this owner counts for what these partners' tokens recorded. */
export function isTokenOf({ orgId }: Pick<Identity, 'orgId'>, partnerOrgIds: readonly string[]): boolean {
  return [...partnerOrgIds, process.env[PARTNER_VARIABLE] ?? ''].some((id) => uuidOf(id) === uuidOf(orgId));
}

/**
 * Refuses to forget or delete an object with the token of another partner: that token sees none of the objects, which
 * does not mean that they are gone.
 * @throws Error that names the owner of the token, and what to set if that is right
 */
export async function refuseOtherPartner(run: Run, title: string, { partnerOrgId }: OfPartner): Promise<void> {
  if (partnerOrgId === undefined) return;
  const owner = await run.webex.identity();
  const { orgId } = owner;
  if (isTokenOf(owner, [partnerOrgId])) return;
  throw new Error(
    `${title} is neither forgotten nor deleted: it was recorded with a token of the partner organization ${partnerOrgId}, and the ` +
      `token of this run is that of ${ownerText(owner)}, to which Webex doesn't show another partner's ` +
      `objects. Use a token of the first partner; or, if the second one has taken over its customers, set ${PARTNER_VARIABLE}=${orgId}`,
  );
}
