import { setImmediate as turn } from 'node:timers/promises';
import * as pulumi from '@pulumi/pulumi';

/** A resource of the program, with inputs that are all known. */
interface Declared {
  readonly name: string;
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
 * Notes a resource, and gives those of its kind that nobody was told of yet. A program declares its resources quickly
 * and Pulumi checks them slowly, one after the other: so the first check hears of (nearly) all. Empty where an input
 * isn't known yet, and where one is secret, which must not get into what others send.
 *
 * A promise, not an output: an output would make what the inputs depend on a dependency of `__caller`, in preview only,
 * and `pulumi up --plan` would refuse that as a change of plan.
 */
export async function upcoming(kind: { type: string }, name: string, props: pulumi.Inputs): Promise<Declared[]> {
  const inputs = pulumi.output(props);
  const known = await valuesOf(inputs);
  if (known === undefined || (await pulumi.isSecret(inputs))) return [];
  const mine = waiting.get(kind.type) ?? [];
  waiting.set(kind.type, mine);
  mine.push({ name, inputs: defined(known) });
  // All that the program can declare at this moment, it has declared after this.
  await turn();
  return mine.splice(0);
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
