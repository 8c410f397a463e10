/**
 * The customers that this run declares without a record in Pulumi's state. Users of such a customer don't know its ID
 * in preview, but the customer may well exist: after a rename of its resource, `pulumi up` takes it over, with its users.
 */
const arriving = new Map<string, () => Promise<string | undefined>>();

/**
 * Notes a customer that has no record.
 * @param find answers with its ID where it exists in Webex; only called when a user needs to know.
 */
export function noteNewCustomer(externalId: string, find: () => Promise<string | undefined>): void {
  arriving.set(externalId, find);
}

const withoutUsers = new Set<string>();

/** Notes a customer that this run has created with an organization of its own: nobody else has put users there. */
export function noteWithoutUsers(customerId: string): void {
  withoutUsers.add(customerId);
}

/** Whether a customer has no users but those of this run. */
export function isWithoutUsers(customerId: string): boolean {
  return withoutUsers.has(customerId);
}

/** IDs of those that exist and will be taken over or replaced, and how many will really be created. */
export async function arrivingCustomers(): Promise<{ existing: string[]; created: number }> {
  const found = await Promise.all([...arriving.values()].map((find) => find()));
  const existing = found.filter((id) => id !== undefined);
  return { existing, created: found.length - existing.length };
}
