import * as pulumi from '@pulumi/pulumi';
import { type Kind, providerCode } from './handler-code';
import { CALLER_KEY, PROVIDER_KEY } from './keys';
import { checkedOptions, timeoutsFrom } from './options';
import { isUrnOf, referencesOf } from './references';
import { afterTransformations } from './transformations';
import { promiseOf, upcoming } from './upcoming';
import { typeToken } from './urn';

/**
 * A dynamic resource whose handlers are named by module instead of being serialized into the state.
 *
 * `pulumi.dynamic.Resource` captures its provider object by value, with everything that the closure reaches: 5 to 12 KB
 * a resource, twice in the state. The dynamic plugin accepts any code in `__provider`, so this class sends a short
 * text with a `require` instead, which captures nothing. test/unit/dynamic compares both.
 */
export abstract class ModuleResource extends pulumi.CustomResource {
  /** @throws pulumi.RunError for an option that can't work, with what to do instead (options.ts) */
  constructor(kind: Kind, name: string, props: pulumi.Inputs, opts: pulumi.CustomResourceOptions = {}) {
    const type = typeToken(kind.type);
    const traces = withoutTraces();
    const finish = afterTransformations(ModuleResource, (args) => {
      const result = finished(kind, args);
      traces.onlySdkRuns();
      return result;
    });
    try {
      super(type, name, props, opts);
    } catch (error) {
      throw traces.completed(error);
    } finally {
      traces.restore();
      finish.end();
    }
    finish.check();
  }
}

/** The inputs and options that are sent: those after the program's transformations, and the properties for check. */
function finished(kind: Kind, { resource, type, name, props, opts }: pulumi.ResourceTransformationArgs) {
  const { timeouts = false } = kind;
  const checked = checkedOptions(name, opts, { type, timeouts, allowReplacement: props.allowReplacement });
  const code = { [PROVIDER_KEY]: providerCode(kind) };
  // A resource that is only looked up gets no `__caller`, because no check would remove it.
  if (opts.id !== undefined || opts.urn !== undefined) return { props: { ...props, ...code }, opts: checked };
  const { customTimeouts } = checked;
  const custom = customTimeouts && { timeouts: timeoutsFrom(name, props.timeouts, customTimeouts) };
  const inputs = { ...props, ...custom };
  const urn = promiseOf(pulumi.createUrn(name, type, checked.parent));
  isUrnOf(resource, urn);
  const caller = callerOf(kind, resource, urn, name, inputs, checked);
  // If the parent could not be registered, the SDK reports it.
  for (const part of [urn, caller]) part.catch(() => undefined);
  return { props: { ...inputs, [CALLER_KEY]: caller, ...code }, opts: checked };
}

/**
 * The facts about the resource that check receives beside the inputs: see `Caller`. A promise, because the dependencies
 * of an output would become dependencies of `__caller` in the state and in saved plans. A text, because the SDK and the
 * engine take each part of an object apart: with all resources of a program in it, that was a fifth of the program's
 * processor time.
 */
async function callerOf(
  kind: Kind,
  resource: pulumi.Resource,
  urnLater: Promise<string>,
  name: string,
  props: pulumi.Inputs,
  { ignoreChanges = [], dependsOn, replaceWith }: pulumi.CustomResourceOptions,
): Promise<string> {
  const dryRun = pulumi.runtime.isDryRun();
  const isAfterOthers = dependsOn !== undefined || replaceWith !== undefined;
  const all = pulumi.output(props);
  const declared = { type: kind.type, name, resource, urn: urnLater, props, all, ignoreChanges, isAfterOthers };
  const [others, urn, secrets, references] = await Promise.all([
    upcoming(declared),
    urnLater,
    secretInputs(props, all),
    referencesOf(props),
  ]);
  return JSON.stringify({ urn, name, dryRun, secrets, references, upcoming: others }, asText);
}

/** The inputs that are sent may hold a number that JSON can't: check refuses it. */
function asText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/**
 * Names of the inputs that are secret or contain a secret; undefined where there are none.
 * @param all the inputs as one output, which is secret if any of them is
 */
async function secretInputs(props: pulumi.Inputs, all: pulumi.Output<unknown>): Promise<string[] | undefined> {
  // The SDK reports an input that fails, and then doesn't send the resource.
  const isSecret = (output: pulumi.Output<unknown>) => pulumi.isSecret(output).catch(() => false);
  if (!(await isSecret(all))) return undefined;
  const entries = Object.entries(props).filter(([, value]) => typeof value === 'object' && value !== null);
  const found = await Promise.all(entries.map(([, value]) => isSecret(pulumi.output(value))));
  return entries.map(([key]) => key).filter((_, index) => found[index]);
}

/**
 * The outputs that a class declares, all undefined; `never` if the state lacks one of them. The SDK makes outputs
 * of exactly the properties that it receives.
 */
export type OutputsOf<Class extends ModuleResource, State> =
  Exclude<keyof Class, keyof ModuleResource> extends keyof State
    ? Record<Exclude<keyof Class, keyof ModuleResource>, undefined>
    : never;

/**
 * Checks the ID of a `get`: with an undefined one, Pulumi would register a new resource.
 * @throws RunError that names the call; an output without a value fails the run later
 */
export function idToRead(kind: string, name: string, id: pulumi.Input<pulumi.ID> | undefined): pulumi.Input<pulumi.ID> {
  const given = (value: pulumi.ID | undefined) => {
    if (value) return value;
    throw new pulumi.RunError(
      `${kind}.get("${name}", id): the ID is ${value === '' ? 'empty' : 'undefined'}. Give the ID of the ${kind} to read`,
    );
  };
  return id === undefined || typeof id === 'string' ? given(id) : pulumi.output(id).apply(given);
}

/**
 * Keeps the SDK from recording stack traces while a resource is made; those of the program's errors stay.
 *
 * One is where the resource was made, with a source position: a tenth of a user's record, which Pulumi writes again at
 * each step, and which no command shows. The SDK takes it with all frames, so that V8's hook makes it empty. The others
 * are those of some sixty promises, for debugging the SDK only. They take no frames from `onlySdkRuns` on, when no more
 * code of the program runs in the constructor: a third of the time that the program's process needs for a resource.
 */
function withoutTraces() {
  const { prepareStackTrace: before, stackTraceLimit } = Error;
  const restore = () => {
    Error.prepareStackTrace = before;
    Error.stackTraceLimit = stackTraceLimit;
  };
  Error.prepareStackTrace = (error, sites) => {
    if (sites[0]?.getFunctionName() === 'callsites') return String(error);
    return before ? before(error, sites) : [String(error), ...sites.map((site) => `    at ${site}`)].join('\n');
  };
  return {
    onlySdkRuns: () => {
      if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) Error.stackTraceLimit = 0;
    },
    /** Gives an error of the SDK, as for a wrong alias, the frames that it lacks: they name the program's line. */
    completed: (error: unknown): unknown => {
      const isCut = Error.stackTraceLimit === 0;
      restore();
      if (isCut && error instanceof Error) Error.captureStackTrace(error);
      return error;
    },
    restore,
  };
}
