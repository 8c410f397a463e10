import { z } from 'zod';
import { defineResource } from '../../../../provider/resources/define';
import { inSteps } from '../../../../provider/resources/define/steps';
import { describeDifferences } from '../../../../provider/resources/inputs/compare';
import { customerId, subPartnerId } from '../../../../provider/resources/inputs/ids';
import { all, keysOf, pick, without } from '../../../../provider/resources/inputs/keys';
import { optional, reconciliation, required, text } from '../../../../provider/resources/inputs/validation';
import { Run } from '../../../../provider/resources/run/run';
import { WebexApiError } from '../../../../provider/webex';

// A resource that the provider doesn't have, as a new one would be defined: a meeting room of a customer.

const inputs = z.strictObject({
  customerId: required(customerId),
  name: required(text),
  floor: optional(text),
  notes: optional(text),
  onBehalfOfSubPartnerOrgId: optional(subPartnerId),
  ...reconciliation,
});
export type Inputs = z.output<typeof inputs>;
export type State = Inputs & { status: string };

const INPUT_KEYS = keysOf(inputs);
const COMPARED = without(INPUT_KEYS, [
  'customerId',
  'name',
  'onBehalfOfSubPartnerOrgId',
  'adopt',
  'allowReplacement',
  'timeouts',
]);

/** What Webex has, and what it is asked. */
export class Rooms {
  readonly byName = new Map<string, Partial<Inputs> & { id: string }>();
  readonly requests: string[] = [];
  /** Thrown by the next request of this name. */
  readonly failures = new Map<string, Error>();

  request(name: string): void {
    this.requests.push(name);
    const failure = this.failures.get(name);
    this.failures.delete(name);
    if (failure) throw failure;
  }
}

export function refusal(status: number, description: string): WebexApiError {
  const error = Object.create(WebexApiError.prototype) as Error;
  return Object.assign(error, { status, description, errors: [], message: description }) as unknown as WebexApiError;
}

/** The handlers of a run, and what belongs to it. */
export function workspaces(rooms = new Rooms(), settings: Record<string, string> = {}) {
  const warnings: string[] = [];
  const run = new Run();
  run.configure(
    (key) => settings[key.replace('webex-wholesale:', '')],
    (warning) => warnings.push(warning),
  );
  const list = ({ memory }: Run) =>
    memory.untilWrite('rooms', async () => {
      rooms.request('list');
      return [...rooms.byName.values()];
    });
  const define = defineResource<Inputs, State, { id: string } & Partial<Inputs>, { id: string }>({
    kind: 'workspace',
    type: 'webex-wholesale:Workspace',
    schema: inputs,
    inputKeys: INPUT_KEYS,
    immutable: ['customerId', 'notes'],
    followsCustomer: true,
    title: ({ name }) => `room "${name}"`,
    existing: ({ name }) => `a room "${name}"`,
    keys: ({ customerId: customer, name }) => [
      {
        kind: 'workspace',
        property: 'name',
        key: `${customer}/${name}`,
        shown: `"${name}"`,
        among: ' for this customer',
      },
    ],
    rules: (_run, { floor }) => (floor === '13' ? [{ property: 'floor', reason: 'does not exist' }] : []),
    precheck: {
      scope: 'all',
      body: ({ name }) => name,
      send: async () => rooms.request('precheck'),
      hints: [[/room name/, 'name']],
    },
    find: async (_run, { name }) => rooms.byName.get(name),
    compare: async (_run, existing, declared) => ({
      differences: describeDifferences(existing, pick(declared, COMPARED)),
      immutable: describeDifferences(existing, pick(declared, ['notes'])),
      state: async () => ({ ...declared, ...existing, status: 'found' }),
    }),
    create: {
      post: async (_run, { name, floor, notes }) => {
        rooms.request('post');
        if (rooms.byName.has(name)) throw refusal(409, 'exists');
        rooms.byName.set(name, { id: `id-${name}`, floor, notes });
        return { id: `id-${name}` };
      },
      complete: async (_run, { id }, declared) =>
        inSteps<State>(id, { ...declared, status: 'created' }, true, async (record) => {
          rooms.request('complete');
          record({ status: 'done' });
        }),
    },
    read: async (current, id, state) => {
      const found = (await list(current)).find((room) => room.id === id);
      return found && ({ ...state, floor: found.floor, status: 'done' } as State);
    },
    inputsOf: (state) => pick(state, INPUT_KEYS),
    identify: async (_run, key) => key,
    adopted: async (_run, _id, declared) => ({ ...declared, status: 'done' }),
    update: async (_run, id, state, declared) =>
      inSteps(id, state, false, async (record) => {
        rooms.request('put');
        record({ ...all(declared, INPUT_KEYS), status: 'done' });
      }),
    remove: async (current, id) => {
      if ((await list(current)).length > 0) rooms.request(`delete ${id}`);
    },
  });
  return { ...define(run), run, rooms, warnings };
}
