/** Pulumi name of a resource: the customer's externalId, or `externalId/NAME` for its locations and users. */
export function resourceName(externalId: string, inner?: string): string {
  return inner === undefined ? externalId : `${externalId}/${inner}`;
}
