import type { WebexClient } from '../../webex';
import { WebexError } from '../../webex';
import type { Identity } from '../../webex/identity';
import type { Listing } from './declared';

/** Whose token a command has, in words: what is another partner's, it doesn't see. Undefined where Webex doesn't tell. */
export async function tokenOwner(webex: WebexClient): Promise<string | undefined> {
  const identity = await identityOf(webex);
  return identity && inWords(identity);
}

/**
 * Refuses to look for what a program declares with another token than that of the partner whose objects the state has: to
 * that token, all of them would be absent.
 * @throws Error that says whose both are
 */
export async function refuseOtherToken(webex: WebexClient, { recorded }: Listing): Promise<void> {
  const partners = new Set(recorded.flatMap(({ inputs: { partnerOrgId } }) => partnerOrgId ?? []));
  if (partners.size === 0) return;
  const identity = await identityOf(webex);
  if (identity === undefined || partners.has(identity.orgId)) return;
  throw new Error(
    `the token is that of ${inWords(identity)}, and what the state has was recorded with a token of the partner organization ` +
      `${[...partners].join(', ')}: nothing was looked for. Use a token of that partner`,
  );
}

function inWords({ orgId, displayName, id }: Identity): string {
  return `${displayName ?? id} in the organization ${orgId}`;
}

async function identityOf(webex: WebexClient): Promise<Identity | undefined> {
  try {
    return await webex.identity();
  } catch (error) {
    if (error instanceof WebexError) return undefined;
    throw error;
  }
}
