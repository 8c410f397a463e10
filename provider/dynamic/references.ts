import * as pulumi from '@pulumi/pulumi';

/** URNs of the resources of this program that check has to know of, as soon as they are declared. */
const urns = new WeakMap<pulumi.Resource, Promise<string>>();

/** Records the URN of a resource, which the SDK itself knows only once the resource is registered. */
export function isUrnOf(resource: pulumi.Resource, urn: Promise<string>): void {
  urns.set(resource, urn);
}

/** What an output knows of itself. The SDK's declarations leave it out. */
interface Made {
  allResources?(): Promise<Iterable<pulumi.Resource>>;
}

/**
 * The resources whose outputs an input was made of, as URNs, by input: see `Caller`. Pulumi sends these dependencies to
 * the engine and to policies, and not to a provider. Undefined where there are none.
 */
export async function referencesOf(props: pulumi.Inputs): Promise<Record<string, string[]> | undefined> {
  const entries = Object.entries(props).filter(([, value]) => pulumi.Output.isInstance(value));
  const found = await Promise.all(entries.map(async ([key, value]) => [key, await urnsBehind(value)] as const));
  const some = found.filter(([, behind]) => behind.length > 0);
  return some.length > 0 ? Object.fromEntries(some) : undefined;
}

/** An input that fails is reported by the SDK, which doesn't send the resource then. */
async function urnsBehind(output: Made): Promise<string[]> {
  const resources = await output.allResources?.().catch(() => undefined);
  const known = [...(resources ?? [])].map((resource) => urns.get(resource)).filter((urn) => urn !== undefined);
  return Promise.all(known);
}
