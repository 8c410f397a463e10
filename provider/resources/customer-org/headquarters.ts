import { toLocationUpdate } from '../shared/address';
import { applyCalling, readCalling, updateCalling } from '../shared/calling';
import { same } from '../shared/compare';
import { hold } from '../shared/ownership';
import { session } from '../shared/session';
import { headquartersTarget } from './backend';
import type { CustomerOrgInputs, Headquarters } from './schema';
import type { CustomerOrgState } from './state';

/** Records a part of the state that has been reached. */
export type Note = (part: Partial<CustomerOrgState>) => void;

/** Location ID of the headquarters: Webex creates it, and only its name tells which of the locations it is. */
export async function findHeadquarters(orgId: string, name: string): Promise<string | undefined> {
  const named = await session.webex.locations.list({ orgId, name });
  return named.find((location) => location.name === name)?.id;
}

/**
 * Brings the headquarters to what is declared: name, address, time zone and languages by the locations API, then
 * calling as at any location.
 */
export async function applyHeadquarters(state: CustomerOrgState, inputs: CustomerOrgInputs, note: Note): Promise<void> {
  const { orgId } = state;
  const { headquarters: hq } = inputs;
  if (orgId === undefined || hq === undefined) return;
  const locationId =
    state.headquartersLocationId ?? (await findHeadquarters(orgId, state.headquarters?.name ?? hq.name));
  if (locationId === undefined) {
    throw new Error(
      `headquarters.name: Webex has created no location "${hq.name}" in the organization; run pulumi up again later`,
    );
  }
  hold('location', locationId);
  note({ headquartersLocationId: locationId });
  await updateFacts(orgId, locationId, state.headquarters, hq);
  const before = state.headquarters?.calling;
  note({ headquarters: { ...hq, calling: before } });
  if (hq.calling === undefined) {
    note({ headquarters: hq });
    return;
  }
  const target = headquartersTarget(orgId, locationId, hq);
  // Nothing recorded: Webex enables calling here by itself, and an attached organization may have numbers already.
  const known = before ?? (await readCalling(orgId, locationId, hq.calling)).calling;
  await applyCalling(target, known, hq.calling, (calling) => note({ headquarters: { ...hq, calling } }));
}

async function updateFacts(
  orgId: string,
  locationId: string,
  before: Headquarters | undefined,
  hq: Headquarters,
): Promise<void> {
  const target = headquartersTarget(orgId, locationId, hq);
  if (before === undefined || !same(factsOf(before), factsOf(hq))) {
    const { name, timeZone, language: preferredLanguage, address } = hq;
    await session.webex.locations.update(orgId, locationId, {
      name,
      timeZone,
      preferredLanguage,
      address: toLocationUpdate(address),
    });
  }
  if (before === undefined || before.language !== hq.language) {
    await updateCalling(target, { announcementLanguage: hq.language });
  }
  const identifier = hq.emergencyLocationIdentifier;
  if (before !== undefined && identifier !== undefined && before.emergencyLocationIdentifier !== identifier) {
    await updateCalling(target, { pAccessNetworkInfo: identifier });
  }
}

function factsOf({ name, timeZone, language, address }: Headquarters) {
  return { name, timeZone, language, address };
}
