import { packagesOf } from '../domain/customers/status';
import { listRoles } from '../domain/people/roles';
import { connectionOf } from '../domain/pstn/find';
import { listTemplates } from '../domain/templates/find';
import {
  type CustomerRow,
  fromJson,
  isoDate,
  type JobResult,
  type JobRow,
  type LocationRow,
  type NumberRow,
  type OrganizationRow,
  type PersonRow,
  type SubscriberRow,
} from '../storage/rows';
import { forPartner, type World } from '../world';

/** All objects in readable form, for tests that compare them with their expectation. */
export function stateOf(world: World): Record<string, unknown> {
  const { db } = world;
  return {
    organizations: db
      .all<OrganizationRow>('SELECT * FROM organizations ORDER BY created, rowid')
      .map((row) => organization(world, row)),
    customers: db.all<CustomerRow>('SELECT * FROM customers ORDER BY sequence').map(customer),
    subscribers: db.all<SubscriberRow>('SELECT * FROM subscribers ORDER BY sequence').map(subscriber),
    people: db.all<PersonRow>('SELECT * FROM people ORDER BY sequence').map((row) => person(world, row)),
    locations: db.all<LocationRow>('SELECT * FROM locations ORDER BY sequence').map((row) => location(world, row)),
    templates: db
      .all<OrganizationRow>("SELECT * FROM organizations WHERE kind = 'partner' ORDER BY created, rowid")
      .flatMap(({ id }) => listTemplates(forPartner(world, id))),
    jobs: db.all<JobRow>('SELECT * FROM jobs ORDER BY instance').map(job),
  };
}

function organization(world: World, row: OrganizationRow) {
  const count = (table: string) => world.db.count(`SELECT count(*) AS n FROM ${table} WHERE org_id = ?`, row.id);
  return {
    id: row.id,
    displayName: row.display_name,
    kind: row.kind,
    partnerId: row.partner_id,
    authentication: fromJson<unknown>(row.authentication),
    trunkId: row.trunk_id,
    routeGroupId: row.route_group_id,
    people: count('people'),
    locations: count('locations'),
    mapped: count('customers') > 0,
  };
}

function customer(row: CustomerRow) {
  return {
    id: row.id,
    externalId: row.external_id,
    orgId: row.org_id,
    subPartnerOrgId: row.sub_partner_org_id,
    provisioningId: row.provisioning_id,
    status: row.status,
    readyAt: row.ready_at === null ? null : isoDate(row.ready_at),
    address: fromJson<unknown>(row.address),
    packages: packagesOf(row),
    packageStates: fromJson<unknown>(row.package_states),
    limits: fromJson<unknown>(row.limits),
    info: row.info === null ? null : fromJson<unknown>(row.info),
    parameters: fromJson<unknown>(row.parameters),
    errors: fromJson<unknown>(row.errors),
  };
}

function subscriber(row: SubscriberRow) {
  return {
    id: row.id,
    customerId: row.customer_id,
    personId: row.person_id,
    email: row.email,
    packages: fromJson<string[]>(row.packages),
    status: row.status,
    consentAt: row.consent_at === null ? null : isoDate(row.consent_at),
  };
}

function person(world: World, row: PersonRow) {
  const names = new Map(listRoles(world).map(({ id, name }) => [id, name]));
  return {
    id: row.id,
    orgId: row.org_id,
    email: row.email,
    previousEmail: row.previous_email,
    displayName: row.display_name,
    firstName: row.first_name,
    lastName: row.last_name,
    roles: fromJson<string[]>(row.roles).map((id) => names.get(id) ?? id),
    licenses: fromJson<string[]>(row.licenses),
    calling: row.calling === 1,
    locationId: row.location_id,
    extension: row.extension,
    phoneNumber: world.db.first<NumberRow>('SELECT * FROM numbers WHERE person_id = ?', row.id)?.number ?? null,
  };
}

function location(world: World, row: LocationRow) {
  const numbers = world.db.all<NumberRow>('SELECT * FROM numbers WHERE location_id = ? ORDER BY number', row.id);
  return {
    id: row.id,
    orgId: row.org_id,
    name: row.name,
    timeZone: row.time_zone,
    preferredLanguage: row.preferred_language,
    announcementLanguage: row.announcement_language,
    address: fromJson<unknown>(row.address),
    latitude: row.latitude,
    longitude: row.longitude,
    notes: row.notes,
    calling: row.calling === 1,
    pstn: connectionOf(row)?.displayName ?? null,
    route: row.route_id === null ? null : { type: row.route_type, id: row.route_id },
    numbers: numbers.map(({ number }) => number),
    mainNumber: row.main_number,
    emergencyLocationIdentifier: row.access_network_info,
  };
}

function job(row: JobRow) {
  return {
    id: row.id,
    kind: row.kind,
    orgId: row.org_id,
    status: row.status,
    request: fromJson<unknown>(row.request),
    reasons: fromJson<JobResult>(row.result).errors.map(({ description }) => description),
  };
}
