import type { Run } from '../run/run';
import type { UserInputs } from './schema';

/** A user of another organization must consent to the migration; Webex sends the mail for that where it is declared. */
export async function requestConsent(
  { webex, warn }: Run,
  id: string,
  { sendConsentMoveEmail, email, onBehalfOfSubPartnerOrgId }: UserInputs,
): Promise<void> {
  warn(`user ${email} is pending migration: the person must consent first. Run pulumi up after that`);
  if (sendConsentMoveEmail === true) await webex.subscribers.sendConsentMoveEmail(id, onBehalfOfSubPartnerOrgId);
}
