import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Lifecycle } from '../../../provider/lifecycle';
import { type Cut, cutConnection } from './cut-connection';
import {
  backend,
  callingWith,
  customerInputs,
  type Handlers,
  locationInputs,
  NUMBERS,
  newProcess,
  userInputs,
} from './support';

vi.mock('node:timers/promises', () => import('./quick-timers'));

// For each write of each verb of each resource: the write takes effect, and the run is killed before it is recorded, or
// only the answer is lost. The same run again must end as declared.

type Kind = 'customerOrg' | 'location' | 'user' | 'onboardingTemplate';
type AnyLifecycle = Lifecycle<Record<string, unknown>, Record<string, unknown>>;
type Inputs = Record<string, unknown>;

/** A verb of a resource, with the inputs before it and the declared ones; the latter are empty for a delete. */
interface Scenario {
  readonly kind: Kind;
  readonly verb: 'create' | 'update' | 'delete';
  /** The objects before a try and the declaration; made again for each try. */
  declare(): Promise<{ before?: Inputs; wanted: Inputs }>;
}

/** Writes of one verb, at most: a test that never ends would prove nothing. */
const MOST_WRITES = 25;

describe('every write of every verb', () => {
  const { url } = backend();
  const proxy = cutConnection(url);
  let customerId = '';
  let locationId = '';
  let otherLocationId = '';
  let extension = 52000;

  beforeAll(async () => {
    const made = await newProcess();
    customerId = (await made.customerOrg.create(customerInputs())).id;
    locationId = (await made.location.create(locationInputs(customerId, callingWith([])))).id;
    otherLocationId = (await made.location.create(locationInputs(customerId, callingWith([])))).id;
  });

  const of = (handlers: Handlers, kind: Kind) => handlers[kind] as unknown as AnyLifecycle;
  const user = () => ({ ...userInputs(customerId, String(++extension)), locationId, removal: 'delete' as const });
  const numbers = () =>
    NUMBERS.slice(0, 2).map((_, index) => `+1214555${6000 + (++extension % 1000)}${index}`.slice(0, 12));

  const plainUser = () => {
    const { extension: _, locationId: __, ...rest } = user();
    return { ...rest, package: 'webex_meetings' };
  };
  const [FIRST, SECOND] = NUMBERS;
  const withNumbers = (inputs: Inputs, phoneNumbers: string[], rest: Inputs = {}) => ({
    ...inputs,
    calling: { ...callingWith(phoneNumbers), mainNumber: phoneNumbers[0], ...rest },
  });

  const SCENARIOS: [string, Scenario][] = [
    [
      'create of a template',
      { kind: 'onboardingTemplate', verb: 'create', declare: async () => ({ wanted: template() }) },
    ],
    [
      'update of a template',
      {
        kind: 'onboardingTemplate',
        verb: 'update',
        declare: async () => {
          const before = template();
          return { before, wanted: { ...before, country: 'GB' } };
        },
      },
    ],
    [
      'delete of a template',
      { kind: 'onboardingTemplate', verb: 'delete', declare: async () => ({ before: template(), wanted: {} }) },
    ],
    [
      'create of a user',
      {
        kind: 'user',
        verb: 'create',
        // Without adopt, only users created by this run get roles.
        declare: async () => ({ wanted: { ...user(), roles: ['Read-only Administrator'], adopt: true } }),
      },
    ],
    [
      'update of a user',
      {
        kind: 'user',
        verb: 'update',
        declare: async () => {
          const before = user();
          const wanted = {
            ...before,
            firstName: 'Alicia',
            extension: `9${before.extension}`,
            roles: ['User and Device Administrator'],
          };
          return { before, wanted };
        },
      },
    ],
    [
      'update of a user to a calling package',
      {
        kind: 'user',
        verb: 'update',
        declare: async () => {
          const before = plainUser();
          const wanted = {
            ...before,
            package: 'webex_calling',
            extension: String(++extension),
            locationId,
            firstName: 'Alicia',
          };
          return { before, wanted };
        },
      },
    ],
    [
      'update of a user to a package without calling',
      {
        kind: 'user',
        verb: 'update',
        declare: async () => {
          const before = user();
          const { extension: _, locationId: __, ...rest } = before;
          return { before, wanted: { ...rest, package: 'webex_meetings', lastName: 'Andersen' } };
        },
      },
    ],
    [
      'update of a user to another location and address',
      {
        kind: 'user',
        verb: 'update',
        declare: async () => {
          const before = user();
          const wanted = { ...before, locationId: otherLocationId, email: `moved${++extension}@example.com` };
          return { before, wanted };
        },
      },
    ],
    ['delete of a user', { kind: 'user', verb: 'delete', declare: async () => ({ before: user(), wanted: {} }) }],
    [
      'create of a location',
      {
        kind: 'location',
        verb: 'create',
        declare: async () => ({ wanted: withNumbers(locationInputs(customerId), numbers()) }),
      },
    ],
    [
      'update of a location',
      {
        kind: 'location',
        verb: 'update',
        declare: async () => {
          const [kept = '', old = ''] = numbers();
          const [added = ''] = numbers();
          const before = withNumbers(locationInputs(customerId), [kept, old]);
          const wanted = {
            ...withNumbers(before, [added, kept], { routingPrefix: String(++extension), callingLineIdName: 'Denver' }),
            ...{
              name: `Boulder ${extension}`,
              timeZone: 'America/Phoenix',
              notes: 'Second floor',
              announcementLanguage: 'es_co',
            },
          };
          return { before, wanted };
        },
      },
    ],
    [
      'update of a location that loses calling',
      {
        kind: 'location',
        verb: 'update',
        declare: async () => {
          const plain = locationInputs(customerId);
          return { before: withNumbers(plain, numbers()), wanted: plain };
        },
      },
    ],
    [
      'delete of a location',
      {
        kind: 'location',
        verb: 'delete',
        declare: async () => ({ before: withNumbers(locationInputs(customerId), numbers()), wanted: {} }),
      },
    ],
    [
      'create of a customer',
      {
        kind: 'customerOrg',
        verb: 'create',
        declare: async () => {
          const inputs = customerInputs();
          const calling = { ...callingWith([FIRST]), mainNumber: FIRST };
          return { wanted: { ...inputs, headquarters: { ...inputs.headquarters, calling } } };
        },
      },
    ],
    [
      'update of a customer',
      {
        kind: 'customerOrg',
        verb: 'update',
        declare: async () => {
          const before = { ...customerInputs(), packageLimits: { webex_calling: 50 } };
          const calling = { ...callingWith([SECOND]), mainNumber: SECOND };
          const wanted = {
            ...before,
            packages: [...before.packages, 'webex_suite'],
            packageLimits: { webex_calling: 60 },
            address: { ...before.address, city: 'San Jose' },
            headquarters: { ...before.headquarters, name: 'Main Office', language: 'es_co', calling },
          };
          return { before, wanted };
        },
      },
    ],
    [
      'delete of a customer',
      { kind: 'customerOrg', verb: 'delete', declare: async () => ({ before: customerInputs(), wanted: {} }) },
    ],
  ];

  it.each(
    SCENARIOS.flatMap(([name, scenario]) =>
      (['connection', 'answer'] as const).map((cut) => [name, cut, scenario] as const),
    ),
  )(
    '%s, where the %s is lost',
    async (_name, cut, scenario) => {
      let cuts = 0;
      for (let number = 1; number <= MOST_WRITES; number++) {
        if (!(await cutOnce(scenario, cut, number))) break;
        cuts++;
      }
      expect(cuts).toBeGreaterThan(0);
      expect(cuts).toBeLessThan(MOST_WRITES);
    },
    120_000,
  );

  /** @returns whether there was a write of this number */
  async function cutOnce({ kind, verb, declare }: Scenario, cut: Cut, number: number): Promise<boolean> {
    const { before, wanted } = await declare();
    const made = before && (await of(await newProcess(), kind).create(before));
    const run = async (handlers: Handlers) => {
      const lifecycle = of(handlers, kind);
      if (made === undefined) return lifecycle.create(wanted);
      if (verb === 'update') return { id: made.id, state: await lifecycle.update(made.id, made.state, wanted) };
      await lifecycle.delete(made.id, made.state);
      return undefined;
    };
    // A killed run tries nothing again.
    const settings: Record<string, string> =
      cut === 'connection' ? { 'webex-wholesale:retryTimeoutSeconds': '0.001' } : {};
    proxy.cutAtWrite(number, cut);
    const first = await run(await newProcess(settings)).catch((error: unknown) => error);
    const isCut = proxy.writes >= number;
    proxy.mend();
    if (cut === 'answer') expect(first).not.toBeInstanceOf(Error);
    const again = await run(await newProcess());
    await isAsDeclared(
      kind,
      again ?? { id: made?.id ?? '', state: made?.state ?? {} },
      verb === 'delete' ? undefined : wanted,
    );
    return isCut;
  }

  async function isAsDeclared(kind: Kind, { id, state }: { id: string; state: Inputs }, wanted: Inputs | undefined) {
    const read = await of(await newProcess(), kind).read(id, state);
    if (wanted === undefined) return expect(read).toBeUndefined();
    expect(read?.inputs).toMatchObject(wanted);
    expect(await of(await newProcess(), kind).diff(id, read?.state ?? {}, wanted)).toEqual({ changes: false });
    // What a next try declares is free again.
    const handlers = of(await newProcess(), kind);
    await handlers.delete(id, read?.state ?? {});
  }

  function template() {
    return { name: `Europe ${++extension}`, country: 'DE', authentication: { type: 'webex' } };
  }
});
