import { randomUUID } from 'node:crypto';

/**
 * The kinds of objects with IDs.
 * Source: the decoded IDs in the examples of the published API documents.
 */
export type IdKind =
  | 'ENTERPRISE'
  | 'SUBSCRIBER'
  | 'ORGANIZATION'
  | 'PEOPLE'
  | 'LOCATION'
  | 'PSTN_CONNECTION'
  | 'JOB_ID'
  | 'ROLE'
  | 'LICENSE'
  | 'TRUNK'
  | 'ROUTE_GROUP';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A Webex ID: base64 without padding of `ciscospark://us/KIND/uuid`; roles have a name instead of a UUID. */
export function encodeId(kind: IdKind, name: string): string {
  return Buffer.from(`ciscospark://us/${kind}/${name}`).toString('base64').replace(/=+$/, '');
}

/** A new ID of a kind. With `elsewhere` it is of another cluster and padded, as observed in Webex. */
export function newId(kind: IdKind, elsewhere = false): string {
  return elsewhere ? otherId(kind, randomUUID()) : encodeId(kind, randomUUID());
}

const OTHER_CLUSTER = 'urn:TEAM:us-west-2_r';

function otherId(kind: IdKind, uuid: string): string {
  return Buffer.from(`ciscospark://${OTHER_CLUSTER}/${kind}/${uuid}`).toString('base64');
}

/**
 * The canonical form of an ID from a client; undefined if it is no ID of the kind. Accepted are IDs with and without
 * base64 padding (both are in the documents), and a UUID of 36 characters (as in the numbers list).
 */
export function canonicalId(kind: IdKind, sent: string): string | undefined {
  if (UUID.test(sent)) return encodeId(kind, sent.toLowerCase());
  const decoded = Buffer.from(sent, 'base64').toString('utf8');
  const [, cluster = '', sentKind, name = ''] = /^ciscospark:\/\/([^/]+)\/(\w+)\/([^/]+)$/i.exec(decoded) ?? [];
  const fits = kind === 'ROLE' ? /^[\w.-]+$/ : UUID;
  if (sentKind?.toUpperCase() !== kind || !fits.test(name)) return undefined;
  if (cluster.toLowerCase() === 'us') return encodeId(kind, name.toLowerCase());
  return cluster.toLowerCase() === OTHER_CLUSTER.toLowerCase() ? otherId(kind, name.toLowerCase()) : undefined;
}

/** The UUID inside a canonical ID. */
export function uuidOf(id: string): string {
  return Buffer.from(id, 'base64').toString('utf8').split('/').pop() ?? id;
}
