import { isDeepStrictEqual } from 'node:util';
import type { dynamic } from '@pulumi/pulumi';
import { type Caller, type CheckFailure, type Lifecycle, PartialFailure, type Upcoming } from '../lifecycle';
import { forPeople, reportErrorsOnce } from './console';
import { engineWarnings, warningsTold } from './engine-log';
import { endWithEngine } from './engine-watch';
import { ADOPTION_VARIABLE, CALLER_KEY, IMPORT_KEY, LISTING, PROVIDER_KEY } from './keys';
import { readable, readableLine } from './readable';

type Props = Record<string, unknown>;

/**
 * Gives a resource's handlers the shape that Pulumi's dynamic-provider plugin calls.
 *
 * What it takes care of, so that handlers need not know: `__provider` and `__caller` are taken out of what handlers
 * see; keys that are undefined are dropped from what they return (the protocol fails on them); a partial failure
 * becomes the error object that makes Pulumi keep the id, with `__provider` in its properties, without which a later
 * refresh or destroy would fail; check failures get the form in which Pulumi prints them best.
 */
export function toResourceProvider<Inputs extends object, State extends object>(
  lifecycle: Lifecycle<Inputs, State>,
): dynamic.ResourceProvider {
  reportErrorsOnce();
  endWithEngine();
  const warn = engineWarnings();
  return {
    // Pulumi caches the provider before configure() is awaited: everything here happens synchronously.
    configure: async (request) => lifecycle.configure((key) => textOf(request.config.get(key)), warn),

    check: async (olds, news) => {
      const { [CALLER_KEY]: caller, ...inputs } = bare(news);
      const before = bare(olds ?? {});
      const known = Object.keys(before).length > 0 ? (before as Inputs) : undefined;
      if (isListing() || isImportItself(caller, inputs, before))
        return { inputs: withoutUndefined(inputs), failures: [] };
      const checked = await people(() => lifecycle.check(inputs, known, callerOf(caller)));
      return { inputs: withoutUndefined(checked.inputs), failures: checked.failures.map(asReason) };
    },

    diff: async (id, olds, news) => {
      if (isListing()) return { changes: false };
      const found = await people(() => lifecycle.diff(id, bare(olds) as State, bare(news) as Inputs));
      // Natural keys are unique in the backend, so a replacement can't exist beside the old object.
      return { ...found, deleteBeforeReplace: (found.replaces?.length ?? 0) > 0 };
    },

    create: async (inputs) => {
      const made = await partial(inputs, () => lifecycle.create(bare(inputs) as Inputs));
      return { id: made.id, outs: withoutUndefined(made.state) };
    },

    read: async (id, props) => {
      const { [IMPORT_KEY]: isImport, ...state } = bare(props ?? {});
      const known = Object.keys(state).length > 0 ? (state as Inputs & State) : undefined;
      const found = await people(() => (isImport ? lifecycle.import(id, known) : lifecycle.read(id, known)));
      // An object that is only looked up (X.get) must be there; one that was recorded and is gone is news for Pulumi.
      if (found === undefined && known === undefined)
        throw forPeople(new Error(`Webex has no object with the ID ${id}`));
      if (found === undefined) return { id: '', props: {} };
      return { id: found.id, props: withoutUndefined(found.state), inputs: withoutUndefined(found.inputs) };
    },

    update: async (id, olds, news) => {
      const state = await partial(news, () => lifecycle.update(id, bare(olds) as State, bare(news) as Inputs));
      return { outs: withoutUndefined(state) };
    },

    delete: (id, props) => people(() => lifecycle.delete(id, bare(props) as State)),
  };
}

/** Whether a command only wants to know what the program declares. */
function isListing(): boolean {
  return process.env[ADOPTION_VARIABLE] === LISTING;
}

/**
 * Whether Pulumi checks what was just read, because it imports an object without a program that declares it: no resource
 * class asks then. What Webex tells is not to be refused, nor what it doesn't tell to be demanded.
 */
function isImportItself(caller: unknown, inputs: Props, read: Props): boolean {
  return caller === undefined && Object.keys(read).length > 0 && isDeepStrictEqual(inputs, read);
}

/**
 * Pulumi prints a failure as "property PATH value {VALUE} has a problem", where VALUE is found only for a path of one
 * name and reads {<nil>} for all others. Without a property it prints the reason alone, so the path goes in there.
 */
function asReason({ property, reason }: CheckFailure): CheckFailure {
  const path = readableLine(property, LONGEST_PATH);
  return { property: '', reason: readableLine(path === '' ? reason : `${path}: ${reason}`, LONGEST_REASON) };
}

/** Characters of a failure that are shown: names and values of a program may be of any length. */
const LONGEST_PATH = 300;
const LONGEST_REASON = 1500;

function bare(props: Props): Props {
  const { [PROVIDER_KEY]: _code, ...rest } = props;
  return rest;
}

function callerOf(sent: unknown): Caller {
  const { urn, name, dryRun, upcoming } = (typeof sent === 'object' && sent !== null ? sent : {}) as Partial<Caller>;
  const called = typeof name === 'string' ? name : '';
  const caller = { urn: typeof urn === 'string' ? urn : called, name: called, dryRun: dryRun === true };
  // Not a list where something in the inputs isn't known yet.
  return Array.isArray(upcoming) ? { ...caller, upcoming: upcoming.filter(isUpcoming) } : caller;
}

function isUpcoming(entry: unknown): entry is Upcoming {
  if (typeof entry !== 'object' || entry === null || !('urn' in entry) || !('inputs' in entry)) return false;
  return typeof entry.urn === 'string' && typeof entry.inputs === 'object' && entry.inputs !== null;
}

function textOf(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}

/** Pulumi's struct encoding fails with "Unexpected struct type" on undefined, at any depth. */
function withoutUndefined<T>(value: T): T {
  if (Array.isArray(value)) return value.filter((item) => item !== undefined).map(withoutUndefined) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutUndefined(item)])) as T;
}

async function people<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    throw forPeople(thrown);
  } finally {
    await warningsTold();
  }
}

/** As {@link people}, and turns a partial failure into the object that Pulumi's plugin recognizes. */
async function partial<T>(props: Props, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    const error = forPeople(thrown);
    if (!(thrown instanceof PartialFailure)) throw error;
    const properties = { ...withoutUndefined(thrown.state), [PROVIDER_KEY]: props[PROVIDER_KEY] };
    throw Object.assign(error, {
      id: thrown.id,
      properties,
      reasons: thrown.reasons.map((reason) => readable(reason)),
    });
  } finally {
    await warningsTold();
  }
}
