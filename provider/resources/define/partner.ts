import { PartialFailure } from '../../lifecycle';
import { WebexError } from '../../webex';
import type { Run } from '../run/run';

/** The partner that an object belongs to, as a state records it. */
export interface OfPartner {
  /** Organization ID of the partner whose token made, took over or first read the object. */
  partnerOrgId?: string;
}

/**
 * Environment variable that names a partner organization: with it, Webex's answers to a token of that partner count
 * also for objects that were recorded with another partner's token.
 */
export const PARTNER_VARIABLE = 'WEBEX_PARTNER_ORG_ID';

/**
 * The partner organization of this run's token; undefined where Webex doesn't return it, as for a token that may not
 * read people.
 */
function partnerOf(run: Run): Promise<string | undefined> {
  return run.memory.forRun('partner', () =>
    run.webex.identity().then(
      ({ orgId }) => orgId,
      (error: unknown) => {
        if (error instanceof WebexError) return undefined;
        throw error;
      },
    ),
  );
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
  const partnerOrgId = await partnerOf(run);
  return partnerOrgId === undefined ? state : { ...state, partnerOrgId };
}

/**
 * Refuses to forget or delete an object with the token of another partner: that token sees none of the objects, which
 * does not mean that they are gone.
 * @throws Error that names the owner of the token, and what to set if that is right
 */
export async function refuseOtherPartner(run: Run, title: string, { partnerOrgId }: OfPartner): Promise<void> {
  if (partnerOrgId === undefined) return;
  const { orgId, displayName, id } = await run.webex.identity();
  if (orgId === partnerOrgId || orgId === process.env[PARTNER_VARIABLE]) return;
  throw new Error(
    `${title} is neither forgotten nor deleted: it was recorded with a token of the partner organization ${partnerOrgId}, and the ` +
      `token of this run is that of ${displayName ?? id} in the organization ${orgId}, to which Webex doesn't show another partner's ` +
      `objects. Use a token of the first partner; or, if the second one has taken over its customers, set ${PARTNER_VARIABLE}=${orgId}`,
  );
}
