import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isSettled } from '../../../provider/resources/customer-org/provisioning';
import { type Answer, type Rewriting, rewritingProxy } from './rewriting-proxy';
import {
  backend,
  callingWith,
  customerInputs,
  type Handlers,
  locationInputs,
  type Made,
  NUMBERS,
  newProcess,
  userInputs,
} from './support';

// The same data in forms that Webex's documents don't have: IDs that are spelled otherwise than those of the record,
// texts as numbers, empty texts and nulls for what is missing, other cases. None of them is a difference, and nothing
// is called gone.

type Entry = (key: string, value: unknown) => unknown;

/** A copy of a value, with each entry of its objects replaced. */
function replaced(value: unknown, entry: Entry): unknown {
  if (Array.isArray(value)) return value.map((item) => replaced(item, entry));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const texts = Array.isArray(inner) && inner.every((item) => typeof item === 'string');
      return [key, texts ? inner.map((item) => entry(key, item)) : replaced(entry(key, inner), entry)];
    }),
  );
}

const inEach = (entry: Entry): Rewriting => ({
  answer: (answer) => {
    answer.body = replaced(answer.body, entry);
  },
});

/** IDs in another form; requests may name them in that form. */
function idsAs(form: (plain: string) => string): Rewriting {
  const ids = new Map<string, string>();
  const entry: Entry = (key, value) => {
    if (typeof value !== 'string' || !/^id$|Ids?$|^roles$|^licenses$/.test(key)) return value;
    const plain = Buffer.from(value, 'base64').toString();
    if (!plain.startsWith('ciscospark://')) return value;
    const other = form(plain);
    ids.set(other, value);
    return other;
  };
  return {
    ...inEach(entry),
    request: (text) =>
      [...ids].reduce((sent, [other, id]) => {
        return sent.replaceAll(other, id).replaceAll(encodeURIComponent(other), id);
      }, text),
  };
}

const lists = (change: (list: unknown[]) => void): Rewriting => ({
  answer: ({ body }: Answer) => {
    for (const value of Object.values(body ?? {})) if (Array.isArray(value)) change(value);
  },
});

const FORMS: [string, Rewriting][] = [
  ['IDs of another cluster, padded', idsAs((plain) => inBase64(plain.replace('//us/', '//urn:TEAM:us-west-2_r/')))],
  ['IDs with padding', idsAs(inBase64)],
  ['UUIDs for IDs', idsAs((plain) => plain.split('/').at(-1) ?? '')],
  [
    'texts as numbers',
    inEach((_, value) => (typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : value)),
  ],
  [
    'empty IDs for missing ones',
    {
      answer: ({ body }, { url }) => {
        const { items = [] } = (body ?? {}) as { items?: object[] };
        if (url.includes('/people?')) for (const item of items) Object.assign(item, { locationId: '', ...item });
      },
    },
  ],
  ['nulls in lists', lists((list) => list.push(null))],
  [
    'words in upper case',
    inEach((key, value) =>
      ['status', 'package', 'packages', 'name'].includes(key) && /^[a-z_]+$/.test(`${value}`)
        ? String(value).toUpperCase()
        : value,
    ),
  ],
];

const REMOVALS: [string, Rewriting][] = [
  [
    'job statuses in lower case',
    inEach((key, value) => (key.startsWith('latestExecution') ? String(value).toLowerCase() : value)),
  ],
  [
    '410 for what is gone',
    {
      answer: (answer) => {
        if (answer.status === 404) answer.status = 410;
      },
    },
  ],
];

function inBase64(plain: string): string {
  return Buffer.from(plain).toString('base64');
}

describe('the same data in another form', () => {
  const { url, state } = backend();
  const proxy = rewritingProxy(url);
  const [phoneNumber] = NUMBERS;
  const customer = { ...customerInputs(), packageLimits: { webex_calling: 50 } };
  let organization: Made<'customerOrg'>;
  let site: Made<'location'>;
  let person: Made<'user'>;
  const location = () => ({ ...siteInputs, customerId: organization.id });
  const user = () => ({ ...personInputs, customerId: organization.id, locationId: site.id });
  const siteInputs = locationInputs('', { ...callingWith([phoneNumber]), mainNumber: phoneNumber } as never);
  const personInputs = { ...userInputs('', '51301'), roles: ['Read-only Administrator'] };

  beforeAll(async () => {
    const made = await newProcess();
    organization = await made.customerOrg.create(customer);
    site = await made.location.create(location());
    person = await made.user.create(user());
  });
  afterEach(() => proxy.rewrite(undefined));

  it.each(FORMS)('%s: nothing is gone, and nothing differs', async (_name, form) => {
    proxy.rewrite(form);
    const again = await newProcess();
    await isUnchanged(again, 'customerOrg', organization, customer);
    await isUnchanged(again, 'location', site, location());
    await isUnchanged(again, 'user', person, user());
    // Another process takes over what is there.
    const other = await newProcess();
    await other.customerOrg.create(customer);
    await other.location.create(location());
    await other.user.create({ ...user(), adopt: true } as never);
  });

  it.each(REMOVALS)('%s: a removal ends', async (_name, form) => {
    const inputs = locationInputs(organization.id, callingWith([]));
    const { id, state: recorded } = await (await newProcess()).location.create(inputs);
    proxy.rewrite(form);
    await (await newProcess()).location.delete(id, recorded);
    expect(await (await newProcess()).location.read(id, recorded)).toBeUndefined();
    expect((await state()).locations.map(({ name }) => name)).not.toContain(inputs.name);
  });

  async function isUnchanged(
    handlers: Handlers,
    kind: 'customerOrg' | 'location' | 'user',
    { id, state: recorded }: { id: string; state: object },
    inputs: object,
  ) {
    const lifecycle = handlers[kind] as unknown as {
      read(id: string, state: object): Promise<{ state: object; inputs: object } | undefined>;
      diff(id: string, state: object, inputs: object): Promise<{ changes: boolean }>;
    };
    const found = await lifecycle.read(id, recorded);
    expect(found?.inputs).toMatchObject(inputs);
    expect(await lifecycle.diff(id, found?.state ?? {}, inputs)).toEqual({ changes: false });
  }
});

it('a customer in a status that no document has is waited for until it has an organization', () => {
  expect(isSettled({ status: 'queued', orgId: undefined })).toBe(false);
  expect(isSettled({ status: 'queued', orgId: 'o' })).toBe(true);
  expect(isSettled({ status: 'error', orgId: undefined })).toBe(true);
});
