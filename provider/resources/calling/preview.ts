import { type CheckFailure, UNKNOWN } from '../../lifecycle';
import { hasUnknown, same } from '../inputs/compare';
import { isForbidden, isRefusal, orGone } from '../outcomes/errors';
import type { Run } from '../run/run';
import { lastMainReason, mainIn } from './numbers';
import { notOffered } from './pstn';
import { type Calling, connectionNeeded } from './schema';

/** A location as preview knows it. */
export interface PreviewedLocation {
  readonly orgId: string;
  /** Undefined where the location doesn't exist yet: Webex offers it no PSTN connection, then. */
  readonly locationId: string | undefined;
  /** Path of the calling block. */
  readonly path: string;
}

/** What Webex says in preview of a PSTN connection and of phone numbers that the last update didn't have. */
export async function callingPreview(
  run: Run,
  location: PreviewedLocation,
  before: Calling | undefined,
  block: Calling | undefined,
): Promise<CheckFailure[]> {
  if (typeof block !== 'object' || block.enabled === false || run.settings.precheck !== 'all') return [];
  return [
    ...(await connectionFailures(run, location, before, block)),
    ...(await missingConnection(run, location, before, block)),
    ...(await lastMainNumber(run, location, before, block)),
    ...(await numberFailures(run, location, before, block)),
  ];
}

/** New numbers of an existing location whose PSTN connection isn't declared need one that is there. */
async function missingConnection(
  { webex }: Run,
  { orgId, locationId, path }: PreviewedLocation,
  before: Calling | undefined,
  block: Calling,
): Promise<CheckFailure[]> {
  const isSet = locationId === undefined || block.pstn !== undefined || before?.pstn !== undefined;
  if (isSet || added(before, block).length === 0) return [];
  const connection = await orGone(webex.pstn.get(orgId, locationId));
  return connection === undefined ? connectionNeeded(path, 'the location has none') : [];
}

/** A location that keeps calling, and is to lose all of its numbers, keeps its main number. */
async function lastMainNumber(
  { webex }: Run,
  { orgId, locationId, path }: PreviewedLocation,
  before: Calling | undefined,
  { phoneNumbers }: Calling,
): Promise<CheckFailure[]> {
  const isEmptied = phoneNumbers?.length === 0 && (before?.phoneNumbers ?? []).length > 0;
  if (locationId === undefined || !isEmptied) return [];
  const main = mainIn(await webex.numbers.list({ orgId, locationId }));
  return main === undefined ? [] : [{ property: `${path}.phoneNumbers`, reason: lastMainReason(main) }];
}

/** Declared numbers that the last update didn't have. */
function added(before: Calling | undefined, { phoneNumbers }: Calling): string[] {
  const had = Array.isArray(before?.phoneNumbers) ? before.phoneNumbers : [];
  return Array.isArray(phoneNumbers)
    ? phoneNumbers.filter((number) => number !== UNKNOWN && !had.includes(number))
    : [];
}

/** Source: webex-calling.openapi.json, GET /telephony/pstn/locations/{locationId}/connectionOptions. */
async function connectionFailures(
  { webex }: Run,
  { orgId, locationId, path }: PreviewedLocation,
  before: Calling | undefined,
  { pstn }: Calling,
): Promise<CheckFailure[]> {
  const { id, displayName } = pstn ?? {};
  if (locationId === undefined || (id ?? displayName) === undefined || hasUnknown(pstn) || same(before?.pstn, pstn))
    return [];
  try {
    const options = await webex.pstn.options(orgId, locationId);
    if (options.some((option) => (id === undefined ? option.displayName === displayName : option.id === id))) return [];
    return [
      {
        property: `${path}.pstn.${id === undefined ? 'displayName' : 'id'}`,
        reason: notOffered(id ?? displayName, options),
      },
    ];
  } catch (error) {
    // A location without calling has no options, and a token may not see them.
    if (isRefusal(error)) return [];
    throw error;
  }
}

/** Source: webex-calling.openapi.json, POST /telephony/config/actions/validateNumbers/invoke. It changes nothing. */
async function numberFailures(
  run: Run,
  { orgId, path }: PreviewedLocation,
  before: Calling | undefined,
  block: Calling,
): Promise<CheckFailure[]> {
  const { phoneNumbers = [] } = block;
  const numbers = added(before, block);
  if (numbers.length === 0) return [];
  try {
    const validated = await run.webex.numbers.validate(orgId, numbers);
    const refused = validated.filter(({ state = 'Available' }) => state !== 'Available');
    if (refused.length === 0) return [];
    // What the organization has itself is here already, or comes from another location.
    const own = new Set((await run.webex.numbers.list({ orgId })).map(({ phoneNumber }) => phoneNumber));
    return refused
      .filter(({ number }) => !own.has(number))
      .map(({ number, state, detail = [] }) => ({
        property: `${path}.phoneNumbers[${phoneNumbers.indexOf(number)}]`,
        reason:
          `${number} can't be added: Webex says that it is ${state?.toLowerCase()} (${detail.join('; ') || 'no reason given'}), ` +
          'and this customer does not have it. Where another customer gives it up, remove it there first, in a run of its own',
      }));
  } catch (error) {
    if (!isForbidden(error)) throw error;
    run.warn("the token may not validate phone numbers, so preview can't say which of them Webex will refuse");
    return [];
  }
}
