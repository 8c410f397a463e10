import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import * as pulumi from '@pulumi/pulumi';
import { UNKNOWN, type Upcoming } from '../lifecycle';
import { referencesNow, urnNow } from './references';

/** A resource of the program. */
export interface DeclaredResource {
  /** `MODULE:NAME` part of its type token. */
  readonly type: string;
  readonly name: string;
  readonly resource: pulumi.Resource;
  readonly urn: Promise<string>;
  readonly props: pulumi.Inputs;
  /** `props` as one output. */
  readonly all: pulumi.Output<unknown>;
  /** Paths of inputs for which Pulumi may send the old value to check instead of the declared one. */
  readonly ignoreChanges: readonly string[];
  /** Whether the SDK sends it only after another resource, by the option dependsOn or replaceWith. */
  readonly isAfterOthers: boolean;
}

/** A resource that was declared and not yet sent. */
interface Waiting extends DeclaredResource {
  /** The inputs as far as they are known. */
  readonly inputs: () => unknown;
  /** Once the inputs are settled, whether all of them are known. */
  isWhole?: boolean;
  isSent: boolean;
}

/** The resources of one run of a program. A process may run the programs of several stacks. */
interface ProgramRun {
  waiting: Waiting[];
  /** Fulfilled once the engine has answered the last resource that was sent with others. */
  answered: Promise<unknown>;
}

/** The runs by their connections to the engine. */
const runs = new WeakMap<object, ProgramRun>();

function thisRun(): ProgramRun {
  const monitor: object = pulumi.runtime.getMonitor() ?? runs;
  const run = runs.get(monitor) ?? { waiting: [], answered: Promise.resolve() };
  runs.set(monitor, run);
  return run;
}

/** Turns of the event loop after which the SDK has sent a resource whose inputs are known. */
const TURNS_TO_SEND = 5;
/** Longest wait for `answered`: the first answer comes after Pulumi has started the plugin. */
const MS_TO_ANSWER = 10_000;

/** Members of an output that the SDK's type declarations omit. */
interface Resolved {
  readonly isKnown: Promise<boolean>;
  readonly isSecret: Promise<boolean>;
  promise(): Promise<unknown>;
}

/**
 * Notes a resource, and returns the resources that no check has received yet. A program declares its resources quickly
 * and Pulumi checks them slowly, one after the other: the first check receives (nearly) all. It also receives resources
 * with inputs that aren't known yet, which are UNKNOWN. These resources are sent again once their inputs are known. A
 * secret is never sent, because another resource must not send it.
 *
 * The result is a promise and not an output: an output would add the dependencies of the inputs to `__caller`, in a
 * preview only, and `pulumi up --plan` would refuse that as a change of plan.
 */
export async function upcoming(declared: DeclaredResource): Promise<Upcoming[]> {
  const { resource, urn, props, all, ignoreChanges } = declared;
  const run = thisRun();
  const noted: Waiting = { ...declared, inputs: watched(counting(props, ignoreChanges)), isSent: false };
  run.waiting.push(noted);
  const [inputs] = await Promise.all([settled(all), urn.catch(() => undefined)]);
  noted.isWhole = inputs !== UNKNOWN && ignoreChanges.length === 0;
  // After this turn of the event loop, the program has declared all resources that it can declare now.
  await turn();
  const isPreview = pulumi.runtime.isDryRun();
  // The others wait for the resource that they are sent with, so that resource must not wait for one of them.
  const others = isPreview && declared.isAfterOthers ? [] : taken(run);
  // The resource with the others in its `__caller` must reach Pulumi before these others.
  if (others.length > 0) run.answered = promiseOf(resource.urn).catch(() => undefined);
  else if (isPreview) await answeredOrLate(run);
  else for (let wait = 0; wait < TURNS_TO_SEND; wait++) await turn();
  return others;
}

/** The timer keeps the program running: without it, the program would end while Pulumi waits for this resource. */
async function answeredOrLate({ answered }: ProgramRun): Promise<void> {
  const waiting = new AbortController();
  await Promise.race([answered, sleep(MS_TO_ANSWER, undefined, waiting)]).finally(() => waiting.abort());
}

/** Replaces the inputs with ignored changes by UNKNOWN, because Pulumi may send their old values to check. */
function counting(props: pulumi.Inputs, ignoreChanges: readonly string[]): pulumi.Inputs {
  const ignored = ignoreChanges.map((path) => path.split(/[.[]/)[0]);
  const counts = (key: string) => !ignored.includes(key) && !ignored.includes('*');
  return Object.fromEntries(Object.entries(props).map(([key, value]) => [key, counts(key) ? value : UNKNOWN]));
}

/** Takes the resources that can be sent now from the waiting ones. */
function taken(run: ProgramRun): Upcoming[] {
  const found: Upcoming[] = [];
  run.waiting = run.waiting.filter((each) => {
    const { type, name, resource, props, isWhole = false } = each;
    const urn = urnNow(resource);
    if (urn === undefined) return true;
    if (isWhole || !each.isSent) {
      const references = referencesNow(props);
      const inputs = each.inputs() as Upcoming['inputs'];
      found.push({ type, name, urn, inputs, ...(!isWhole && { isPartial: true }), ...(references && { references }) });
      each.isSent = true;
    }
    return each.isWhole === undefined;
  });
  return found;
}

/** Makes a function that returns the value at the time of its call, with UNKNOWN for the parts that aren't known. */
function watched(value: unknown): () => unknown {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) {
    let current: unknown = UNKNOWN;
    settled(pulumi.output(value)).then((known) => {
      current = known;
    });
    return () => current;
  }
  if (typeof value !== 'object' || value === null) return () => value;
  if (Array.isArray(value)) {
    const items = value.map(watched);
    return () => items.map((item) => item());
  }
  const entries = Object.entries(value).map(([key, item]) => [key, watched(item)] as const);
  return () => Object.fromEntries(entries.map(([key, item]) => [key, item()]));
}

/** The value of an output that is always known, as a promise. */
export function promiseOf<T>(output: pulumi.Output<T>): Promise<T> {
  return (output as unknown as { promise(): Promise<T> }).promise();
}

/** The value of an output; UNKNOWN where it isn't known, is secret, or failed. Pulumi reports a failure itself. */
async function settled(output: unknown): Promise<unknown> {
  const { isKnown, isSecret, promise } = output as Resolved;
  try {
    const [known, secret, value] = await Promise.all([isKnown, isSecret, promise.call(output)]);
    return known && !secret ? value : UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}
