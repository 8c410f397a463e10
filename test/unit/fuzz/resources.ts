import type fc from 'fast-check';
import type { Lifecycle } from '../../../provider/lifecycle';
import { resources } from '../../../provider/resources';
import { Run } from '../../../provider/resources/run/run';
import * as valid from './valid';

/** A kind of resource for the fuzzers. */
export interface Kind {
  name: string;
  handlers: (run: Run) => Lifecycle<object, object>;
  inputs: fc.Arbitrary<valid.Inputs>;
  /** The outputs beside the inputs. */
  outputs: valid.Inputs;
}

/** What is generated for each resource. */
const GENERATED: { [name in keyof typeof resources]: Pick<Kind, 'inputs' | 'outputs'> } = {
  onboardingTemplate: { inputs: valid.template, outputs: {} },
  customerOrg: {
    inputs: valid.customer,
    outputs: { status: 'provisioned', orgId: 'b3Jn', packageStatus: {}, headquartersLocationId: 'bG9j' },
  },
  location: { inputs: valid.location, outputs: { orgId: 'b3Jn' } },
  user: { inputs: valid.user, outputs: { status: 'provisioned', personId: 'cGVyc29u' } },
};

export const KINDS: readonly Kind[] = Object.entries(GENERATED).map(([name, generated]) => {
  const resource = resources[name as keyof typeof resources];
  const handlers = resource as unknown as Kind['handlers'];
  return { name: resource.type.replace('webex-wholesale:', ''), handlers, ...generated };
});

/** The handlers of a kind. Each run is new and has no memory of the one before. */
export function restartable({ handlers }: Kind): { lifecycle: Lifecycle<object, object>; restart: () => void } {
  let now = handlers(new Run());
  let configuration: Parameters<typeof now.configure> = [() => undefined, () => {}];
  const restart = () => {
    now = handlers(new Run());
    now.configure(...configuration);
  };
  const lifecycle: Lifecycle<object, object> = {
    configure: (...args) => {
      configuration = args;
      now.configure(...args);
    },
    check: (...args) => now.check(...args),
    diff: (...args) => now.diff(...args),
    create: (...args) => now.create(...args),
    read: (...args) => now.read(...args),
    import: (...args) => now.import(...args),
    update: (...args) => now.update(...args),
    delete: (...args) => now.delete(...args),
  };
  return { lifecycle, restart };
}
