import { z } from 'zod';
import { type Api, path } from './http/api';
import { type GoOn, listByLink } from './http/paging';
import { webexId } from './shapes';

// Loose: whatever else the answer holds goes back with PUT.
const person = z.looseObject({
  id: webexId,
  emails: z.array(z.string()).default([]),
  phoneNumbers: z.array(z.looseObject({ type: z.string().optional(), value: z.string().optional() })).optional(),
  extension: z.string().optional(),
  locationId: webexId.optional(),
  displayName: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  orgId: webexId.optional(),
  /** Role IDs. */
  roles: z.array(z.string()).optional(),
  licenses: z.array(z.string()).optional(),
  // A string in answers, a boolean in requests.
  loginEnabled: z.union([z.boolean(), z.string()]).optional(),
});
/** A person (`Create_a_Person_200_response`), unknown fields included. */
export type Person = z.infer<typeof person>;

/** Body of PUT /people/{personId}; `displayName` is required, and all details are expected to be present. */
export interface PersonUpdate {
  emails?: string[];
  phoneNumbers?: { type: string; value: string }[];
  extension?: string;
  locationId?: string;
  displayName: string;
  firstName?: string;
  lastName?: string;
  orgId?: string;
  roles?: string[];
  licenses?: string[];
  loginEnabled?: boolean;
  /** What isn't ours goes back as it came. */
  [other: string]: unknown;
}

/** What an answer holds and a request does not (fields of `Create_a_Person_200_response` that `Update_a_Person_request` lacks). */
const READ_ONLY = [
  'id',
  'created',
  'lastModified',
  'timezone',
  'lastActivity',
  'sipAddresses',
  'xmppFederationJid',
  'status',
  'invitePending',
  'type',
];

/**
 * A person as PUT wants it, to be changed and sent: read-only fields left out, of the phone numbers only type `work`
 * without `primary` (what the request's schema has), everything else as it came.
 */
export function personUpdateFrom(current: Person): PersonUpdate {
  const { phoneNumbers, loginEnabled, displayName, ...rest } = current;
  const kept = Object.fromEntries(Object.entries(rest).filter(([name]) => !READ_ONLY.includes(name)));
  const name = displayName ?? ([current.firstName, current.lastName].filter(Boolean).join(' ') || current.emails[0]);
  return {
    ...kept,
    displayName: name ?? current.id,
    ...(phoneNumbers && {
      phoneNumbers: phoneNumbers.flatMap(({ type, value }) => (type === 'work' && value ? [{ type, value }] : [])),
    }),
    ...(loginEnabled !== undefined && { loginEnabled: String(loginEnabled) === 'true' }),
  };
}

/** Webex people, always with their calling data. */
export function peopleApi(api: Api) {
  const callingData = true;
  return {
    list: (filter: { orgId: string; email?: string; locationId?: string }, goOn?: GoOn<Person>): Promise<Person[]> =>
      listByLink(api, {
        path: '/people',
        query: { ...filter, callingData },
        item: person,
        // "If locationId is specified then max will not be more than 50", and with callingData not more than 100.
        max: filter.locationId === undefined ? 100 : 50,
        identity: (item) => item.id,
        goOn,
      }),

    get: async (id: string): Promise<Person> =>
      (await api.call({ method: 'GET', path: path`/people/${id}`, query: { callingData } }, person)).body,

    /** Replaces the whole person: get, {@link personUpdateFrom}, change, update. */
    async update(id: string, body: PersonUpdate): Promise<void> {
      // 200 with the person or 204 without: the documents have both, so nothing is read from it.
      await api.run({ method: 'PUT', path: path`/people/${id}`, query: { callingData }, body });
    },

    async remove(id: string): Promise<void> {
      await api.run({ method: 'DELETE', path: path`/people/${id}` });
    },
  };
}
