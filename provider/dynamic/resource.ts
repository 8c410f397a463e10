import * as pulumi from '@pulumi/pulumi';
import { CALLER_KEY, PROVIDER_KEY } from './keys';

/** Where a kind of resource lives: its name in the type token, and the module that is its handlers. */
export interface Kind {
  /** `MODULE:NAME` part of the type token `pulumi-nodejs:dynamic/MODULE:NAME`. */
  readonly type: string;
  /** What the plugin process requires: a module that is a `pulumi.dynamic.ResourceProvider`. */
  readonly handlers: string;
}

/** The text that the dynamic plugin evaluates: it names a module instead of carrying its code. */
export function providerCode(kind: Kind): string {
  return `exports.handler=()=>require(${JSON.stringify(kind.handlers)})`;
}

/**
 * A dynamic resource whose handlers are named by module instead of being serialized into the state.
 *
 * `pulumi.dynamic.Resource` captures its provider object by value: 5 to 12 KB a resource, twice in the state, with
 * whatever the closure reaches. The dynamic plugin itself accepts any code in `__provider`, so this sends one short
 * `require`: it never changes and captures nothing. test/unit/dynamic compares both.
 */
export abstract class ModuleResource extends pulumi.CustomResource {
  constructor(kind: Kind, name: string, props: pulumi.Inputs, opts: pulumi.CustomResourceOptions = {}) {
    if (opts.import !== undefined) throw new pulumi.RunError(`${name}: ${NO_IMPORT}`);
    const caller = { name, dryRun: pulumi.runtime.isDryRun() };
    // A resource that is only looked up (opts.id) has no check to strip the caller.
    const inputs = opts.id === undefined ? { ...props, [CALLER_KEY]: caller } : props;
    const restore = traceFromUserCode();
    try {
      super(`pulumi-nodejs:dynamic/${kind.type}`, name, { ...inputs, [PROVIDER_KEY]: providerCode(kind) }, opts);
    } finally {
      restore();
    }
  }
}

/** Pulumi reads an object that is to be imported without saying by which handlers, so the plugin can't answer. */
const NO_IMPORT =
  "the option import can't be used with a dynamic resource. Remove it: a resource that is declared takes over an object that " +
  'exists as it is declared, and with adopt: true also one that differs';

/** Frames of the SDK, from the function that takes the trace to the constructor of CustomResource. */
const SDK_FRAMES = 4;
/** Class of the resource, line of the program, and who called that. */
const KEPT_FRAMES = 3;

/**
 * The SDK records in the state where a resource was made: the whole stack, half a kilobyte a resource, and the first
 * frame as its source position, for which it assumes that a resource class extends CustomResource directly. While a
 * resource is made, this class is left out of the trace and what lies below the program's own lines is cut.
 * Uses V8's hook, and passes on to whatever hook is there (Pulumi's source maps).
 */
function traceFromUserCode(): () => void {
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, sites) => {
    const ours = sites.filter((site) => site.getFileName() !== __filename).slice(0, SDK_FRAMES + KEPT_FRAMES);
    if (before) return before(error, ours);
    return [String(error), ...ours.map((site) => `    at ${site}`)].join('\n');
  };
  return () => {
    Error.prepareStackTrace = before;
  };
}
