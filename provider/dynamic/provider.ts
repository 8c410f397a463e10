import { isDeepStrictEqual } from 'node:util';
import type { dynamic } from '@pulumi/pulumi';
import {
  type Caller,
  type CheckFailure,
  type Lifecycle,
  type OtherFailures,
  PartialFailure,
  type Upcoming,
} from '../lifecycle';
import { forPeople, reportErrorsOnce } from './console';
import { engineError, engineWarnings, messagesSent } from './engine-log';
import { endWithEngine } from './engine-watch';
import { explainedCode, plainCode } from './handler-code';
import { ADOPTION_VARIABLE, CALLER_KEY, IMPORT_KEY, LISTING, PROVIDER_KEY, SECRETS_KEY } from './keys';
import { readable, readableLine } from './readable';
import { SecretValues, withSecrets } from './secrets';
import { leftOut, recordedResources } from './stack-record';
import { typeToken } from './urn';

type Props = Record<string, unknown>;

/** Secrets of all resources in this process, so that no message about another resource quotes one. */
const processSecrets = new SecretValues();

/**
 * Gives a resource's handlers the shape that Pulumi's dynamic-provider plugin calls.
 *
 * It hides the protocol from the handlers:
 * - it removes the protocol's properties (keys.ts) from the properties that handlers receive;
 * - it removes undefined values from the results of handlers, because the protocol fails on them;
 * - it turns a partial failure into the error object that makes Pulumi keep the ID. Its properties contain
 *   `__provider`, without which a later refresh or destroy would fail;
 * - it gives check failures the form that Pulumi prints best;
 * - it redacts the values of secret inputs in messages, and marks outputs that reveal them as secret.
 */
export function toResourceProvider<Inputs extends object, State extends object>(
  lifecycle: Lifecycle<Inputs, State>,
  secrets = processSecrets,
): dynamic.ResourceProvider {
  reportErrorsOnce();
  endWithEngine();
  const warn = engineWarnings();
  const redact = (text: string) => secrets.redact(text);

  /** Makes the properties that handlers receive, and notes their secret values. */
  const received = (props: Props, names = secretInputs(props)): Props => {
    const inputs = bare(props);
    secrets.add(inputs, names);
    return inputs;
  };

  /** Makes the properties that Pulumi receives from those of a handler, with the names of the secret inputs. */
  const answer = (
    made: object,
    names: readonly string[],
    sent: Props,
    form: (code: string) => string,
    alsoSecret = names,
  ): Props => {
    secrets.add(made as Props, names);
    const props = withSecrets(withoutUndefined(made) as Props, alsoSecret, lifecycle.derived ?? {});
    return withCode(names.length > 0 ? { ...props, [SECRETS_KEY]: names } : props, sent, form);
  };

  /** Runs a handler, and makes its errors readable ({@link forPeople}). */
  async function guarded<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (thrown) {
      throw forPeople(thrown, redact);
    } finally {
      await messagesSent();
    }
  }

  /** Like {@link guarded}, and turns a partial failure into the object that Pulumi's plugin recognizes. */
  function guardedWrite<T>(props: Props, run: () => Promise<T>): Promise<T> {
    return guarded(run).catch((error: Error) => {
      const { cause } = error;
      if (!(cause instanceof PartialFailure)) throw error;
      const properties = answer(cause.state, secretInputs(props), props, explainedCode);
      const reasons = cause.reasons.map((reason) => readable(redact(reason)));
      throw Object.assign(error, { id: cause.id, properties, reasons });
    });
  }

  return {
    // Pulumi caches the provider before configure() is awaited: everything here happens synchronously.
    configure: async ({ config }) =>
      lifecycle.configure(
        (key) => textOf(config.get(key)),
        (text) => warn(redact(text)),
        recordedResources,
      ),

    check: async (olds, news) => {
      const caller = callerOf(news[CALLER_KEY]);
      // Also redact the old values of inputs that are secret now or were secret before.
      const anySecret = [...new Set([...caller.secrets, ...secretInputs(olds ?? {})])];
      const before = received(olds ?? {}, anySecret);
      const inputs = received(news, caller.secrets);
      const known = Object.keys(before).length > 0 ? (before as Inputs) : undefined;
      if (isListing() || isImportItself(news, inputs, before))
        return { inputs: answer(inputs, caller.secrets, news, plainCode, anySecret), failures: [] };
      const checked = await guarded(() => lifecycle.check(inputs, known, caller));
      const failures = checked.failures.map((failure) => asReason(failure, redact));
      await report(checked.others ?? [], redact);
      return { inputs: answer(checked.inputs, caller.secrets, news, plainCode, anySecret), failures };
    },

    diff: async (id, olds, news) => {
      if (isListing()) return { changes: false };
      const [state, inputs] = [received(olds) as State, received(news) as Inputs];
      const found = await guarded(() => lifecycle.diff(id, state, inputs));
      // Natural keys are unique in the backend, so a replacement can't exist beside the old object.
      return { ...found, deleteBeforeReplace: (found.replaces?.length ?? 0) > 0 };
    },

    create: async (props) => {
      const inputs = received(props) as Inputs;
      const made = await guardedWrite(props, () => lifecycle.create(inputs));
      return { id: made.id, outs: answer(made.state, secretInputs(props), props, explainedCode) };
    },

    read: async (id, props = {}) => {
      const { [IMPORT_KEY]: isImport, ...state } = received(props);
      if (isImport && isListing()) return { id, props: {}, inputs: {} };
      const names = secretInputs(props);
      const known = Object.keys(state).length > 0 ? (state as Inputs & State) : undefined;
      const found = await guarded(() => (isImport ? lifecycle.import(id, known) : lifecycle.read(id, known)));
      // An object that is only looked up (X.get) must exist. A recorded one that is gone is reported as deleted.
      if (found === undefined && known === undefined)
        throw forPeople(new Error(`Webex has no object with the ID ${id}`));
      if (found === undefined) return { id: '', props: {} };
      const inputs = answer(found.inputs, names, props, plainCode);
      return { id: found.id, props: answer(found.state, names, props, explainedCode), inputs };
    },

    update: async (id, olds, news) => {
      const [state, inputs] = [received(olds) as State, received(news) as Inputs];
      const made = await guardedWrite(news, () => lifecycle.update(id, state, inputs));
      return { outs: answer(made, secretInputs(news), news, explainedCode) };
    },

    delete: (id, props) => {
      const state = received(props) as State;
      return guarded(() => lifecycle.delete(id, state));
    },
  };
}

/**
 * Gives a result its form of the text under `__provider`. Pulumi's plugin puts the received text there afterwards; to
 * this property, that assignment does nothing.
 */
function withCode(result: Props, received: Props, form: (code: string) => string): Props {
  if (received[PROVIDER_KEY] === undefined) return result;
  const code = form(String(received[PROVIDER_KEY]));
  return Object.defineProperty(result, PROVIDER_KEY, { enumerable: true, get: () => code, set: () => undefined });
}

/** Whether a command runs the program only to learn what it declares. */
function isListing(): boolean {
  return process.env[ADOPTION_VARIABLE] === LISTING;
}

/**
 * Whether Pulumi checks inputs that were just read, because it imports an object without a program that declares it.
 * Then no input comes from a resource class. The inputs that were read are not refused, and inputs that Webex does not
 * return are not required.
 */
function isImportItself(news: Props, inputs: Props, read: Props): boolean {
  return news[CALLER_KEY] === undefined && Object.keys(read).length > 0 && isDeepStrictEqual(inputs, read);
}

/** Shows the failures of other resources in the words that Pulumi uses for those of the checked one. */
function report(others: readonly OtherFailures[], redact: (text: string) => string): Promise<void> {
  for (const { urn, name, type, failures } of others) {
    const begin = readableLine(redact(`${typeToken(type)} resource '${name}' has a problem:`), LONGEST_PATH);
    for (const failure of failures) engineError(urn, `${begin} ${asReason(failure, redact).reason}`);
  }
  return messagesSent();
}

/**
 * Pulumi prints a failure as "property PATH value {VALUE} has a problem", where VALUE is found only for a path of one
 * name and reads {<nil>} for all others. Without a property it prints the reason alone, so the path goes in there.
 */
function asReason({ property, reason }: CheckFailure, redact: (text: string) => string): CheckFailure {
  const path = readableLine(redact(property), LONGEST_PATH);
  const text = redact(reason);
  return { property: '', reason: readableLine(path === '' ? text : `${path}: ${text}`, LONGEST_REASON) };
}

/** Characters of a property path that are shown: the names in a program may have any length. */
const LONGEST_PATH = 300;
const LONGEST_REASON = 1500;

/** The properties, except those of the protocol. */
function bare(props: Props): Props {
  const { [PROVIDER_KEY]: _code, [CALLER_KEY]: _caller, [SECRETS_KEY]: _secrets, ...rest } = props;
  return rest;
}

/** The inputs that a record notes as secret. */
function secretInputs(props: Props): readonly string[] {
  return texts(props[SECRETS_KEY]);
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function callerOf(sent: unknown): Caller {
  const caller = parsed(sent);
  const name = textIn(caller.name) ?? '';
  const { dryRun, upcoming } = caller;
  return {
    urn: textIn(caller.urn) ?? name,
    name,
    dryRun: dryRun === true,
    secrets: texts(caller.secrets),
    ...referencesIn(caller),
    ...(Array.isArray(upcoming) && upcomingIn(upcoming)),
  };
}

/** The other resources, but for those that this run leaves out. */
function upcomingIn(upcoming: readonly unknown[]): Pick<Caller, 'upcoming' | 'mayLeaveOut'> {
  const out = leftOut();
  const counting = upcoming.flatMap(upcomingOf).filter(({ urn }) => !out?.has(urn));
  return { upcoming: counting, mayLeaveOut: out === undefined };
}

function parsed(sent: unknown): Partial<Record<keyof Caller, unknown>> {
  try {
    const caller: unknown = JSON.parse(String(sent));
    return isRecord(caller) ? caller : {};
  } catch {
    return {};
  }
}

function referencesIn({ references }: { references?: unknown }): Pick<Caller, 'references'> {
  if (!isRecord(references)) return {};
  return { references: Object.fromEntries(Object.entries(references).map(([key, urns]) => [key, texts(urns)])) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function upcomingOf(entry: unknown): Upcoming[] {
  if (!isRecord(entry)) return [];
  const { urn, name, type, inputs } = entry;
  if (typeof urn !== 'string' || typeof name !== 'string' || typeof type !== 'string' || !isRecord(inputs)) return [];
  return [{ urn, name, type, inputs, isPartial: entry.isPartial === true, ...referencesIn(entry) }];
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
