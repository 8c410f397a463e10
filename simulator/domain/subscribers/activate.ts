import { badRequest } from '../../api-error';
import type { CustomerRow, PersonRow, SubscriberRow } from '../../storage/rows';
import type { World } from '../../world';
import { assignCalling } from '../calling/lines';
import type { SubscriberPackage } from '../packages/catalogue';
import { licenseOf } from '../packages/licenses';
import { createPerson } from '../people/create';
import type { SubscriberPlan } from './rules';
import type { SubscriberParameters } from './schema';

/** Provisions a subscriber: creates or renames its person, and gives it line and licenses. */
export function activate(
  world: World,
  customer: CustomerRow,
  subscriber: SubscriberRow,
  plan: SubscriberPlan,
  parameters: SubscriberParameters,
): void {
  if (customer.org_id === null) throw badRequest('The customer has no organization.');
  const person =
    plan.person ?? createPerson(world, { orgId: customer.org_id, email: subscriber.email, ...names(parameters) });
  if (plan.person) rename(world, plan.person, parameters);
  world.db.update('subscribers', 'id', subscriber.id, {
    person_id: person.id,
    status: 'provisioned',
    last_status_change: world.clock.now(),
  });
  if (plan.calling) assignCalling(world, person.id, plan.calling);
  giveLicenses(world, person, plan.packages);
}

function names(parameters: SubscriberParameters): { firstName?: string; lastName?: string } {
  return {
    ...(parameters.firstName ? { firstName: parameters.firstName } : {}),
    ...(parameters.lastName ? { lastName: parameters.lastName } : {}),
  };
}

/** Gives an existing user, such as the first administrator, the names in the request. */
function rename(world: World, person: PersonRow, parameters: SubscriberParameters): void {
  const firstName = parameters.firstName || person.first_name;
  const lastName = parameters.lastName || person.last_name;
  const displayName = [firstName, lastName].filter(Boolean).join(' ') || person.display_name;
  const keeps = firstName === person.first_name && lastName === person.last_name;
  if (keeps) return;
  world.db.update('people', 'id', person.id, { first_name: firstName, last_name: lastName, display_name: displayName });
}

/** Gives a person the licenses of these packages, and takes the others away. */
export function giveLicenses(world: World, person: PersonRow, packages: readonly SubscriberPackage[]): void {
  const licenses = packages.map((name) => licenseOf(world, person.org_id, name)).filter((id) => id !== undefined);
  world.db.update('people', 'id', person.id, { licenses: JSON.stringify(licenses), modified: world.clock.now() });
}
