// Calls the provider's handlers as Pulumi's plugin does, without Pulumi, to count the requests of large numbers.
import type { dynamic } from '@pulumi/pulumi';
import customerOrg from 'pulumi-webex-wholesale/customer-org';
import location from 'pulumi-webex-wholesale/location';
import user from 'pulumi-webex-wholesale/user';

/** A kind of resource, in the order in which Pulumi creates them. */
export type KindName = 'customer' | 'location' | 'user';

export type Properties = Record<string, unknown>;

/** A resource of a stack: the declared inputs, and the recorded state after its creation. */
export interface Resource {
  kind: KindName;
  name: string;
  inputs: Properties;
  /** Name of its customer. */
  customer?: string;
  id?: string;
  outputs?: Properties;
}

export const HANDLERS: Record<KindName, dynamic.ResourceProvider> = { customer: customerOrg, location, user };

/** Settings, as `pulumi config` has them. */
export async function configure(settings: Record<string, string> = {}): Promise<void> {
  const config = {
    get: (key: string) => settings[key],
    require: (key: string) => settings[key] ?? '',
  };
  for (const handlers of Object.values(HANDLERS)) await handlers.configure?.({ config });
}

/**
 * Checks inputs.
 * @param upcoming other resources of the same kind, which a program announces in a preview
 * @throws Error with the failures
 */
export async function check(resource: Resource, dryRun: boolean, upcoming: Resource[] = []): Promise<Properties> {
  const { kind, name, inputs, id } = resource;
  const news = { ...inputs, __caller: JSON.stringify({ name, dryRun, upcoming }) };
  const checked = await HANDLERS[kind].check?.(id === undefined ? {} : inputs, news);
  const failures = checked?.failures ?? [];
  if (failures.length > 0) throw new Error(`${name}: ${failures.map(({ reason }) => reason).join('; ')}`);
  return checked?.inputs as Properties;
}

/** Runs `work` for all items in order, with a limit of simultaneous ones. */
export async function parallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
