import { z } from 'zod';
import { type Api, path } from './http/api';
import { IncompleteAnswerError } from './http/errors';
import { allOf, type PageSize, pagesByLink } from './http/paging';
import type { Clock } from './pacing/clock';
import { optionalId, text, webexId } from './shapes';

// The real Webex sends booleans; Cisco's document says string.
const flag = z.union([z.boolean(), z.string()]).optional();

/** Why a part of a person is missing from an answer: `errors: { key: { code, reason } }`. */
const missingParts = z.record(z.string(), z.object({ code: z.string(), reason: z.string() }).partial().catch({}));

// A loose object, because PUT sends the unknown fields of the answer back.
const fields = z.looseObject({
  id: webexId,
  emails: z.array(z.string()).default([]),
  phoneNumbers: z.array(z.looseObject({ type: z.string().optional(), value: text.optional() })).optional(),
  extension: text.optional(),
  locationId: optionalId,
  displayName: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  orgId: optionalId,
  /** Role IDs. */
  roles: z.array(z.string()).optional(),
  licenses: z.array(z.string()).optional(),
  invitePending: flag,
  loginEnabled: flag,
  errors: missingParts.optional().catch(undefined),
});
const person = fields.transform(({ errors, ...rest }) => {
  const missing = Object.entries(errors ?? {}).map(([key, { code, reason }]) =>
    [key, code, reason].filter(Boolean).join(': '),
  );
  /** The reason why Webex left out a part of the person, if it did. The missing part is unknown, not empty. */
  const missingData = missing.length === 0 ? undefined : missing.join('; ').slice(0, 500);
  return { ...rest, ...(missingData !== undefined && { missingData }) };
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
  /** Fields that this package doesn't know are sent back unchanged. */
  [other: string]: unknown;
}

/**
 * Fields of an answer that PUT does not accept: those of `Create_a_Person_200_response` that `Update_a_Person_request`
 * lacks, and two undocumented ones: `userName`, and `manager`, which Webex refuses ("cannot be sent via API").
 */
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
  'userName',
  'manager',
  'missingData',
];

/**
 * Makes the body of PUT, which replaces the whole person, from a person that was read: without the read-only fields,
 * with only the phone numbers of type `work`, each without `primary` (as the schema of the request demands), with all
 * other fields unchanged, and with the changes.
 *
 * @throws IncompleteAnswerError for a person that was read without its calling data: PUT would remove it
 *
 * @example
 * await people.update(id, personUpdateFrom(await people.get(id), { emails: ['john.anderson@acme.com'] }));
 */
export function personUpdateFrom(current: Person, changes: Partial<PersonUpdate> = {}): PersonUpdate {
  if (typeof current.missingData === 'string') throw incomplete(current.id, current.missingData);
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
    ...changes,
  };
}

function incomplete(id: string, reason: string): IncompleteAnswerError {
  return new IncompleteAnswerError(
    `GET /people/${id}: Webex did not give the person's calling data (${reason}). Nothing was changed; run again later.`,
  );
}

/** People with calling data a page. Large pages can time out (504); Cisco's engineers recommend 10. */
const MOST_A_PAGE = { anywhere: 100, atLocation: 50 };
const RECOMMENDED = 10;
/** Milliseconds before a page gets smaller than recommended. */
const BEFORE_SMALLER = 1000;
/** Milliseconds before each further reading of a person whose calling data is missing. */
const READ_AGAIN_AFTER = [0, 500, 1500];

/** Filters of GET /people. */
export interface PersonFilter {
  orgId: string;
  email?: string;
  locationId?: string;
}

/** Operations on Webex people. They are always read with their calling data. */
export function peopleApi(api: Api, clock: Clock) {
  const callingData = true;
  const pageSize: PageSize = {
    most: MOST_A_PAGE.anywhere,
    hesitate: async (most) => void (most < RECOMMENDED && (await clock.sleep(BEFORE_SMALLER))),
  };

  const getOnce = async (id: string): Promise<Person> => api.get(path`/people/${id}`, person, { callingData });

  const identity = ({ id }: Person) => id;
  const complete = (item: Person) => (item.missingData === undefined ? item : getOnce(item.id).catch(() => item));

  async function* pages(filter: PersonFilter): AsyncGenerator<Person[], Person[]> {
    const listed = pagesByLink(api, {
      path: '/people',
      query: { ...filter, callingData },
      item: person,
      // Webex sends `errors: { peopleListLocationId: "No user matching ..." }` as an item without ID.
      isItem: (entry) => typeof entry === 'object' && entry !== null && 'id' in entry,
      // "If locationId is specified then max will not be more than 50", and with callingData not more than 100.
      max: filter.locationId === undefined ? MOST_A_PAGE.anywhere : MOST_A_PAGE.atLocation,
      pageSize,
      identity,
    });
    for (;;) {
      const { value, done } = await listed.next();
      const page = await Promise.all(value.map(complete));
      if (done) return page;
      yield page;
    }
  }

  return {
    /**
     * The people that match the filter, 100 a page. A person without calling data is read once more by ID; if the data
     * is missing again, `missingData` holds the reason.
     */
    pages,
    /** All people that match the filter. */
    list: (filter: PersonFilter): Promise<Person[]> => allOf(pages(filter), identity),

    /**
     * Reads a person, and up to three times more, within two seconds, while its calling data is missing.
     * @throws IncompleteAnswerError if it is missing in all of these answers
     */
    async get(id: string): Promise<Person> {
      let current = await getOnce(id);
      for (const pause of READ_AGAIN_AFTER) {
        if (current.missingData === undefined) break;
        await clock.sleep(pause);
        current = await getOnce(id);
      }
      if (typeof current.missingData === 'string') throw incomplete(id, current.missingData);
      return current;
    },

    /**
     * Replaces the whole person: get, {@link personUpdateFrom}, update. An e-mail address changes through `emails`; the
     * person has to confirm it within 15 days (Cisco help nsi3kgb).
     */
    async update(id: string, body: PersonUpdate): Promise<void> {
      const { orgId } = body;
      // The documents have both 200 with the person and 204 without a body, so the body is not parsed.
      await api.run({ method: 'PUT', path: path`/people/${id}`, query: { callingData }, body, orgId });
    },

    async remove(id: string): Promise<void> {
      await api.run({ method: 'DELETE', path: path`/people/${id}` });
    },
  };
}
