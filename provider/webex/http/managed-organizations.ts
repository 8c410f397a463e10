/**
 * Webex can refuse a partner's call on a customer organization with 403 until GET /organizations/{orgId} has put the
 * organization on the partner's managed list (developer.webex.com, partner usage, "Managed Partner List"). This class
 * sends that request once an organization, after the first 403.
 */
export class ManagedOrganizations {
  private readonly visits = new Map<string, Promise<boolean>>();
  private readonly visited = new Set<string>();

  /** @param visit GET /organizations/{orgId} */
  constructor(private readonly visit: (orgId: string) => Promise<unknown>) {}

  /** Whether the organization was visited before: then a 403 to a new call is a real refusal. */
  isVisited(orgId: string): boolean {
    return this.visited.has(orgId);
  }

  /** @returns whether the call that got a 403 is worth repeating. */
  add(orgId: string): Promise<boolean> {
    const visit =
      this.visits.get(orgId) ??
      this.visit(orgId).then(
        () => true,
        () => false,
      );
    this.visits.set(orgId, visit);
    return visit.finally(() => this.visited.add(orgId));
  }
}
