import type { Output } from '@pulumi/pulumi';
import { CustomerOrg, Location, OnboardingTemplate, User } from '../../index';
import type { RosterCustomer } from '../roster/load';
import { resourceName } from '../roster/resource-name';
import type { TemplateEntry } from '../roster/schema';
import type { StackJob } from './jobs';
import { customerKey, locationKey, userKey } from './resources';

/**
 * Makes the Pulumi program that declares the resources of a stack.
 * @param leavesOut called with the key of each resource, each time the program runs; true omits the resource
 */
export function programOf(job: StackJob, leavesOut: (key: string) => boolean): () => Promise<Record<string, unknown>> {
  if (job.templates) return async () => declareTemplates(job.templates ?? []);
  return async () => {
    for (const customer of job.customers) {
      if (!leavesOut(customerKey(customer.externalId))) declareCustomer(customer, job.provisioningIds, leavesOut);
    }
    return {};
  };
}

function declareTemplates(templates: readonly [string, TemplateEntry][]): Record<string, unknown> {
  return Object.fromEntries(
    templates.map(([key, inputs]) => [key, new OnboardingTemplate(key, inputs).provisioningId]),
  );
}

function declareCustomer(
  { externalId, entry, locations, users }: RosterCustomer,
  ids: Record<string, string>,
  leavesOut: (key: string) => boolean,
): void {
  const { template, protect, ...inputs } = entry;
  const onBehalfOf = entry.onBehalfOfSubPartnerOrgId;
  const customer = new CustomerOrg(
    externalId,
    { ...inputs, provisioningId: ids[template] ?? '' },
    protect === undefined ? {} : { protect },
  );
  const common = {
    customerId: customer.id,
    ...(onBehalfOf !== undefined && { onBehalfOfSubPartnerOrgId: onBehalfOf }),
  };
  const { headquarters } = entry;
  const places = new Map<string, Output<string | undefined>>();
  if (headquarters !== undefined) places.set(headquarters.name, customer.headquartersLocationId);
  for (const location of locations.filter(({ name }) => !leavesOut(locationKey(externalId, name)))) {
    const { id } = new Location(resourceName(externalId, location.name), { ...location, ...common });
    places.set(location.name, id);
  }
  for (const { location, ...user } of users.filter(({ email }) => !leavesOut(userKey(externalId, email)))) {
    const locationId = location === undefined ? undefined : places.get(location);
    new User(resourceName(externalId, user.email), { ...user, ...common, ...(locationId && { locationId }) });
  }
}
