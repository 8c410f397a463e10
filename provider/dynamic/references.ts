import * as pulumi from '@pulumi/pulumi';

/** URNs of the resources of this program, from their declaration on. */
const urns = new WeakMap<pulumi.Resource, Promise<string>>();
/** The URNs that are known. The URN of a child is known once its parent is registered. */
const known = new WeakMap<pulumi.Resource, string>();

/** Records the URN of a resource, which the SDK itself knows only once the resource is registered. */
export function isUrnOf(resource: pulumi.Resource, urn: Promise<string>): void {
  urns.set(resource, urn);
  urn.then(
    (text) => known.set(resource, text),
    () => undefined,
  );
}

/** Members of an output that the SDK's type declarations omit. */
interface Made {
  /** The resources that are known at once, without those that only a nested output depends on. */
  resources?(): Iterable<pulumi.Resource>;
  allResources?(): Promise<Iterable<pulumi.Resource>>;
}

/**
 * URNs of the resources on whose outputs each input depends, by input: see `Caller`. Pulumi sends these dependencies to
 * the engine and to policies, and not to a provider. Undefined if there are none.
 */
export async function referencesOf(props: pulumi.Inputs): Promise<Record<string, string[]> | undefined> {
  const found = await Promise.all(
    outputsOf(props).map(async ([key, value]) => [key, await urnsBehind(value)] as const),
  );
  return withoutEmpty(found);
}

/** The URN of a resource of this program; undefined until it is known. */
export function urnNow(resource: pulumi.Resource): string | undefined {
  return known.get(resource);
}

/** Like {@link referencesOf}, with the URNs known now: an output that isn't settled yet may gain dependencies. */
export function referencesNow(props: pulumi.Inputs): Record<string, string[]> | undefined {
  const urnsNow = (output: Made) => [...(output.resources?.() ?? [])].flatMap((resource) => urnNow(resource) ?? []);
  return withoutEmpty(outputsOf(props).map(([key, value]) => [key, urnsNow(value)] as const));
}

function outputsOf(props: pulumi.Inputs): [string, Made][] {
  return Object.entries(props).filter(([, value]) => pulumi.Output.isInstance(value));
}

function withoutEmpty(found: (readonly [string, string[]])[]): Record<string, string[]> | undefined {
  const some = found.filter(([, behind]) => behind.length > 0);
  return some.length > 0 ? Object.fromEntries(some) : undefined;
}

/** An input that fails is reported by the SDK, which doesn't send the resource then. */
async function urnsBehind(output: Made): Promise<string[]> {
  const resources = await output.allResources?.().catch(() => undefined);
  const known = [...(resources ?? [])].map((resource) => urns.get(resource)).filter((urn) => urn !== undefined);
  return Promise.all(known);
}
