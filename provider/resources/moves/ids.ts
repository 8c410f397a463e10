/**
 * Whether two IDs name one person. Webex gives the ID of an owner or of a job's item as `ciscospark://...` in base64 or
 * as the UUID in it.
 */
export function isSamePerson(left: string | undefined, right: string | undefined): boolean {
  return left !== undefined && right !== undefined && (left === right || uuidOf(left) === uuidOf(right));
}

/** What of an ID is the same in all forms. */
export function uuidOf(id: string): string {
  const plain = Buffer.from(id, 'base64').toString('utf8');
  return plain.startsWith('ciscospark://') ? (plain.split('/').at(-1) ?? id) : id;
}
