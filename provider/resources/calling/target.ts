import type { LocationApiAddress } from '../inputs/address';
import { DeclarationError } from '../outcomes/refusals';
import { session } from '../run/session';
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
}

/** PSTN connection types whose numbers belong to the PSTN provider. */
const INTEGRATED = ['INTEGRATED_CCP', 'CISCO_PSTN'];

/** Whether phone numbers must not be managed on this type of connection. */
export function isIntegrated(connectionType: string | undefined): boolean {
  return connectionType !== undefined && INTEGRATED.includes(connectionType);
}

/** Records what has been reached. */
export type Step = (done: Partial<Calling>) => void;

type CallingUpdate = Parameters<typeof session.webex.calling.update>[2];

/** PUT of a location's calling settings. @throws DeclarationError for 206, where Webex did only a part. */
export async function updateCalling(
  target: Pick<CallingTarget, 'orgId' | 'locationId' | 'path'>,
  body: CallingUpdate,
): Promise<void> {
  const answer = await session.webex.calling.update(target.orgId, target.locationId, body);
  if (answer?.failureReason) throw new DeclarationError(target.path, `Webex did only a part: ${answer.failureReason}`);
}
