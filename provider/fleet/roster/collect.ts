import { type Entity, entity, problemOf } from './entities';
import type { RosterFiles } from './files';
import type { JsonSchema } from './json-schema';
import { didYouMean } from './names';
import type { Problem } from './problems';
import { type TopLevel, topLevel } from './top-level';
import { parts, type Written } from './written';

/** A customer with what belongs to it, as it is written. */
export interface CustomerEntity extends Entity {
  locations: Entity[];
  users: Entity[];
}

/** Everything that the files of a roster declare, as it is written. */
export interface Collected extends Omit<TopLevel, 'defaults' | 'templates' | 'customers'> {
  templates: Map<string, Entity>;
  customers: CustomerEntity[];
}

/** Puts the parts of a roster together: which locations and users belong to which customer. */
export function collect(files: RosterFiles, schema: JsonSchema, problems: Problem[]): Collected {
  const { name, stacks, settings, defaults, templates, customers } = topLevel(files.yaml, schema, problems);
  const result: Collected = {
    ...(name !== undefined && { name }),
    ...(stacks !== undefined && { stacks }),
    settings,
    templates: new Map(),
    customers: [],
  };
  for (const template of [...templates, ...files.csv.templates.map(keyOfRow)]) addTemplate(template);
  for (const customer of [...customers, ...files.csv.customers]) result.customers.push(customerOf(customer));
  const byId = new Map(result.customers.map((customer) => [customer.merged.externalId, customer]));
  attach('locations', 'location', 'name');
  attach('users', 'user', 'email');
  return result;

  function addTemplate({ key, from }: { key: string; from: Written }): void {
    const template = entity(`template "${key}"`, from);
    if (result.templates.has(key)) problems.push(problemOf(template, [], 'is there twice'));
    result.templates.set(key, template);
  }

  function customerOf(from: Written): CustomerEntity {
    const { locations, users, ...data } = from.data;
    const own = entity(labelOf('customer', data.externalId), { ...from, data }, defaults.customer);
    const within = `of customer "${String(data.externalId ?? '?')}"`;
    return {
      ...own,
      locations: listOf(from, 'locations', (part) =>
        entity(`${labelOf('location', part.data.name)} ${within}`, part, defaults.location),
      ),
      users: listOf(from, 'users', (part) => entity(labelOf('user', part.data.email), part, defaults.user)),
    };
  }

  function listOf(from: Written, name: 'locations' | 'users', make: (part: Written) => Entity): Entity[] {
    return parts(from, name, problems).map(make);
  }

  /** Rows of locations.csv and users.csv name their customer. */
  function attach(kind: 'locations' | 'users', label: string, key: string): void {
    for (const row of files.csv[kind]) {
      const { customer: id, ...data } = row.data;
      const row_ = entity(labelOf(label, data[key]), { ...row, data }, defaults[label as 'location' | 'user']);
      const customer = byId.get(id);
      if (customer) {
        customer[kind].push(row_);
        continue;
      }
      const known = [...byId.keys()].filter((each) => typeof each === 'string');
      const problem = id === undefined ? 'customer is required' : `there is no customer "${String(id)}"`;
      const hint = typeof id === 'string' && known.length <= 10_000 ? didYouMean(id, known) : '';
      problems.push(problemOf(row_, ['customer'], `${problem}${hint}`));
    }
  }

  function keyOfRow(row: Written): { key: string; from: Written } {
    const { template, ...data } = row.data;
    if (template === undefined) problems.push({ ...row.place(), message: 'template is required: its name' });
    return { key: String(template ?? ''), from: { ...row, data } };
  }
}

function labelOf(kind: string, key: unknown): string {
  return key === undefined || key === null ? kind : `${kind} ${JSON.stringify(key)}`;
}
