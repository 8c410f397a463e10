import type { z } from 'zod';
import { text } from './validation';

/** What a kind of Webex ID belongs to, for a sentence. Kinds as the documents' examples have them. */
const OWNERS: Readonly<Record<string, string>> = {
  ORGANIZATION: 'an organization',
  ENTERPRISE: 'a customer',
  CUSTOMER: 'a customer',
  LOCATION: 'a location',
  SUBSCRIBER: 'a user (subscriber)',
  PEOPLE: 'a person',
  ROLE: 'a role',
  LICENSE: 'a license',
  TRUNK: 'a trunk',
  PSTN_CONNECTION: 'a PSTN connection',
};

/**
 * A Webex ID of one of these kinds. Webex IDs are base64 of `ciscospark://REGION/KIND/UUID`; they are opaque, so only
 * an ID that says of itself that it is another known kind is refused.
 * @param use what to write instead: `customer.id`.
 */
export function idOf(kinds: readonly (keyof typeof OWNERS & string)[], use: string): z.ZodType<string> {
  return text.superRefine((value, context) => {
    const kind = kindOf(value);
    if (kind === undefined || kinds.includes(kind) || !Object.hasOwn(OWNERS, kind)) return;
    context.addIssue({ code: 'custom', message: `is the ID of ${OWNERS[kind]}; use ${use}`, input: value });
  });
}

/** Provisioning ID of a template: none of the IDs that say what they belong to. */
export const provisioningId = idOf([], 'the provisioning ID that Partner Hub shows under the template');
/** ID of a customer, wherever a resource refers to one. */
export const customerId = idOf(['ENTERPRISE', 'CUSTOMER'], 'customer.id');
/** Organization ID of a sub-partner. */
export const subPartnerId = idOf(['ORGANIZATION'], "the sub-partner's organization ID");

/** Whether a text says of itself that it is a Webex ID. */
export function isWebexId(text: string): boolean {
  return kindOf(text) !== undefined;
}

function kindOf(id: string): string | undefined {
  if (!/^[A-Za-z0-9+/_-]+=*$/.test(id)) return undefined;
  const plain = Buffer.from(id, 'base64').toString('utf8');
  return /^ciscospark:\/\/[^/]*\/([A-Za-z_]+)\//.exec(plain)?.[1]?.toUpperCase();
}
