import type { CheckFailure } from '../../lifecycle';
import { tracking, WebexApiError } from '../../webex';
import { propertyFor } from '../prechecks/precheck';
import type { Run } from '../run/run';
import type { TemplateInputs } from './schema';

/** A subscriber precheck wants an e-mail address; no user has this one. */
const UNUSED_EMAIL = 'provisioning-id-check@example.com';

/**
 * Asks the subscriber precheck whether a provisioning ID exists: the only public operation that takes one and changes
 * nothing. Only what it says about the ID counts here.
 */
export async function verify(run: Run, inputs: TemplateInputs, provisioningId: string): Promise<CheckFailure[]> {
  const email = inputs.serviceProviderAdminEmail ?? UNUSED_EMAIL;
  try {
    await run.webex.subscribers.precheck(
      { provisioningId, email, customerInfo: { primaryEmail: email } },
      run.settings.onBehalfOfSubPartnerOrgId,
    );
    return [];
  } catch (error) {
    if (!(error instanceof WebexApiError)) throw error;
    if (error.status === 403) {
      run.warn(
        `the provisioning ID ${provisioningId} can't be verified: the precheck isn't available to this partner (${error.message})`,
      );
      return [];
    }
    const aboutId = propertyFor(error, [[/provisioning ?id|template/i, 'provisioningId']]) !== '';
    if (error.status >= 400 && !aboutId && ![400, 404, 409].includes(error.status)) throw error;
    if (!aboutId) return [];
    const reason =
      `"${provisioningId}" is not the provisioning ID of one of your templates: ${error.description}${tracking(error)}. Copy it from Partner ` +
      'Hub: Customers, Templates, the template, Provisioning ID';
    return [{ property: 'provisioningId', reason }];
  }
}
