// One pulumi command of bench:requests. It has a process of its own, as with Pulumi, so that nothing is cached between
// commands.
import { check, configure, HANDLERS, type KindName, parallel, type Resource } from './handlers.ts';

/** Input and result of a phase. */
export interface PhaseMessage {
  phase: Phase;
  resources: Resource[];
  /** Operations at the same time. */
  width: number;
  config?: Record<string, string>;
}

export type Phase = 'preview' | 'create' | 'no-op' | 'refresh' | 'destroy';

const ORDER: KindName[] = ['customer', 'location', 'user'];

async function run({ phase, resources, width, config }: PhaseMessage): Promise<Resource[]> {
  await configure(config);
  if (phase === 'refresh') await parallel(resources, width, refresh);
  else if (phase === 'destroy') await eachKind([...ORDER].reverse(), resources, width, destroy);
  else if (phase === 'create') await createAll(resources, width);
  // Pulumi calls check one by one (measured).
  else if (phase === 'preview') for (const kind of ORDER) await preview(resources.filter((each) => each.kind === kind));
  else await parallel(resources, 1, noop);
  return resources;
}

async function eachKind(
  kinds: KindName[],
  resources: Resource[],
  width: number,
  work: (resource: Resource) => Promise<void>,
): Promise<void> {
  for (const kind of kinds)
    await parallel(
      resources.filter((resource) => resource.kind === kind),
      width,
      work,
    );
}

/** Customers first: their locations and users get the IDs, as with references between resources. */
async function createAll(resources: Resource[], width: number): Promise<void> {
  const ids = new Map<string, string | undefined>();
  await eachKind(ORDER, resources, width, async (resource) => {
    if (resource.customer !== undefined) resource.inputs.customerId = ids.get(resource.customer);
    await create(resource);
    if (resource.kind === 'customer') ids.set(resource.name, resource.id);
  });
}

async function preview(resources: Resource[]): Promise<void> {
  for (const [index, resource] of resources.entries()) await check(resource, true, index === 0 ? resources : []);
}

async function create(resource: Resource): Promise<void> {
  const inputs = await check(resource, false);
  const made = await HANDLERS[resource.kind].create?.(inputs);
  Object.assign(resource, { id: made?.id, outputs: made?.outs });
}

async function noop(resource: Resource): Promise<void> {
  const inputs = await check(resource, false);
  const found = await HANDLERS[resource.kind].diff?.(resource.id ?? '', { ...inputs, ...resource.outputs }, inputs);
  if (found?.changes) throw new Error(`${resource.name} has changes`);
}

async function refresh(resource: Resource): Promise<void> {
  const found = await HANDLERS[resource.kind].read?.(resource.id ?? '', { ...resource.inputs, ...resource.outputs });
  if (found?.id !== resource.id) throw new Error(`${resource.name} is gone`);
}

async function destroy({ kind, id, inputs, outputs }: Resource): Promise<void> {
  await HANDLERS[kind].delete?.(id ?? '', { ...inputs, ...outputs });
}

process.once('message', (message) => {
  run(message as PhaseMessage).then(
    (resources) => process.send?.({ resources }, () => process.exit()),
    (error: Error) => process.send?.({ error: error.message }, () => process.exit(1)),
  );
});
