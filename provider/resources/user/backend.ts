import type { SubscriberCreate } from '../../webex';
import { session } from '../run/session';
import { warn } from '../run/warnings';
import type { UserInputs } from './schema';

/** Body of POST /wholesale/subscribers; the precheck takes the same. */
export function creationOf(inputs: UserInputs): SubscriberCreate {
  const { customerId, email, firstName, lastName, phoneNumber: primaryPhoneNumber, extension, locationId } = inputs;
  const provisioningParameters = { firstName, lastName, primaryPhoneNumber, extension, locationId };
  return { customerId, email, packages: packagesOf(inputs), provisioningParameters };
}

/** *Assumption*: the add-on attendant_console goes as a second entry of `packages`, which "accepts only one package". */
export function packagesOf({
  package: name,
  attendantConsole,
}: Pick<UserInputs, 'package' | 'attendantConsole'>): string[] {
  return attendantConsole === true ? [name, 'attendant_console'] : [name];
}

/** Asks Webex for the mail by which the person consents to be moved. */
export async function askForConsent(
  id: string,
  { sendConsentMoveEmail, email, onBehalfOfSubPartnerOrgId }: UserInputs,
): Promise<void> {
  warn(
    `user ${email} is pending migration: the person must consent first. Run pulumi refresh and pulumi up after that`,
  );
  if (sendConsentMoveEmail === true)
    await session.webex.subscribers.sendConsentMoveEmail(id, onBehalfOfSubPartnerOrgId);
}
