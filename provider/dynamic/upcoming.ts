import { setImmediate as turn } from 'node:timers/promises';
import * as pulumi from '@pulumi/pulumi';

/** A resource of the program, with inputs that are all known. */
interface Declared {
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

/** What was declared and not yet sent, by kind. */
const waiting = new Map<string, Declared[]>();

/**
 * Notes a resource, and gives those of its kind that nobody was told of yet. A program declares its resources quickly
 * and Pulumi checks them slowly, one after the other: so the first check hears of (nearly) all. Unknown where an
 * input isn't known yet; empty where one is secret, which must not get into what others send.
 */
export function upcoming(kind: { type: string }, name: string, props: pulumi.Inputs): pulumi.Output<Declared[]> {
  const inputs = pulumi.output(props);
  const told = inputs.apply(async (known: Record<string, unknown>) => {
    if (await pulumi.isSecret(inputs)) return [];
    const mine = waiting.get(kind.type) ?? [];
    waiting.set(kind.type, mine);
    mine.push({ name, inputs: defined(known) });
    // All that the program can declare at this moment, it has declared after this.
    await turn();
    return mine.splice(0);
  });
  return pulumi.unsecret(told);
}

function defined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
