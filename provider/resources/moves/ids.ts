import { uuidOf } from '../inputs/ids';

/**
 * Whether two IDs name one person. Webex gives the ID of an owner or of a job's item as `ciscospark://...` in base64 or
 * as the UUID in it.
 */
export function isSamePerson(left: string | undefined, right: string | undefined): boolean {
  return left !== undefined && right !== undefined && (left === right || uuidOf(left) === uuidOf(right));
}
