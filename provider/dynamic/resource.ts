import * as pulumi from '@pulumi/pulumi';
import { type Kind, providerCode } from './handler-code';
import { CALLER_KEY, PROVIDER_KEY } from './keys';
import { checkedOptions, timeoutsFrom } from './options';
import { isUrnOf, referencesOf } from './references';
import { afterTransformations } from './transformations';
import { upcoming } from './upcoming';

/**
 * A dynamic resource whose handlers are named by module instead of being serialized into the state.
 *
 * `pulumi.dynamic.Resource` captures its provider object by value: 5 to 12 KB a resource, twice in the state, with
 * whatever the closure reaches. The dynamic plugin itself accepts any code in `__provider`, so this sends one short
 * text with a `require`: it captures nothing. test/unit/dynamic compares both.
 */
export abstract class ModuleResource extends pulumi.CustomResource {
  /** @throws pulumi.RunError for an option that can't hold, with what to do instead (options.ts) */
  constructor(kind: Kind, name: string, props: pulumi.Inputs, opts: pulumi.CustomResourceOptions = {}) {
    const type = `pulumi-nodejs:dynamic/${kind.type}`;
    const restoreTrace = withoutTrace();
    const finish = afterTransformations(ModuleResource, (args) => finished(kind, args));
    try {
      super(type, name, props, opts);
    } finally {
      restoreTrace();
      finish.end();
    }
    finish.check();
  }
}

/** What is sent of a resource: its inputs and options as the program's transformations left them, and what check needs. */
function finished(kind: Kind, { resource, type, name, props, opts }: pulumi.ResourceTransformationArgs) {
  const { timeouts = false } = kind;
  const checked = checkedOptions(name, opts, { timeouts, allowReplacement: props.allowReplacement });
  const code = { [PROVIDER_KEY]: providerCode(kind) };
  // A resource that is only looked up has no check to strip the caller.
  if (opts.id !== undefined || opts.urn !== undefined) return { props: { ...props, ...code }, opts: checked };
  const { customTimeouts } = checked;
  const custom = customTimeouts && { timeouts: timeoutsFrom(name, props.timeouts, customTimeouts) };
  const inputs = { ...props, ...custom };
  const urn = promiseOf(pulumi.createUrn(name, type, checked.parent));
  isUrnOf(resource, urn);
  return { props: { ...inputs, [CALLER_KEY]: callerOf(kind, urn, name, inputs, checked), ...code }, opts: checked };
}

/**
 * What check receives of its resource beside the inputs: see `Caller`. The parts are promises, not outputs: what an
 * output depends on would become a dependency of `__caller` in the state and in saved plans.
 */
function callerOf(
  kind: Kind,
  urn: Promise<string>,
  name: string,
  props: pulumi.Inputs,
  { ignoreChanges = [] }: pulumi.CustomResourceOptions,
) {
  const dryRun = pulumi.runtime.isDryRun();
  // What Pulumi makes of inputs whose changes it ignores isn't known before check.
  const others = upcoming(kind, urn, props, ignoreChanges.length === 0);
  // Where the parent could not be registered, the SDK says so itself.
  for (const part of [urn, others]) part.catch(() => undefined);
  return { urn, name, dryRun, secrets: secretInputs(props), references: referencesOf(props), upcoming: others };
}

/** Names of the inputs that are secret or hold something secret; undefined where there are none. */
async function secretInputs(props: pulumi.Inputs): Promise<string[] | undefined> {
  const entries = Object.entries(props).filter(([, value]) => typeof value === 'object' && value !== null);
  // An input that fails is reported by the SDK, which doesn't send the resource then.
  const found = await Promise.all(entries.map(([, value]) => pulumi.isSecret(pulumi.output(value)).catch(() => false)));
  const names = entries.map(([key]) => key).filter((_, index) => found[index]);
  return names.length > 0 ? names : undefined;
}

/** The value of an output whose value is always known. */
function promiseOf<T>(output: pulumi.Output<T>): Promise<T> {
  return (output as unknown as { promise(): Promise<T> }).promise();
}

/**
 * All outputs that a class declares, each of them in the state. The SDK makes outputs of the properties that it is
 * given.
 */
export type OutputsOf<Class extends ModuleResource, State> =
  Exclude<keyof Class, keyof ModuleResource> extends keyof State
    ? Record<Exclude<keyof Class, keyof ModuleResource>, undefined>
    : never;

/**
 * The ID for a `get`, which must be there: Pulumi would register a new resource for an undefined one.
 * @throws RunError that names the call; an output is only known later, and then fails the run
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

/** Functions of the SDK that take traces: of where a resource was made, and of promises (for debugging the SDK). */
const INTERNAL = process.env.PULUMI_DEBUG_PROMISE_LEAKS ? ['callsites'] : ['callsites', 'debuggablePromise'];

/**
 * The SDK records in the state where a resource was made, as a stack trace and a source position: a tenth of a
 * user's record, which Pulumi writes again at each step, and which nothing shows to people. While a resource is made, that
 * trace is empty. Uses V8's hook; other errors keep theirs.
 */
function withoutTrace(): () => void {
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, sites) => {
    if (INTERNAL.includes(sites[0]?.getFunctionName() ?? '')) return String(error);
    return before ? before(error, sites) : [String(error), ...sites.map((site) => `    at ${site}`)].join('\n');
  };
  return () => {
    Error.prepareStackTrace = before;
  };
}
