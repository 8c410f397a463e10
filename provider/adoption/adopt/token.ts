import { ownerText, PARTNER_VARIABLE, tokenOwner } from '../../resources/define/partner';
import { uuidOf } from '../../resources/inputs/ids';
import type { Run } from '../../resources/run/run';
import type { Listing } from './declared';

/**
 * Refuses to look for declared objects with the token of another partner than the one of the recorded objects: Webex
 * would show none of them to that token.
 * @throws Error that names the owner of the token and the recorded partner
 */
export async function refuseOtherToken(run: Run, { recorded }: Listing): Promise<void> {
  const partners = new Set(
    recorded.flatMap(({ inputs: { partnerOrgId } }) => (typeof partnerOrgId === 'string' ? uuidOf(partnerOrgId) : [])),
  );
  if (partners.size === 0) return;
  const owner = await tokenOwner(run);
  const trusted = [...partners, uuidOf(process.env[PARTNER_VARIABLE] ?? '')];
  if (owner === undefined || trusted.includes(uuidOf(owner.orgId))) return;
  throw new Error(
    `the token is that of ${ownerText(owner)}, and what the state has was recorded with a token of the partner organization ` +
      `${[...partners].join(', ')}: nothing was looked for. Use a token of that partner; or, if the other one has taken over its ` +
      `customers, set ${PARTNER_VARIABLE}=${owner.orgId}`,
  );
}
