import { inspect } from 'node:util';
import type { dynamic } from '@pulumi/pulumi';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { toResourceProvider } from '../../../provider/dynamic/provider';
import { type HttpRequest, type Send, TransportFailure } from '../../../provider/webex/http/transport';
import { type Scene, Webex } from './backend';
import { received, sent } from './plugin';
import { answerOf, type Reply, reply } from './replies';
import { KINDS, type Kind, restartable } from './resources';
import { CASES, RUN, TIMEOUT } from './settings';
import type { Inputs } from './valid';

const world = vi.hoisted(() => ({ send: undefined as Send | undefined, now: Date.parse('2025-01-01T00:00:00Z') }));
vi.mock('../../../provider/webex/http/transport', async (original) => ({
  ...(await original<object>()),
  createTransport: () => ({ send: (request: HttpRequest) => world.send?.(request), close: async () => {} }),
}));
// Hours of waiting pass at once.
vi.mock('node:timers/promises', () => ({
  setTimeout: async (milliseconds: number) => {
    await new Promise((resolve) => setImmediate(resolve));
    world.now += milliseconds;
  },
}));

const TOKEN = 'fuzz-token-6f2a91-long-enough';
const CODE = 'exports.handler=...';
/** A create, an update and a delete, each as long as the longest default. */
const LONGEST_LIFE = 3 * 1800_000 + 600_000;

beforeAll(() => {
  vi.stubEnv('WEBEX_ACCESS_TOKEN', TOKEN);
  vi.stubEnv('WEBEX_BASE_URL', 'https://webexapis.com/v1');
  vi.spyOn(Date, 'now').mockImplementation(() => world.now);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterAll(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

interface Case {
  inputs: Inputs;
  next: Inputs;
  scene: Scene;
  /** What goes wrong, request by request: mostly nothing. */
  disturbances: (Reply | undefined)[];
}

const status: fc.Arbitrary<string> = fc.constantFrom(
  'provisioned',
  'provisioning',
  'updating',
  'provisioned_with_errors',
  'error',
  'pending_rpl_review',
  'deleting',
  'new_status',
);

const settles: fc.Arbitrary<string[]> = fc.constant('provisioned').map((last) => ['provisioning', last]);
const statuses: fc.Arbitrary<string[]> = fc.oneof(settles, fc.array(status, { minLength: 1, maxLength: 4 }));

/** Waits end after a minute, so that it can be seen that they end. */
const impatient = (inputs: Inputs): Inputs =>
  inputs.timeouts === undefined ? inputs : { ...inputs, timeouts: { create: 60, update: 60, delete: 60 } };

const cases = ({ inputs }: Kind): fc.Arbitrary<Case> =>
  fc.record({
    inputs: inputs.map(impatient),
    next: inputs.map(impatient),
    scene: fc.record({
      exists: fc.constantFrom(false, false, false, true),
      statuses,
      jobs: fc.array(fc.constantFrom('STARTED', 'COMPLETED', 'FAILED'), { minLength: 1, maxLength: 3 }),
      pending: fc.constantFrom(false, false, false, true),
      numbers: fc.constantFrom([], [], ['+14085550100']),
    }),
    disturbances: fc.array(
      fc.oneof({ weight: 12, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: reply }),
      { minLength: 1, maxLength: 25 },
    ),
  });

/** A life of an object costs more than a check. */
const SHARE = Math.ceil(CASES / 20);

describe.each(KINDS.filter(({ name }) => name !== 'OnboardingTemplate'))(`$name: ${SHARE} lives`, (kind) => {
  const { lifecycle, restart } = restartable(kind);
  const provider = toResourceProvider(lifecycle);
  const settings: Record<string, string> = { 'webex-wholesale:retryTimeoutSeconds': '30' };
  void provider.configure?.({ config: { get: (key: string) => settings[key] } } as never);

  it('are made of errors for people and whole objects', { timeout: TIMEOUT }, async () => {
    const counts = { whole: 0, partial: 0, failed: 0 };
    const look = async (made: Case) => {
      restart();
      const life = new Life(provider, made, counts);
      await life.run();
    };
    await fc.assert(fc.asyncProperty(cases(kind), look), { ...RUN, numRuns: SHARE });
    if (SHARE >= 100) expect(Math.min(counts.whole, counts.failed)).toBeGreaterThan(SHARE / 20);
  });
});

/** Numbers of a location, or of a customer's headquarters. */
function numbersOf({ calling, headquarters }: Inputs): unknown[] {
  const block = calling ?? (headquarters as Inputs | undefined)?.calling;
  return (block as { phoneNumbers?: unknown[] } | undefined)?.phoneNumbers ?? [];
}

/** One object from its first check to its end. */
class Life {
  private requests = 0;
  private readonly began = world.now;

  constructor(
    private readonly provider: dynamic.ResourceProvider,
    private readonly made: Case,
    private readonly counts: { whole: number; partial: number; failed: number },
  ) {}

  async run(): Promise<void> {
    const { inputs, next } = this.made;
    this.connect(inputs);
    const checked = await this.step(() => this.provider.check?.({}, { ...inputs, __provider: CODE }));
    if (checked === undefined || (checked.failures ?? []).length > 0) return;
    const first = { ...sent(checked.inputs), __provider: CODE };
    let object = await this.makes(first, () => this.provider.create(received(first)));
    if (object === undefined) return;
    object = (await this.reads(object, first)) ?? object;
    object = (await this.updates(object, first, next)) ?? object;
    const { id, state } = object;
    await this.step(() => this.provider.delete?.(id, received(state)));
    expect(this.requests).toBeLessThan(20_000);
    expect(world.now - this.began).toBeLessThan(LONGEST_LIFE);
  }

  private connect(declared: Inputs): void {
    const { scene, disturbances } = this.made;
    const webex = new Webex(scene, declared);
    world.send = async (request) => {
      const disturbance = disturbances[this.requests++ % disturbances.length];
      if (disturbance?.kind === 'failure') throw new TransportFailure(disturbance.failure, 'a reason');
      const right = webex.answer(request);
      if (disturbance) return answerOf(disturbance, right, [TOKEN, `Bearer ${TOKEN}`]);
      return {
        status: right.status,
        headers: { trackingid: 'T1' },
        body: right.body === undefined ? '' : JSON.stringify(right.body),
      };
    };
  }

  private async makes(inputs: Inputs, create: () => Promise<dynamic.CreateResult>) {
    const made = await this.step(create);
    if (made === undefined) return this.kept;
    const state = { ...sent(made.outs ?? {}), __provider: CODE };
    expect(made.id).toMatch(/^[^\p{Cc}\p{Cs}]+$/u);
    this.counts.whole++;
    await this.asDeclared(made.id, state, inputs);
    return { id: made.id, state };
  }

  private async reads({ id, state }: { id: string; state: Inputs }, inputs: Inputs) {
    const found = await this.step(() => this.provider.read?.(id, received(state)));
    if (found === undefined) return undefined;
    if (found.id === '') return undefined;
    await this.step(() => this.provider.diff?.(id, sent(found.props ?? {}), received(inputs)));
    return { id, state: { ...sent(found.props ?? {}), __provider: CODE } };
  }

  private async updates({ id, state }: { id: string; state: Inputs }, before: Inputs, next: Inputs) {
    // What can't be changed stays.
    const { customerId, email, externalId, provisioningId } = before;
    const news = {
      ...next,
      ...(customerId !== undefined && { customerId }),
      ...(email !== undefined && { email }),
      ...(externalId !== undefined && { externalId }),
      ...(provisioningId !== undefined && { provisioningId }),
    };
    const checked = await this.step(() =>
      this.provider.check?.(received(before), received({ ...news, __provider: CODE })),
    );
    if (checked === undefined || (checked.failures ?? []).length > 0) return undefined;
    const inputs = { ...sent(checked.inputs), __provider: CODE };
    await this.step(() => this.provider.diff?.(id, received(state), received(inputs)));
    const updated = await this.step(() => this.provider.update?.(id, received(state), received(inputs)));
    if (updated === undefined) return this.kept;
    const after = { ...sent(updated.outs ?? {}), __provider: CODE };
    await this.asDeclared(id, after, inputs);
    return { id, state: after };
  }

  /** What a success records is what was declared, and no difference unless Webex isn't done. */
  private async asDeclared(id: string, state: Inputs, inputs: Inputs): Promise<void> {
    // Undeclared numbers are recorded, so that the next preview shows their removal.
    if (this.made.scene.numbers.length > 0 || numbersOf(state).length > numbersOf(inputs).length) return;
    const { previous, ...declared } = inputs;
    const waits = state.status === 'pending_user_migration' || state.status === 'pending_rpl_review';
    if (!waits) expect(state).toMatchObject(JSON.parse(JSON.stringify(declared)));
    // The diff of a user that is pending asks Webex, and may fail.
    const found = await this.step(() => this.provider.diff?.(id, received(state), received(inputs)));
    if (state.status === undefined || state.status === 'provisioned') expect(found).toMatchObject({ changes: false });
  }

  /** What the last failure left in the state. */
  private kept: { id: string; state: Inputs } | undefined;

  private async step<T>(run: () => Promise<T> | undefined): Promise<T | undefined> {
    this.kept = undefined;
    try {
      const result = await run();
      expect(JSON.stringify(result) ?? '').not.toContain(TOKEN);
      return result;
    } catch (thrown) {
      const error = thrown as Error & { id?: string; properties?: Inputs };
      this.counts.failed++;
      if (/a bug in this provider|\[object |undefined/.test(error.message)) throw error.cause ?? error;
      if (/(?!\n)\p{Cc}|\p{Cs}/u.test(error.message) || error.message.length > 5_000) expect.fail(error.message);
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(TOKEN);
      if (error.properties === undefined) return undefined;
      expect(error.id).toMatch(/^[^\p{Cc}\p{Cs}]+$/u);
      expect(sent(error.properties).__provider).toBe(CODE);
      this.counts.partial++;
      this.kept = { id: error.id ?? '', state: error.properties };
      return undefined;
    }
  }
}
