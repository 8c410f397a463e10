import type { CallingLocation, CallingUpdate } from '../../webex';
import type { LocationApiAddress } from '../inputs/address';
import { DeclarationError } from '../outcomes/errors';
import type { Run } from '../run/run';
import type { Calling } from './schema';

/** The location whose calling is reconciled. */
export interface CallingTarget {
  readonly orgId: string;
  readonly locationId: string;
  readonly name: string;
  readonly timeZone: string;
  readonly preferredLanguage: string;
  readonly announcementLanguage: string;
  readonly address: LocationApiAddress;
  /** Property path of the calling block, for errors. */
  readonly path: string;
  /** How long a write that Webex refuses for a while may be repeated. */
  readonly seconds: number;
}

/** Records what is true of the calling block now. */
export type RecordCalling = (part: Partial<Calling>) => void;

/** PSTN connection types whose numbers belong to the PSTN provider. */
const INTEGRATED = ['INTEGRATED_CCP', 'CISCO_PSTN'];

/** Whether phone numbers must not be managed on this type of connection. */
export function isIntegrated(connectionType: string | undefined): boolean {
  return connectionType !== undefined && INTEGRATED.includes(connectionType);
}

/** Settings that the API calls as we do. */
const SAME_NAME = [
  'externalCallerIdName',
  'routingPrefix',
  'outsideDialDigit',
  'enforceOutsideDialDigit',
  'chargeNumber',
] as const;

/** Inputs that PUT /telephony/config/locations/{locationId} changes, other than the main number. */
export const SETTINGS = [...SAME_NAME, 'callingLineIdName', 'emergencyLocationIdentifier'] as const;

/** Body of the PUT for these settings. */
export function settingsToApi(settings: Partial<Pick<Calling, (typeof SETTINGS)[number]>>): CallingUpdate {
  const { callingLineIdName: name, emergencyLocationIdentifier, ...sameName } = settings;
  return {
    ...sameName,
    ...(name !== undefined && { callingLineId: { name } }),
    ...(emergencyLocationIdentifier !== undefined && { pAccessNetworkInfo: emergencyLocationIdentifier }),
  };
}

/** The settings as Webex has them; an empty text means not set. */
export function settingsFromApi(details: CallingLocation): Partial<Calling> {
  return {
    ...Object.fromEntries(SAME_NAME.map((key) => [key, details[key] === '' ? undefined : details[key]])),
    callingLineIdName: details.callingLineId?.name || undefined,
    emergencyLocationIdentifier: details.pAccessNetworkInfo ?? undefined,
  };
}

/** PUT of a location's calling settings. @throws DeclarationError for 206, where Webex applied only a part */
export async function updateCalling(
  { webex }: Run,
  { orgId, locationId, path }: Pick<CallingTarget, 'orgId' | 'locationId' | 'path'>,
  body: CallingUpdate,
): Promise<void> {
  const answer = await webex.calling.update(orgId, locationId, body);
  if (answer?.failureReason) throw new DeclarationError(path, `Webex did only a part: ${answer.failureReason}`);
}
