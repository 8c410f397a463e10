import { setImmediate as turn } from 'node:timers/promises';
import * as pulumi from '@pulumi/pulumi';
import type { Kind } from './handler-code';

/** A resource that was declared, and those of its inputs that are known already. */
interface Announced {
  readonly type: string;
  readonly inputs: Record<string, unknown>;
}

/** Resources that were declared and that no check has received yet. */
const waiting: { readonly kind: Kind; readonly props: pulumi.Inputs }[] = [];

/**
 * Notes a resource with the inputs that its kind announces. `upcoming` contains a resource only once all of its inputs are
 * known, which can be too late: Pulumi deletes the users of a customer that it replaces before the new one has an ID, and
 * so before the program can send what it declares of these users now.
 */
export function announce(kind: Kind, props: pulumi.Inputs): void {
  if (kind.announces !== undefined) waiting.push({ kind, props });
}

/** The announced resources of all kinds that no check has received yet; undefined where there are none. */
export async function announced(): Promise<Announced[] | undefined> {
  // After this turn of the event loop, the program has declared all resources that it can declare now.
  await turn();
  const resources = await Promise.all(
    waiting.splice(0).map(async ({ kind: { type, announces = [] }, props }) => {
      const known = await Promise.all(announces.map(async (key) => [key, await knownNow(props[key])] as const));
      return { type, inputs: Object.fromEntries(known.filter(([, value]) => value !== undefined)) };
    }),
  );
  return resources.length > 0 ? resources : undefined;
}

/** A value that is known at this moment, and not secret: another resource must not send a secret. */
async function knownNow(value: unknown): Promise<unknown> {
  if (typeof value !== 'object' || value === null) return value;
  const output = pulumi.output(value);
  const { isKnown, promise } = output as unknown as { isKnown: Promise<boolean>; promise(): Promise<unknown> };
  const known = async () => ((await isKnown) && !(await pulumi.isSecret(output)) ? promise() : undefined);
  // An input that fails is reported by the SDK.
  return Promise.race([known().catch(() => undefined), turn(undefined)]);
}
