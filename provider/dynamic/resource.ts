import * as pulumi from '@pulumi/pulumi';
import { type Kind, providerCode } from './handler-code';
import { CALLER_KEY, PROVIDER_KEY } from './keys';
import { checkedOptions, timeoutsFrom } from './options';
import { isUrnOf, referencesOf } from './references';
import { afterTransformations } from './transformations';
import { promiseOf, upcoming } from './upcoming';

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
  return {
    props: { ...inputs, [CALLER_KEY]: callerOf(kind, resource, urn, name, inputs, checked), ...code },
    opts: checked,
  };
}

/**
 * The facts about the resource that check receives beside the inputs: see `Caller`. The parts are promises, because the
 * dependencies of an output would become dependencies of `__caller` in the state and in saved plans.
 */
function callerOf(
  kind: Kind,
  resource: pulumi.Resource,
  urn: Promise<string>,
  name: string,
  props: pulumi.Inputs,
  { ignoreChanges = [], dependsOn, replaceWith }: pulumi.CustomResourceOptions,
) {
  const dryRun = pulumi.runtime.isDryRun();
  const isAfterOthers = dependsOn !== undefined || replaceWith !== undefined;
  const others = upcoming({ type: kind.type, name, resource, urn, props, ignoreChanges, isAfterOthers });
  // If the parent could not be registered, the SDK reports it.
  for (const part of [urn, others]) part.catch(() => undefined);
  return { urn, name, dryRun, secrets: secretInputs(props), references: referencesOf(props), upcoming: others };
}

/** Names of the inputs that are secret or contain a secret; undefined where there are none. */
async function secretInputs(props: pulumi.Inputs): Promise<string[] | undefined> {
  const entries = Object.entries(props).filter(([, value]) => typeof value === 'object' && value !== null);
  // The SDK reports an input that fails, and then doesn't send the resource.
  const found = await Promise.all(entries.map(([, value]) => pulumi.isSecret(pulumi.output(value)).catch(() => false)));
  const names = entries.map(([key]) => key).filter((_, index) => found[index]);
  return names.length > 0 ? names : undefined;
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

/** Functions of the SDK that record stack traces: where a resource was made, and for debugging, of promises. */
const INTERNAL = process.env.PULUMI_DEBUG_PROMISE_LEAKS ? ['callsites'] : ['callsites', 'debuggablePromise'];

/**
 * Keeps the SDK from recording where a resource was made, as a stack trace and a source position. They are a tenth of a
 * user's record, Pulumi writes them again at each step, and no command shows them. While a resource is made, that trace
 * is empty (by V8's hook); the traces of other errors stay.
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
