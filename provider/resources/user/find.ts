import type { Subscriber } from '../../webex';
import { isSameId } from '../../webex/ids';
import type { Comparison } from '../define/definition';
import { describeDifferences } from '../inputs/compare';
import { keysBy, pick, without } from '../inputs/keys';
import { subscriberAnywhere } from '../lookups/users';
import type { Run } from '../run/run';
import { read } from './read';
import { CHANGES, INPUT_KEYS, isPending, type UserInputs, type UserState } from './schema';

/** The user that has the declared e-mail address, at any customer. */
export function find(run: Run, { email, onBehalfOfSubPartnerOrgId }: UserInputs): Promise<Subscriber | undefined> {
  return subscriberAnywhere(run, email, onBehalfOfSubPartnerOrgId);
}

/**
 * Inputs that must be as declared in a user that is adopted: all, but the key, the customer, what says how the user is
 * managed, and roles, which an interrupted create leaves out.
 */
const COMPARED = without(keysBy(CHANGES, 'person', 'subscriber', 'move'), ['email', 'roles']);

/** Compares an existing user with the declaration. A user of another customer must be removed there first. */
export async function compare(run: Run, existing: Subscriber, inputs: UserInputs): Promise<Comparison<UserState>> {
  const declared = pick(inputs, INPUT_KEYS);
  const { id, status, personId } = existing;
  const found = (await read(run, id, { ...declared, status, personId })) ?? { ...declared, status };
  // An extension that isn't declared isn't managed.
  const state = inputs.extension === undefined ? { ...found, extension: undefined } : found;
  const keys = isPending(existing) ? (['package'] as const) : COMPARED;
  return {
    differences: describeDifferences(state, pick(inputs, keys)),
    missing: isPending(existing) ? [] : describeDifferences(state, pick(inputs, ['roles'])),
    immutable: isSameId(existing.customerId, inputs.customerId) ? [] : [otherCustomer(existing, inputs)],
    state: async () => state,
  };
}

/** No operation moves a user to another customer. The externalId says which customer it is; people don't know IDs. */
function otherCustomer({ customerId, externalCustomerId }: Subscriber, inputs: UserInputs): string {
  const externalId = externalCustomerId === undefined ? '' : ` with the externalId "${externalCustomerId}"`;
  return `it is a user of another customer${externalId}: customerId is "${customerId}", declared is "${inputs.customerId}"`;
}
