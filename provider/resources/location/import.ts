import { hasCalling } from '../../packages';
import { isSameId } from '../../webex/ids';
import { possibleHeadquarters } from '../calling/headquarters';
import { isWebexId } from '../inputs/ids';
import { customerById, customerByKey } from '../lookups/customers';
import { locationsOf } from '../lookups/locations';
import { Organizations } from '../lookups/organizations';
import type { Run } from '../run/run';
import { read } from './read';
import type { LocationInputs, LocationState } from './schema';

/** ID of the location that has this ID, or that `EXTERNALID/LOCATION NAME` names. @throws Error where there is none */
export async function identify(run: Run, key: string): Promise<string> {
  if (isWebexId(key) || !key.includes('/')) return key;
  const { id, orgId, name } = await customerAndName(run, key);
  if (orgId === undefined) throw new Error(`"${key}": the customer has no organization yet`);
  const all = await locationsOf(run, orgId);
  const found = all.find((location) => location.name === name);
  if (found) {
    Organizations.of(run).set(id, orgId);
    return found.id;
  }
  const names = all.map((location) => JSON.stringify(location.name)).join(', ');
  throw new Error(`"${key}": the organization has no location "${name}"; it has ${names || 'none'}`);
}

/** An externalId may hold a slash itself, and a location's name, too. */
async function customerAndName(run: Run, key: string) {
  const slashes = [...key.matchAll(/\//g)].map(({ index }) => index);
  let failure: unknown;
  for (const at of slashes) {
    try {
      const customer = await customerByKey(run, key.slice(0, at), run.settings.onBehalfOfSubPartnerOrgId);
      return { ...customer, name: key.slice(at + 1) };
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

/**
 * Refuses the headquarters: as a Location too, it would be deleted with that resource. Where Webex doesn't tell which
 * of several locations it is, none is refused.
 */
export async function refuseHeadquarters(run: Run, id: string, { orgId, customerId, name }: LocationState) {
  const customer = await customerById(run, customerId, run.settings.onBehalfOfSubPartnerOrgId);
  if (!customer?.packages.some(hasCalling)) return;
  const [only, ...others] = await possibleHeadquarters(run, orgId, customer, await locationsOf(run, orgId));
  if (!isSameId(only?.id, id) || others.length > 0) return;
  throw new Error(
    `location "${name}" is the headquarters of the customer "${customer.externalId}", and no Location: import the CustomerOrg, ` +
      'which declares it (headquarters)',
  );
}

/** An existing location as a state. */
export async function adopted(run: Run, id: string, declared: LocationInputs): Promise<LocationState | undefined> {
  const orgId = await Organizations.of(run).get(declared.customerId, declared.onBehalfOfSubPartnerOrgId);
  return read(run, id, { ...declared, orgId }, 'full');
}

/** Completes inputs or a state that an import made, by the languages that Webex doesn't return of every location. */
export function withUnreturned<T extends object>(recorded: T, inputs: LocationInputs): T {
  const { preferredLanguage, announcementLanguage }: Partial<LocationInputs> = recorded;
  if (preferredLanguage && announcementLanguage) return recorded;
  return {
    ...recorded,
    preferredLanguage: preferredLanguage || inputs.preferredLanguage,
    announcementLanguage: announcementLanguage || inputs.announcementLanguage,
  };
}
