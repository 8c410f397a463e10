import type { dynamic } from '@pulumi/pulumi';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toResourceProvider } from '../../../provider/dynamic/provider';
import { SecretValues } from '../../../provider/dynamic/secrets';
import { UNKNOWN } from '../../../provider/lifecycle';
import { resources } from '../../../provider/resources';
import { Run } from '../../../provider/resources/run/run';
import { WebexApiError } from '../../../provider/webex';
import { type Mutation, mutated, mutations } from './hostile';
import { received, sent } from './plugin';
import { KINDS, type Kind, restartable } from './resources';
import { CASES, RUN, TIMEOUT } from './settings';
import type { Inputs } from './valid';

/** The answer to a request for an object by its ID if there is none. */
const get = async () => {
  throw new WebexApiError({ status: 404, method: 'GET', path: '/', description: 'Not Found' });
};

/** The one page of a list without objects. */
const onePage = { next: async () => ({ done: true, value: [] }) };
const emptyList = { list: async () => [], pages: () => onePage };

/** A Webex in which nothing exists, and which has nothing against anything. */
const EMPTY_WEBEX = {
  customers: {
    ...emptyList,
    // One that isn't provisioned yet: what it has can't be asked for.
    get: async (id: string) => ({ id, status: 'provisioning', packages: [] }),
    precheck: async () => ({ message: '', info: [] }),
  },
  subscribers: { ...emptyList, get, precheck: async () => ({ message: '', info: [] }) },
  people: { ...emptyList, get },
  organizations: emptyList,
  licenses: emptyList,
  calling: { get: async () => undefined },
  numbers: { list: async () => [], validate: async () => [] },
  pstn: { options: async () => [] },
  roles: { list: async () => ['Full Administrator', 'Support Administrator'].map((name) => ({ id: name, name })) },
};

const ID = 'aWQ';
/** Longest readable message. */
const LONGEST_REASON = 2_000;
const globals = Object.getOwnPropertyNames(Object.prototype).join();

beforeEach(() => {
  vi.spyOn(Run.prototype, 'webex', 'get').mockReturnValue(EMPTY_WEBEX as never);
});
afterEach(() => {
  vi.restoreAllMocks();
});

interface Case {
  before: Inputs;
  now: Inputs;
  changes: Mutation[];
  isNew: boolean;
  dryRun: boolean;
  unknown: number[];
}

const cases = ({ inputs }: Kind): fc.Arbitrary<Case> =>
  fc.record({
    before: inputs,
    now: inputs,
    changes: mutations,
    isNew: fc.boolean(),
    dryRun: fc.boolean(),
    unknown: fc.array(fc.nat(100), { maxLength: 3 }),
  });

/** Shared among the resources. */
const SHARE = Math.ceil(CASES / KINDS.length);

describe.each(KINDS)(`$name: ${SHARE} generated inputs`, (kind) => {
  const { lifecycle, restart } = restartable(kind);
  const provider = toResourceProvider(lifecycle);
  const check = checkIn(provider, restart);
  void provider.configure?.({ config: { get: () => undefined } } as never);

  it('are refused with reasons, or checked and compared without an error of JavaScript', {
    timeout: TIMEOUT,
  }, async () => {
    const counts = { passed: 0, refused: 0 };
    const look = async ({ before, now, changes, isNew, dryRun }: Case) => {
      const olds = isNew ? {} : (await check({}, before, false)).inputs;
      const news = mutated(now, changes);
      if (typeof news !== 'object' || news === null) return;
      const checked = await check(olds, news as Inputs, dryRun);
      if (checked.refused) counts.refused++;
      else counts.passed++;
      if (!checked.refused) await compare(kind, provider, check, before, checked.inputs);
      if (Object.getOwnPropertyNames(Object.prototype).join() !== globals) expect.fail('a prototype was changed');
    };
    await fc.assert(fc.asyncProperty(cases(kind), look), { ...RUN, numRuns: SHARE });
    // All refused, or none, would prove nothing.
    if (SHARE >= 100) expect(Math.min(counts.passed, counts.refused)).toBeGreaterThan(SHARE / 10);
  });

  it('that are right pass, also where parts are not known yet, and those are no difference', {
    timeout: TIMEOUT,
  }, async () => {
    const look = async ({ now, unknown, dryRun }: Case) => {
      const checked = await check({}, now, dryRun);
      expect(checked).toMatchObject({ refused: '' });
      const state = { ...checked.inputs, ...kind.outputs };
      expect(await diff(provider, state, checked.inputs)).toMatchObject({ changes: false });
      const partly = mutated(
        now,
        unknown.map((at) => ({ at, how: 'replace', name: '', value: { plain: UNKNOWN } })),
      );
      if (typeof partly !== 'object') return;
      const waiting = await check({}, partly as Inputs, dryRun);
      expect(waiting).toMatchObject({ refused: '' });
      if ('customerId' in now && waiting.inputs.customerId === UNKNOWN) return;
      expect(await diff(provider, state, waiting.inputs)).toMatchObject({ changes: false });
    };
    await fc.assert(fc.asyncProperty(cases(kind), look), { ...RUN, numRuns: Math.ceil(SHARE / 4) });
  });
});

/** Values of which no failure may show anything, and that most inputs refuse. */
const SECRETS = [
  'zebra striped',
  'zebra "striped" '.repeat(30),
  'Zebra@Example.com',
  987654321,
  { inner: ['zebra striped', { deeper: 987654321 }] },
  ['zebra striped', 'zebra striped'],
];

describe.each(KINDS)('$name: a secret input', (kind) => {
  const { lifecycle, restart } = restartable(kind);
  const provider = toResourceProvider(lifecycle, new SecretValues());
  const check = checkIn(provider, restart);
  void provider.configure?.({ config: { get: () => undefined } } as never);
  const samples = fc.sample(kind.inputs, { ...RUN, numRuns: 50 });
  const keys = [...new Set(samples.flatMap((sample) => Object.keys(sample)))];

  it.each(keys)('%s is quoted in no failure, and noted in the record', async (key) => {
    const sample = samples.find((inputs) => key in inputs) ?? {};
    const secrets = [key];
    let refused = '';
    for (const secret of SECRETS) {
      // Checked before, so of the right type at least.
      const old = [secret, sample[key]].every((value) => typeof value === 'string') ? secret : sample[key];
      for (const olds of [{}, sample, { ...sample, [key]: old, __secrets: secrets }]) {
        for (const value of [secret, sample[key]]) {
          const checked = await check(olds, { ...sample, [key]: value }, true, secrets);
          refused += checked.refused;
          if (checked.refused === '') expect(checked.inputs.__secrets).toEqual(secrets);
        }
      }
    }
    expect(refused).not.toMatch(/zebra|striped|987654321/i);
    expect(refused).not.toBe('');
  });
});

it('the ID of a resource is refused as a secret, because Pulumi shows it', async () => {
  const provider = toResourceProvider(resources.onboardingTemplate(new Run()), new SecretValues());
  const { refused } = await checkNow(provider, {}, { provisioningId: 'ZjViMzYx' }, false, ['provisioningId']);
  expect(refused).toMatch(/^provisioningId: can't be secret/);
});

type Check = (
  olds: Inputs,
  news: Inputs,
  dryRun: boolean,
  secrets?: string[],
) => Promise<{ refused: string; inputs: Inputs }>;

/** A check in a new process. */
function checkIn(provider: dynamic.ResourceProvider, restart: () => void): Check {
  return (...args) => {
    restart();
    return checkNow(provider, ...args);
  };
}

async function checkNow(
  provider: dynamic.ResourceProvider,
  olds: Inputs,
  news: Inputs,
  dryRun: boolean,
  secrets: string[] = [],
) {
  const call = received({ ...news, __caller: JSON.stringify({ name: 'it', dryRun, secrets }), __provider: 'code' });
  const result = await provider.check?.(olds, call);
  if (result === undefined) throw new Error('no check');
  const { inputs, failures = [] } = result;
  expect(failures.find(({ property, reason }) => property !== '' || !isForPeople(reason))).toBeUndefined();
  if (failures.length > 0)
    return { refused: failures.map(({ reason }) => reason).join('; '), inputs: inputs as Inputs };
  // What the plugin sends is what was checked, and checking that again changes nothing.
  const passed = sent(inputs);
  expect(passed).toEqual(JSON.parse(JSON.stringify(inputs)));
  return { refused: '', inputs: passed as Inputs };
}

/** An explanation, neither empty nor endless, that leaves the terminal alone. */
function isForPeople(reason: string): boolean {
  if (reason === '' || reason.length > LONGEST_REASON || /[\p{Cc}\p{Cs}]/u.test(reason)) return false;
  return !/\[object |TypeError|RangeError|Cannot read/.test(reason);
}

async function compare(
  kind: Kind,
  provider: dynamic.ResourceProvider,
  check: Check,
  before: Inputs,
  inputs: Inputs,
): Promise<void> {
  const { previous, ...plain } = inputs;
  const again = await check({}, plain, false);
  const { previous: _, ...same } = again.inputs;
  expect(again.refused).toBe('');
  expect(same).toEqual(plain);
  await diff(provider, { ...before, ...kind.outputs }, inputs);
}

/** A difference, or an error that is meant for people. */
async function diff(provider: dynamic.ResourceProvider, state: Inputs, news: Inputs) {
  try {
    const found = await provider.diff?.(ID, received(state), received(news));
    expect(typeof found?.changes).toBe('boolean');
    return found;
  } catch (error) {
    expect(String((error as Error).message)).not.toContain('a bug in this provider');
    return undefined;
  }
}
