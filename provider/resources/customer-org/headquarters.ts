import type { Location } from '../../webex';
import { applyCalling, readCalling } from '../calling/apply';
import { updateCalling } from '../calling/target';
import { fromLocationApi, toChangedLocationApi } from '../inputs/address';
import { same } from '../inputs/compare';
import { DeclarationError } from '../outcomes/refusals';
import { hold } from '../run/ownership';
import { type RefreshScope, session } from '../run/session';
import { headquartersTarget } from './backend';
import type { CustomerOrgInputs, Headquarters } from './schema';
import type { CustomerOrgState } from './state';

/** Records a part of the state that has been reached. */
export type Note = (part: Partial<CustomerOrgState>) => void;

/** The headquarters among the locations: Webex creates it, and only its name tells which it is. */
export async function findHeadquarters(orgId: string, name: string): Promise<Location | undefined> {
  const named = await session.webex.locations.list({ orgId, name });
  return named.find((location) => location.name === name);
}

/** The headquarters as it is, in the words of the declaration. What Webex doesn't tell stands as declared. */
export async function headquartersAsItIs(
  orgId: string,
  location: Location,
  declared: Headquarters,
  scope: RefreshScope,
): Promise<Headquarters> {
  const { calling: block, emergencyLocationIdentifier: identifier } = declared;
  // Without a declared calling block, calling is still asked for: announcements have the headquarters' language too.
  const wanted = block ?? { enabled: true };
  const asked = { ...wanted, emergencyLocationIdentifier: wanted.emergencyLocationIdentifier ?? identifier };
  const { calling, announcementLanguage } = await readCalling(orgId, location.id, asked, scope);
  const { emergencyLocationIdentifier: real = identifier, ...rest } = calling;
  return {
    ...declared,
    name: location.name,
    timeZone: location.timeZone ?? declared.timeZone,
    address: fromLocationApi(location.address) as Headquarters['address'],
    language: languageOf([announcementLanguage, location.preferredLanguage], declared.language),
    ...(identifier !== undefined && { emergencyLocationIdentifier: real }),
    calling: block && (block.emergencyLocationIdentifier === undefined ? rest : calling),
  };
}

/** One input stands for two languages, of e-mails and of announcements: the one that isn't as declared counts. */
function languageOf(real: (string | undefined)[], declared: string): string {
  return real.find((language) => language !== undefined && language !== declared) ?? declared;
}

/**
 * Brings the headquarters to what is declared: name, address, time zone and languages by the locations API, then
 * calling as at any location.
 */
export async function applyHeadquarters(state: CustomerOrgState, inputs: CustomerOrgInputs, note: Note): Promise<void> {
  const { orgId } = state;
  const { headquarters: hq } = inputs;
  if (orgId === undefined || hq === undefined) return;
  const { locationId, before } = await reach(orgId, state, hq);
  hold('location', locationId);
  note({ headquartersLocationId: locationId });
  await updateFacts(orgId, locationId, before, hq);
  note({ headquarters: { ...hq, calling: before.calling } });
  if (hq.calling === undefined) {
    note({ headquarters: hq });
    return;
  }
  const target = headquartersTarget(orgId, locationId, hq);
  // Nothing recorded: Webex enables calling here by itself, and an attached organization may have numbers already.
  const known = before.calling ?? (await readCalling(orgId, locationId, hq.calling, 'full')).calling;
  await applyCalling(target, known, hq.calling, (calling) => note({ headquarters: { ...hq, calling } }));
}

/**
 * Where the headquarters is, and what it is like before anything is changed: as recorded, or, where nothing is recorded
 * (the organization existed before), as it is.
 */
async function reach(
  orgId: string,
  { headquarters: recorded, headquartersLocationId }: CustomerOrgState,
  hq: Headquarters,
): Promise<{ locationId: string; before: Headquarters }> {
  if (headquartersLocationId !== undefined && recorded !== undefined)
    return { locationId: headquartersLocationId, before: recorded };
  const location = await first(orgId, headquartersLocationId, [recorded?.name, hq.name]);
  if (location === undefined) throw await missing(orgId, hq.name);
  const before = recorded ?? (await headquartersAsItIs(orgId, location, hq, 'full'));
  // Until it was reached for the first time, an update that was sent may have given it another name.
  return { locationId: location.id, before: { ...before, name: location.name } };
}

/** By ID where it is known, else by the first name that a location has. */
async function first(orgId: string, id: string | undefined, names: (string | undefined)[]) {
  if (id !== undefined) return (await session.webex.locations.list({ orgId, id }))[0];
  for (const name of new Set(names)) {
    const found = name === undefined ? undefined : await findHeadquarters(orgId, name);
    if (found) return found;
  }
  return undefined;
}

async function missing(orgId: string, name: string): Promise<DeclarationError> {
  const names = (await session.webex.locations.list({ orgId })).map((location) => JSON.stringify(location.name));
  const others =
    names.length === 0
      ? 'Webex has not created it'
      : `it has ${names.join(', ')}; declare the name of the one that is the headquarters`;
  return new DeclarationError(
    'headquarters.name',
    `the organization has no location "${name}": ${others}, or run pulumi up again later`,
  );
}

async function updateFacts(orgId: string, locationId: string, before: Headquarters, hq: Headquarters): Promise<void> {
  const target = headquartersTarget(orgId, locationId, hq);
  if (!same(factsOf(before), factsOf(hq))) {
    const { name, timeZone, language: preferredLanguage, address } = hq;
    await session.webex.locations.update(orgId, locationId, {
      name,
      timeZone,
      preferredLanguage,
      address: toChangedLocationApi(address),
    });
  }
  if (before.language !== hq.language) {
    await updateCalling(target, { announcementLanguage: hq.language });
  }
  const identifier = hq.emergencyLocationIdentifier;
  if (identifier !== undefined && before.emergencyLocationIdentifier !== identifier) {
    await updateCalling(target, { pAccessNetworkInfo: identifier });
  }
}

function factsOf({ name, timeZone, language, address }: Headquarters) {
  return { name, timeZone, language, address };
}
