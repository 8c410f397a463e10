/**
 * What of a Webex ID is the same in all its forms. An ID is base64 of `ciscospark://CLUSTER/KIND/UUID`, with or without
 * padding; some answers name another cluster, or hold the UUID alone. A text that is no such ID stands for itself.
 */
export function uuidOf(id: string): string {
  // The decoder skips what is no base64.
  if (!/^[A-Za-z0-9+/_-]+=*$/.test(id)) return id;
  const plain = Buffer.from(id, 'base64').toString('utf8');
  return plain.startsWith('ciscospark://') ? (plain.split('/').at(-1) ?? id) : id;
}

/** Whether two IDs of one kind name the same object: answers of different operations can spell them differently. */
export function isSameId(left: string | undefined, right: string | undefined): boolean {
  return left !== undefined && right !== undefined && (left === right || uuidOf(left) === uuidOf(right));
}
