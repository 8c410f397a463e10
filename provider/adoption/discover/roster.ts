import { stringify } from 'yaml';
import type { Found, FoundCustomer } from './found';
import { fileName, Names } from './names';
import { commentText } from './typescript';

/** Name of the roster's one template. */
const TEMPLATE = 'standard';

/**
 * Writes what was found as a roster for the fleet: a folder with a YAML file a customer.
 * @param project name of the fleet
 * @returns the files by their paths in the folder
 */
export function rosterOf({ customers, provisioningId }: Found, project: string): Map<string, string> {
  const names = new Names(fileName);
  const gap =
    provisioningId === undefined ? '# GAP: Webex never tells the provisioning ID. Copy it from Partner Hub.\n' : '';
  const files = new Map([
    [
      'roster.yaml',
      gap + stringify({ name: project, templates: { [TEMPLATE]: { provisioningId: provisioningId ?? '' } } }),
    ],
  ]);
  for (const customer of customers) {
    const entry = entryOf(customer);
    if (entry === undefined) continue;
    const file = names.of(String(customer.declaration?.inputs.name ?? customer.externalId));
    const notes = customer.notes.map((note) => `# ${commentText(note)}\n`).join('');
    files.set(`customers/${file}.yaml`, notes + stringify({ customers: [entry] }));
  }
  return files;
}

function entryOf({ externalId, declaration, onBehalfOfSubPartnerOrgId }: FoundCustomer) {
  if (declaration === undefined) return undefined;
  const { inputs, locations, users } = declaration;
  const needsEmail = inputs.primaryEmail === undefined && inputs.orgId === undefined;
  return {
    externalId,
    template: TEMPLATE,
    ...inputs,
    // check reports the empty text at its place.
    ...(needsEmail && { primaryEmail: '' }),
    ...(onBehalfOfSubPartnerOrgId !== undefined && { onBehalfOfSubPartnerOrgId }),
    ...(locations.length > 0 && { locations: locations.map((location) => location.inputs) }),
    ...(users.length > 0 && {
      users: users.map(({ inputs: user, location }) => ({ ...user, ...(location !== undefined && { location }) })),
    }),
  };
}
