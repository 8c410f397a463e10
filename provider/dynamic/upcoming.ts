import { setImmediate as turn } from 'node:timers/promises';
import * as pulumi from '@pulumi/pulumi';

/** A resource of the program, with inputs that are all known. */
interface Declared {
  readonly urn: string;
  readonly inputs: Record<string, unknown>;
}

/** What was declared and not yet sent, by kind. */
const waiting = new Map<string, Declared[]>();

/** What an output knows of itself. The SDK's declarations leave it out. */
interface Resolved {
  readonly isKnown: Promise<boolean>;
  promise(): Promise<Record<string, unknown>>;
}

/**
 * Notes a resource, and gives those of its kind that no check has received yet. A program declares its resources quickly
 * and Pulumi checks them slowly, one after the other: the first check receives (nearly) all. Empty where an input
 * isn't known yet, and where one is secret, because another resource must not send it.
 *
 * A promise, not an output: an output would make what the inputs depend on a dependency of `__caller`, in preview only,
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
  // After this turn the program has declared all that it can declare at this moment.
  await turn();
  return declared.splice(0);
}

/** Undefined where a part isn't known, or failed: Pulumi says so when it sends the resource itself. */
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
