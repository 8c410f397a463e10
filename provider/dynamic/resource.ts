import * as pulumi from '@pulumi/pulumi';
import { type Kind, providerCode } from './handler-code';
import { CALLER_KEY, PROVIDER_KEY } from './keys';
import { upcoming } from './upcoming';

/**
 * A dynamic resource whose handlers are named by module instead of being serialized into the state.
 *
 * `pulumi.dynamic.Resource` captures its provider object by value: 5 to 12 KB a resource, twice in the state, with
 * whatever the closure reaches. The dynamic plugin itself accepts any code in `__provider`, so this sends one short
 * text with a `require`: it captures nothing. test/unit/dynamic compares both.
 */
export abstract class ModuleResource extends pulumi.CustomResource {
  constructor(kind: Kind, name: string, props: pulumi.Inputs, opts: pulumi.CustomResourceOptions = {}) {
    if (opts.import !== undefined) throw new pulumi.RunError(`${name}: ${NO_IMPORT}`);
    const type = `pulumi-nodejs:dynamic/${kind.type}`;
    // A resource that is only looked up (opts.id) has no check to strip the caller.
    const inputs = opts.id === undefined ? { ...props, [CALLER_KEY]: callerOf(kind, type, name, props, opts) } : props;
    const restore = withoutTrace();
    try {
      super(type, name, { ...inputs, [PROVIDER_KEY]: providerCode(kind) }, opts);
    } finally {
      restore();
    }
  }
}

/**
 * What check receives of its resource beside the inputs: see `Caller`. The parts are promises, not outputs: what an
 * output depends on would become a dependency of `__caller` in the state and in saved plans.
 */
function callerOf(kind: Kind, type: string, name: string, props: pulumi.Inputs, { parent }: pulumi.ResourceOptions) {
  const dryRun = pulumi.runtime.isDryRun();
  const urn = promiseOf(pulumi.createUrn(name, type, parent));
  const secrets = secretInputs(props);
  return { urn, name, dryRun, secrets, ...(dryRun && { upcoming: upcoming(kind, urn, props) }) };
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

/** Pulumi reads an object that is to be imported without saying by which handlers, so the plugin can't answer. */
const NO_IMPORT =
  "the option import can't be used with a dynamic resource. Remove it: a resource that is declared takes over an object that " +
  'exists as it is declared, and with adopt: true also one that differs';

/** Functions of the SDK that take traces: of where a resource was made, and of promises (for debugging the SDK). */
const INTERNAL = process.env.PULUMI_DEBUG_PROMISE_LEAKS ? ['callsites'] : ['callsites', 'debuggablePromise'];

/**
 * The SDK records in the state where a resource was made, as a stack trace and a source position: a tenth of a user's
 * record, which Pulumi writes again at each step, and which nothing shows to people. While a resource is made, that
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
