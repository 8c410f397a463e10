import { CustomerOrg, Location, OnboardingTemplate, User } from '../../index';
import type { RosterCustomer } from '../roster/load';
import type { TemplateEntry } from '../roster/schema';
import type { StackJob } from './jobs';

/** The resources of a stack: what Pulumi runs instead of a program that somebody wrote. */
export function programOf(job: StackJob): () => Promise<Record<string, unknown>> {
  if (job.templates) return async () => declareTemplates(job.templates ?? []);
  return async () => {
    for (const customer of job.customers) declareCustomer(customer, job.provisioningIds);
    return {};
  };
}

/** Name of a resource: a customer by its externalId, what belongs to it below that. */
export function resourceName(externalId: string, inner?: string): string {
  return inner === undefined ? externalId : `${externalId}/${inner}`;
}

function declareTemplates(templates: readonly [string, TemplateEntry][]): Record<string, unknown> {
  return Object.fromEntries(
    templates.map(([key, inputs]) => [key, new OnboardingTemplate(key, inputs).provisioningId]),
  );
}

function declareCustomer({ externalId, entry, locations, users }: RosterCustomer, ids: Record<string, string>): void {
  const { template, protect, ...inputs } = entry;
  const behalf = entry.onBehalfOfSubPartnerOrgId;
  const customer = new CustomerOrg(
    externalId,
    { ...inputs, provisioningId: ids[template] ?? '' },
    protect === undefined ? {} : { protect },
  );
  const common = {
    customerId: customer.id,
    ...(behalf !== undefined && { onBehalfOfSubPartnerOrgId: behalf }),
  };
  const byName = new Map(
    locations.map((location) => [
      location.name,
      new Location(resourceName(externalId, location.name), { ...location, ...common }),
    ]),
  );
  for (const { location, ...user } of users) {
    // Without a location the user is at the headquarters, which is no location of its own.
    const at = location === undefined ? undefined : byName.get(location);
    new User(resourceName(externalId, user.email), { ...user, ...common, ...(at && { locationId: at.id }) });
  }
}
