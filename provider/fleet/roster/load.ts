import path from 'node:path';
import { UNKNOWN } from '../../lifecycle';
import { customerOrgRules } from '../../resources/customer-org/schema';
import { locationRules } from '../../resources/location/schema';
import { templateInputs, templateRules } from '../../resources/onboarding-template/schema';
import { userRules } from '../../resources/user/schema';
import { type Collected, collect } from './collect';
import { checked } from './entities';
import { readFiles } from './files';
import { type JsonSchema, rosterJsonSchema } from './json-schema';
import { schemaAt } from './names';
import { RosterError } from './problems';
import { crossRules } from './rules';
import {
  type CustomerEntry,
  type LocationEntry,
  rosterCustomer,
  rosterLocation,
  rosterUser,
  type TemplateEntry,
  type UserEntry,
} from './schema';

/** A checked customer of a roster, with its locations and users. */
export interface RosterCustomer {
  externalId: string;
  entry: CustomerEntry;
  locations: LocationEntry[];
  users: UserEntry[];
}

/** A checked roster. */
export interface Roster {
  /** Name of the fleet, and of the Pulumi project of its stacks. */
  name: string;
  /** Number of stacks over which the customers are spread; undefined if the roster has none. */
  stacks?: number;
  /** Provider configuration without its namespace: `precheck`. */
  settings: Record<string, string>;
  /** Templates by the names that customers use. */
  templates: ReadonlyMap<string, TemplateEntry>;
  customers: RosterCustomer[];
}

/**
 * Reads and checks a roster, without a request and without Pulumi.
 *
 * @param rosterPath a YAML or JSON file, or a folder (docs/fleet.md)
 * @throws RosterError with everything that is wrong (up to 1000 problems), each with file, line and column
 *
 * @example
 * const { name, customers } = loadRoster('roster.yaml');
 * customers[0]?.users[0]?.email; // 'john.anderson@acme.com'
 */
export function loadRoster(rosterPath: string): Roster {
  const schema = rosterJsonSchema();
  const customer = schemaAt(schema, ['customers', 0]) ?? {};
  const shapes = {
    template: schemaAt(schema, ['templates', '*']) ?? {},
    customer,
    location: schemaAt(customer, ['locations', 0]) ?? {},
    user: schemaAt(customer, ['users', 0]) ?? {},
  };
  const { locations: _locations, users: _users, ...ofCustomers } = customer.properties ?? {};
  const text = { type: 'string' };
  const columns = {
    templates: { properties: { template: text, ...shapes.template.properties } },
    customers: { properties: ofCustomers },
    locations: { properties: { customer: text, ...shapes.location.properties } },
    users: { properties: { customer: text, ...shapes.user.properties } },
  };
  const files = readFiles(rosterPath, columns);
  const collected = collect(files, schema);
  const roster = check(collected, shapes, defaultName(rosterPath));
  crossRules(collected);
  const isBroken = files.sources.some(({ brokenAt }) => brokenAt < Number.POSITIVE_INFINITY);
  const problems = files.sources.flatMap((source) => source.realProblems(isBroken));
  const { isExceeded } = files.room;
  // The problems of broken files may be among those that were not kept.
  if (problems.length === 0 && isExceeded) problems.push(...files.sources.flatMap((source) => source.problems));
  if (problems.length > 0) throw new RosterError(problems, !isExceeded);
  return roster;
}

type Shapes = { [kind in 'template' | 'customer' | 'location' | 'user']: JsonSchema };

function check(from: Collected, shapes: Shapes, name: string): Roster {
  const serviceConfigured = Boolean(from.settings.templateApiUrl || process.env.WEBEX_TEMPLATE_API_URL);
  const templates = new Map<string, TemplateEntry>();
  for (const [key, template] of from.templates) {
    const rules = (inputs: TemplateEntry) => templateRules(inputs, serviceConfigured);
    const entry = checked(template, templateInputs, shapes.template, rules);
    if (entry) templates.set(key, entry);
  }
  const customers = from.customers.flatMap((customer) => {
    const entry = checked(customer, rosterCustomer, shapes.customer, (inputs) =>
      customerOrgRules({ ...inputs, provisioningId: UNKNOWN }),
    );
    const locations = customer.locations.flatMap((location) => {
      const rules = (inputs: LocationEntry) => locationRules({ ...inputs, customerId: UNKNOWN });
      return checked(location, rosterLocation, shapes.location, rules) ?? [];
    });
    const users = customer.users.flatMap((user) => {
      const rules = ({ location, ...inputs }: UserEntry) =>
        userRules({ ...inputs, customerId: UNKNOWN, ...(location && { locationId: UNKNOWN }) }, undefined).map(
          ({ property, reason }) => ({
            property: property === 'locationId' ? 'location' : property,
            reason: reason.replaceAll('locationId', 'location'),
          }),
        );
      return checked(user, rosterUser, shapes.user, rules) ?? [];
    });
    return entry ? [{ externalId: entry.externalId, entry, locations, users }] : [];
  });
  const { stacks, settings } = from;
  return { name: from.name ?? name, ...(stacks !== undefined && { stacks }), settings, templates, customers };
}

/** The name of the roster's file or folder, as a valid project name. */
function defaultName(rosterPath: string): string {
  const base = path.basename(path.resolve(rosterPath)).replace(/\.(ya?ml|json)$/i, '');
  return (
    base
      .replace(/[^A-Za-z0-9_-]+/g, '-')
      .replace(/^-+/, '')
      .slice(0, 60) || 'fleet'
  );
}
