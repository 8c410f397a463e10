import { callingLocationsOf } from '../../resources/calling/read';
import { readListed } from '../../resources/location/read';
import { inputsOf, type LocationInputs, locationInputs, locationRules } from '../../resources/location/schema';
import { locationsOf } from '../../resources/lookups/locations';
import { isSameId, uuidOf } from '../../webex/ids';
import { callingDeclared, failuresOf } from './failures';
import type { FoundInputs, FoundLocation } from './found';
import type { Organization } from './organization';

/** Reads the locations of an organization besides the headquarters. */
export async function readLocations(
  organization: Organization,
  headquartersId: string | undefined,
  hasCalling: boolean,
): Promise<FoundLocation[]> {
  const { run, orgId, customerId, notes } = organization;
  const all = await locationsOf(run, orgId);
  const others = all.filter(({ id }) => !isSameId(id, headquartersId));
  const enabled = new Set(
    hasCalling && others.length > 0 ? (await callingLocationsOf(run, orgId)).map(({ id }) => uuidOf(id)) : [],
  );
  const found = await Promise.all(
    others.map(async (location): Promise<FoundLocation[]> => {
      const { id, name } = location;
      const state = await readListed(run, { location, orgId, customerId }, enabled.has(uuidOf(id)));
      await noteNumbers(organization, id, name, state.calling);
      const inputs = declarationOf(inputsOf(state));
      const failures = failuresOf(locationInputs, { ...inputs, customerId }, locationRules);
      if (failures.length === 0) return [{ id, name, inputs }];
      notes.push(
        `location ${JSON.stringify(name)} is left out, because it can't be declared as it is: ${failures.join('; ')}`,
      );
      return [];
    }),
  );
  return found.flat();
}

/** The inputs of the resource. If Webex doesn't return a language, the location's other language replaces it. */
function declarationOf(inputs: LocationInputs): FoundInputs {
  const {
    customerId: _,
    onBehalfOfSubPartnerOrgId: _subPartner,
    preferredLanguage,
    announcementLanguage,
    ...rest
  } = inputs;
  const { name, timeZone, calling, ...others } = rest;
  return {
    name,
    timeZone,
    preferredLanguage: preferredLanguage || announcementLanguage || DEFAULT_LANGUAGE,
    announcementLanguage: announcementLanguage || preferredLanguage || DEFAULT_LANGUAGE,
    ...others,
    ...callingDeclared(calling),
  };
}

/** The language of a location for which Webex returns no language. */
const DEFAULT_LANGUAGE = 'en_us';

/** Notes the numbers of an integrated connection, which can't be declared: they belong to the PSTN provider. */
export async function noteNumbers(
  { run, orgId, notes }: Organization,
  locationId: string,
  name: string,
  calling: LocationInputs['calling'],
): Promise<void> {
  if (!calling?.enabled || calling.phoneNumbers !== undefined) return;
  const all = await run.memory.untilWrite(`numbers:${orgId}`, () => run.webex.numbers.list({ orgId }));
  const count = all.filter(({ phoneNumber, location }) => phoneNumber && isSameId(location?.id, locationId)).length;
  if (count === 0) return;
  const what = count === 1 ? 'its phone number is' : `its ${count} phone numbers are`;
  notes.push(`location ${JSON.stringify(name)}: ${what} the PSTN provider's and can't be declared`);
}
