import type { Operation } from '../http/operation';
import { accessTokenOperation } from './access-token';
import { adminOperations } from './admin';
import { callingLocationOperations } from './calling-locations';
import { customerOperations } from './customers';
import { jobOperations } from './jobs';
import { locationOperations } from './locations';
import { numberOperations } from './numbers';
import { peopleOperations } from './people';
import { pstnOperations } from './pstn';
import { subPartnerOperations } from './sub-partners';
import { subscriberOperations } from './subscribers';

/** The operations of the published documents, but those that jobs.ts leaves out. */
export const OPERATIONS: readonly Operation[] = [
  accessTokenOperation,
  ...customerOperations,
  ...subscriberOperations,
  ...subPartnerOperations,
  ...locationOperations,
  ...callingLocationOperations,
  ...jobOperations,
  ...numberOperations,
  ...pstnOperations,
  ...peopleOperations,
  ...adminOperations,
];
