import { type Entity, entity, reportOn } from './entities';
import type { RosterFiles } from './files';
import type { JsonSchema } from './json-schema';
import { didYouMean } from './names';
import { Once } from './once';
import { type TopLevel, topLevel } from './top-level';
import { parts, type Written } from './written';

/** A customer with its locations and users, as written in the roster. */
export interface CustomerEntity extends Entity {
  locations: Entity[];
  users: Entity[];
}

/** All declarations in the files of a roster, as written. */
export interface Collected extends Omit<TopLevel, 'defaults' | 'templates' | 'customers'> {
  templates: Map<string, Entity>;
  customers: CustomerEntity[];
}

/** Assigns the locations and users of a roster to their customers. */
export function collect(files: RosterFiles, schema: JsonSchema): Collected {
  const { name, stacks, settings, defaults, templates, customers } = topLevel(files.yaml, schema);
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
    if (result.templates.has(key)) reportOn(template, [], 'is declared twice');
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
    return parts(from, name).map(make);
  }

  /** Adds the rows of locations.csv or users.csv to the customers that they name. */
  function attach(kind: 'locations' | 'users', label: string, key: string): void {
    const [unknown, missing] = [new Once(), new Once()];
    const known = [...byId.keys()].filter((each) => typeof each === 'string');
    // If a customer lacks its externalId (reported there), these rows may belong to it.
    const allKnown = known.length === result.customers.length;
    for (const row of files.csv[kind]) {
      const { customer: id, ...data } = row.data;
      const of = entity(labelOf(label, data[key]), { ...row, data }, defaults[label as 'location' | 'user']);
      const customer = byId.get(id);
      if (customer) customer[kind].push(of);
      else if (id === undefined) {
        const message = (more: string) =>
          `customer is required${more}: fill the column in each row (of merged cells, only the first row has the value)`;
        if (!row.lacksColumn?.(['customer'])) missing.add('', (more) => reportOn(of, ['customer'], message(more)));
      } else if (allKnown) {
        const message = (more: string) => `there is no customer "${id}"${more}${didYouMean(String(id), known)}`;
        unknown.add(String(id), (more) => reportOn(of, ['customer'], message(more)));
      }
    }
    unknown.report('row');
    missing.report('row');
  }

  function keyOfRow(row: Written): { key: string; from: Written } {
    const { template, ...data } = row.data;
    if (template === undefined && !row.lacksColumn?.(['template'])) row.report('template is required: its name');
    return { key: String(template ?? ''), from: { ...row, data } };
  }
}

function labelOf(kind: string, key: unknown): string {
  return key === undefined || key === null ? kind : `${kind} ${JSON.stringify(key)}`;
}
