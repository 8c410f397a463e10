import { setImmediate as turn } from 'node:timers/promises';
import * as pulumi from '@pulumi/pulumi';

/** A resource of the program, with inputs that are all known. */
interface Declared {
  readonly urn: string;
  readonly inputs: Record<string, unknown>;
}

/** Resources that were declared and not yet sent, by kind. */
const waiting = new Map<string, Declared[]>();

/** Turns of the event loop after which the SDK has sent a resource whose inputs are known. */
const TURNS_TO_SEND = 5;

/** Members of an output that the SDK's type declarations omit. */
interface Resolved {
  readonly isKnown: Promise<boolean>;
  promise(): Promise<Record<string, unknown>>;
}

/**
 * Notes a resource, and returns those of its kind that no check has received yet. A program declares its resources
 * quickly and Pulumi checks them slowly, one after the other: the first check receives (nearly) all. The result is
 * empty where an input isn't known yet, and where one is secret, because another resource must not send it.
 *
 * It is a promise and not an output: an output would add the dependencies of the inputs to `__caller`, in preview only,
 * and `pulumi up --plan` would refuse that as a change of plan.
 *
 * @param isNoted whether the inputs are what check will receive
 */
export async function upcoming(
  kind: { type: string },
  urn: Promise<string>,
  props: pulumi.Inputs,
  isNoted = true,
): Promise<Declared[]> {
  const inputs = pulumi.output(props);
  const known = await valuesOf(inputs);
  if (known === undefined || (await pulumi.isSecret(inputs))) return [];
  const declared = waiting.get(kind.type) ?? [];
  waiting.set(kind.type, declared);
  if (isNoted) declared.push({ urn: await urn, inputs: defined(known) });
  // After this turn of the event loop, the program has declared all resources that it can declare now.
  await turn();
  const others = declared.splice(0);
  // The resource with the others in its `__caller` must reach Pulumi before these others.
  if (others.length === 0) for (let wait = 0; wait < TURNS_TO_SEND; wait++) await turn();
  return others;
}

/** The values of inputs; undefined where a part isn't known, or failed. Pulumi reports a failure itself. */
async function valuesOf(inputs: unknown): Promise<Record<string, unknown> | undefined> {
  const resolved = inputs as Resolved;
  try {
    return (await resolved.isKnown) ? await resolved.promise() : undefined;
  } catch {
    return undefined;
  }
}

function defined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
