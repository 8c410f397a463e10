import { Document, stringify, visit } from 'yaml';
import type { Part } from './files';
import type { Found, FoundCustomer, FoundInputs } from './found';
import { fileName, fileSource, Names } from './names';
import { commentText, escaped } from './typescript';

/** Name of the roster's one template. */
const TEMPLATE = 'standard';

const GAP = '# GAP: Webex never returns the provisioning ID. Copy it from Partner Hub.\n';

/**
 * Writes the found customers as a roster for the fleet: a folder with a YAML file for each customer.
 * @param project name of the fleet
 * @returns the files by their paths in the folder
 */
export function* rosterOf(found: Found, project: string): Generator<Part> {
  const names = new Names(fileName);
  yield ['roster.yaml', top(found, project)];
  for (const customer of found.customers) {
    const entry = entryOf(customer);
    if (entry === undefined) continue;
    yield [`customers/${names.of(fileSource(customer))}.yaml`, comments(customer) + exactly({ customers: [entry] })];
  }
}

/** Like {@link rosterOf}, with all customers in one file. */
export function* rosterFileOf(found: Found, project: string, file: string): Generator<Part> {
  yield [file, top(found, project)];
  let isFirst = true;
  for (const customer of found.customers) {
    const entry = entryOf(customer);
    if (entry === undefined) continue;
    yield [file, (isFirst ? 'customers:\n' : '') + comments(customer) + exactly([entry])];
    isFirst = false;
  }
}

/** Invisible characters and odd spaces, which the reader of rosters corrects or refuses. */
const ODD = /(?! )\p{Zs}|[\p{Cf}\p{Co}]/gu;

/** Values as YAML. A text with odd characters has the tag `!exact`: the reader keeps them then (docs/fleet.md). */
function exactly(value: unknown): string {
  const document = new Document(value);
  let isOdd = false;
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value !== 'string' || node.value.search(ODD) < 0) return;
      isOdd = true;
      node.tag = '!exact';
      node.type = 'QUOTE_DOUBLE';
    },
  });
  const text = document.toString();
  return isOdd ? text.replace(ODD, escaped) : text;
}

function top({ provisioningId }: Found, project: string): string {
  const text = stringify({ name: project, templates: { [TEMPLATE]: { provisioningId: provisioningId ?? '' } } });
  return provisioningId === undefined ? GAP + text : text;
}

function comments({ notes }: FoundCustomer): string {
  return notes.map((note) => `# ${commentText(note)}\n`).join('');
}

function entryOf(customer: FoundCustomer) {
  const inputs = customerEntry(customer);
  if (inputs === undefined) return undefined;
  const { locations = [], users = [] } = customer.declaration ?? {};
  return {
    ...inputs,
    ...(locations.length > 0 && { locations: locations.map((location) => location.inputs) }),
    ...(users.length > 0 && {
      users: users.map(({ inputs: user, location }) => ({ ...user, ...(location !== undefined && { location }) })),
    }),
  };
}

/** The entry of a customer in a roster, without its locations and users. */
export function customerEntry({
  externalId,
  declaration,
  onBehalfOfSubPartnerOrgId,
}: FoundCustomer): FoundInputs | undefined {
  if (declaration === undefined) return undefined;
  const { inputs } = declaration;
  const needsEmail = inputs.primaryEmail === undefined && inputs.orgId === undefined;
  return {
    externalId,
    template: TEMPLATE,
    ...inputs,
    // The command check reports an empty text with its line.
    ...(needsEmail && { primaryEmail: '' }),
    ...(onBehalfOfSubPartnerOrgId !== undefined && { onBehalfOfSubPartnerOrgId }),
  };
}
