import { newId } from '../../ids';
import { type CustomerRow, fromJson } from '../../storage/rows';
import type { World } from '../../world';
import { getOrganization } from '../organizations/find';
import { takeOutcome } from '../outcomes';
import { getCustomer } from './find';
import { checkCustomerDelete, checkCustomerInfo, checkCustomerUpdate, checkNewCustomer } from './rules';
import type { CreateCustomer, CustomerParameters, UpdateCustomer } from './schema';
import { type PackageStates, packagesOf } from './status';

/** Accepts a new customer. It is provisioned later, in settle.ts. */
export function createCustomer(world: World, input: CreateCustomer, subPartner: string | null): CustomerRow {
  checkCustomerInfo(input);
  checkNewCustomer(world, input);
  const id = newId('ENTERPRISE');
  const now = world.clock.now();
  world.db.insert('customers', {
    id,
    partner_id: world.partnerId,
    external_id: input.externalId,
    attach_org_id: input.orgId === undefined ? null : getOrganization(world, input.orgId).id,
    sub_partner_org_id: subPartner,
    provisioning_id: input.provisioningId,
    status: 'provisioning',
    ready_at: now + world.provisioningMilliseconds,
    outcome: takeOutcome(world, 'customer', input.externalId),
    address: JSON.stringify(input.address),
    packages: JSON.stringify(input.packages),
    package_states: JSON.stringify(
      Object.fromEntries(input.packages.map((name) => [name, { status: 'provisioning' }])),
    ),
    limits: JSON.stringify(input.provisioningParameters?.packages?.limits ?? {}),
    parameters: JSON.stringify(input.provisioningParameters ?? {}),
    info: input.customerInfo ? JSON.stringify(input.customerInfo) : null,
    errors: '[]',
    created: now,
  });
  return getCustomer(world, id, subPartner);
}

/**
 * Accepts a change. `packages` is "the complete list". Omitted address, externalId and limits stay the same; given
 * limits replace all limits (assumption).
 */
export function updateCustomer(world: World, customer: CustomerRow, input: UpdateCustomer): void {
  checkCustomerUpdate(world, customer, input);
  const externalId = input.externalId ?? customer.external_id;
  const parameters = fromJson<CustomerParameters>(customer.parameters);
  const limits = input.provisioningParameters?.packages?.limits;
  world.db.update('customers', 'id', customer.id, {
    external_id: externalId,
    status: 'updating',
    ready_at: world.clock.now() + world.provisioningMilliseconds,
    outcome: takeOutcome(world, 'customer', externalId),
    packages: JSON.stringify(input.packages),
    package_states: JSON.stringify(changingStates(customer, input.packages)),
    parameters: JSON.stringify({ ...parameters, ...input.provisioningParameters }),
    errors: '[]',
    ...(input.address ? { address: JSON.stringify(input.address) } : {}),
    ...(limits ? { limits: JSON.stringify(limits) } : {}),
  });
}

/** Accepts the removal of the mapping. */
export function deleteCustomer(world: World, customer: CustomerRow): void {
  checkCustomerDelete(world, customer);
  world.db.update('customers', 'id', customer.id, {
    status: 'deleting',
    ready_at: world.clock.now() + world.provisioningMilliseconds,
    outcome: null,
  });
}

function changingStates(customer: CustomerRow, packages: UpdateCustomer['packages']): PackageStates {
  const before = fromJson<PackageStates>(customer.package_states);
  const after: PackageStates = {};
  for (const name of packages)
    after[name] = before[name]?.status === 'provisioned' ? before[name] : { status: 'provisioning' };
  for (const name of packagesOf(customer)) if (!packages.includes(name)) after[name] = { status: 'deleting' };
  return after;
}
