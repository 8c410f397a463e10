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

const kind = <I extends object, S extends object>(
  name: string,
  handlers: (run: Run) => Lifecycle<I, S>,
  inputs: fc.Arbitrary<valid.Inputs>,
  outputs: valid.Inputs,
): Kind => ({ name, handlers: handlers as unknown as Kind['handlers'], inputs, outputs });

export const KINDS: readonly Kind[] = [
  kind('OnboardingTemplate', resources.onboardingTemplate, valid.template, {}),
  kind('CustomerOrg', resources.customerOrg, valid.customer, {
    status: 'provisioned',
    orgId: 'b3Jn',
    packageStatus: {},
    headquartersLocationId: 'bG9j',
  }),
  kind('Location', resources.location, valid.location, { orgId: 'b3Jn' }),
  kind('User', resources.user, valid.user, { status: 'provisioned', personId: 'cGVyc29u' }),
];

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
