import type { Location } from '../../webex';
import { type CallingTarget, updateCalling } from '../calling/api';
import { applyCalling } from '../calling/apply';
import { readAnyCalling, readCalling } from '../calling/read';
import { fromLocationApi, toLocationApi } from '../inputs/address';
import { changedKeys } from '../inputs/compare';
import { pick } from '../inputs/keys';
import { isSameText } from '../inputs/spelling';
import { locationByName } from '../lookups/locations';
import { organizationName } from '../lookups/organizations';
import { Backoff, WaitTimeout } from '../outcomes/backoff';
import { DeclarationError } from '../outcomes/errors';
import type { RefreshScope } from '../run/configuration';
import type { Run } from '../run/run';
import { headquartersTarget } from './api';
import type { RecordState } from './provisioning';
import type { CustomerOrgInputs, CustomerOrgState, Headquarters } from './schema';

/** Reads the headquarters as inputs. Where Webex doesn't return a value, the declared one stays. */
export async function readHeadquarters(
  run: Run,
  orgId: string,
  location: Location,
  declared: Headquarters,
  scope: RefreshScope,
): Promise<Headquarters> {
  const { calling: block, emergencyLocationIdentifier: identifier } = declared;
  // Without a declared calling block, calling is still read: announcements have the headquarters' language too.
  const wanted = block ?? { enabled: true };
  const asked = { ...wanted, emergencyLocationIdentifier: wanted.emergencyLocationIdentifier ?? identifier };
  const { calling, announcementLanguage } = await readCalling(run, orgId, location.id, asked, scope);
  const { emergencyLocationIdentifier: real = identifier, ...rest } = calling;
  return {
    ...declared,
    name: location.name,
    timeZone: location.timeZone ?? declared.timeZone,
    address: fromLocationApi(location.address) as Headquarters['address'],
    language: languageFromApi(announcementLanguage, location.preferredLanguage, declared.language),
    ...(identifier !== undefined && { emergencyLocationIdentifier: real }),
    calling: block && (block.emergencyLocationIdentifier === undefined ? rest : calling),
  };
}

/** Reads the headquarters of which nothing is declared, as a program would declare it. */
export async function readAnyHeadquarters(run: Run, orgId: string, location: Location): Promise<Headquarters> {
  const { calling, announcementLanguage } = await readAnyCalling(
    run,
    orgId,
    location.id,
    await organizationName(run, orgId),
  );
  const { emergencyLocationIdentifier, enabled, ...rest } = calling;
  return {
    name: location.name,
    address: fromLocationApi(location.address) as Headquarters['address'],
    timeZone: location.timeZone ?? '',
    language: announcementLanguage ?? location.preferredLanguage ?? '',
    ...(emergencyLocationIdentifier !== undefined && { emergencyLocationIdentifier }),
    supportedLocationVerified: true,
    // Webex enables calling at the headquarters by itself.
    ...(Object.keys(rest).length > 0 && { calling: { enabled, ...rest } }),
  };
}

/**
 * One input stands for two languages, of announcements and of e-mails: the one that isn't as declared counts. Where
 * only the announcements' language is another, as after an update that was killed between the two, the result names
 * both. It differs from any declared language, so the next update writes both.
 */
function languageFromApi(announcements: string | undefined, emails: string | undefined, declared: string): string {
  const isOther = (language: string | undefined, than: string) =>
    language !== undefined && !isSameText(language, than, 'language');
  const [first, second = first] = [announcements ?? emails ?? declared, emails];
  if (!isOther(first, declared)) return isOther(second, declared) ? second : declared;
  return isOther(second, first) ? `${second}, announcements ${first}` : first;
}

/**
 * Brings the headquarters to what is declared: name, address, time zone and languages by the locations API, then
 * calling as at any location.
 */
export async function applyHeadquarters(
  run: Run,
  state: CustomerOrgState,
  inputs: CustomerOrgInputs,
  seconds: number,
  record: RecordState,
): Promise<void> {
  const { orgId } = state;
  const { headquarters: hq } = inputs;
  if (orgId === undefined || hq === undefined) return;
  const { locationId, before } = await locate(run, orgId, state, hq, seconds);
  run.claims.claim('location', locationId);
  record({ headquartersLocationId: locationId });
  const target = headquartersTarget(orgId, locationId, hq, seconds);
  await updateFacts(run, target, before, hq);
  record({ headquarters: { ...hq, calling: before.calling } });
  if (hq.calling === undefined) {
    record({ headquarters: hq });
    return;
  }
  // Nothing recorded: Webex enables calling here by itself, and an attached organization may have numbers already.
  const now = before.calling ?? (await readCalling(run, orgId, locationId, hq.calling, 'full')).calling;
  await applyCalling(run, target, now, hq.calling, (calling) => record({ headquarters: { ...hq, calling } }));
}

/**
 * Location ID of the headquarters, and what it is like before anything is changed: as recorded, or, where nothing is
 * recorded (the organization existed before), as it is.
 */
async function locate(
  run: Run,
  orgId: string,
  { headquarters: recorded, headquartersLocationId, status }: CustomerOrgState,
  hq: Headquarters,
  seconds: number,
): Promise<{ locationId: string; before: Headquarters }> {
  if (headquartersLocationId !== undefined && recorded !== undefined)
    return { locationId: headquartersLocationId, before: recorded };
  const look = () => find(run, orgId, headquartersLocationId, [recorded?.name, hq.name]);
  const location = status === 'provisioned' ? await onceListed(run, orgId, look, seconds) : await look();
  if (location === undefined) throw await missing(run, orgId, hq.name);
  const before = recorded ?? (await readHeadquarters(run, orgId, location, hq, 'full'));
  // Before it was found for the first time, an update that was sent may have given it another name.
  return { locationId: location.id, before: { ...before, name: location.name } };
}

/** How long the locations of a provisioned customer may be missing in their list. */
const LISTED_WITHIN_SECONDS = 15;

/** Looks again, for a while, where no location of the organization is listed yet: lists lag behind. */
async function onceListed(
  { webex }: Run,
  orgId: string,
  look: () => Promise<Location | undefined>,
  seconds: number,
): Promise<Location | undefined> {
  const backoff = new Backoff(Math.min(seconds, LISTED_WITHIN_SECONDS), 'Listing the headquarters');
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if ((await webex.locations.list({ orgId })).length > 0) return look();
    try {
      await backoff.pause();
    } catch (error) {
      if (error instanceof WaitTimeout) return undefined;
      throw error;
    }
  }
}

/**
 * By ID where it is recorded, else by the first name that a location has: Webex doesn't return which location it is.
 */
async function find(run: Run, orgId: string, id: string | undefined, names: (string | undefined)[]) {
  if (id !== undefined) return (await run.webex.locations.list({ orgId, id }))[0];
  for (const name of new Set(names)) {
    const found = name === undefined ? undefined : await locationByName(run, orgId, name);
    if (found) return found;
  }
  return undefined;
}

async function missing({ webex }: Run, orgId: string, name: string): Promise<DeclarationError> {
  const names = (await webex.locations.list({ orgId })).map((location) => JSON.stringify(location.name));
  const others =
    names.length === 0
      ? 'Webex has not created it'
      : `it has ${names.join(', ')}; declare the name of the one that is the headquarters`;
  return new DeclarationError(
    'headquarters.name',
    `the organization has no location "${name}": ${others}, or run pulumi up again later`,
  );
}

/** Inputs that PUT /locations/{locationId} changes. */
const FACTS = ['name', 'timeZone', 'language', 'address'] as const;

/** Writes those facts that differ. */
async function updateFacts(run: Run, target: CallingTarget, before: Headquarters, hq: Headquarters): Promise<void> {
  const changed = pick(hq, changedKeys(FACTS, before, hq));
  const { language, address, ...rest } = changed;
  // Before the language of e-mails, which Webex returns more often: if the run is killed between the two requests, the
  // next one finds that the language of e-mails differs.
  if (language !== undefined) await updateCalling(run, target, { announcementLanguage: language });
  if (Object.keys(changed).length > 0) {
    await run.webex.locations.update(target.orgId, target.locationId, {
      ...rest,
      ...(language !== undefined && { preferredLanguage: language }),
      ...(address && { address: toLocationApi(address) }),
    });
  }
  const { emergencyLocationIdentifier: pAccessNetworkInfo } = hq;
  if (pAccessNetworkInfo !== undefined && before.emergencyLocationIdentifier !== pAccessNetworkInfo) {
    await updateCalling(run, target, { pAccessNetworkInfo });
  }
}
