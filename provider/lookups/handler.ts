import type { Lifecycle } from '../lifecycle';
import { resources } from '../resources';
import { Activity } from '../resources/run/activity';
import type { Run } from '../resources/run/run';
import { LOOKUPS, type Readers } from './answers';

/** What is recorded of a lookup: which one, with which arguments, and its answer. */
interface LookupState {
  lookup?: string;
  args?: Record<string, string>;
  result?: unknown;
}

/** The handler of lookups: it only reads. Pulumi reads it in previews and updates, and forgets it at a destroy. */
export function lookupHandler(run: Run): Lifecycle<LookupState, LookupState> {
  const { user, location, customerOrg } = resources;
  const readers: Readers = {
    customerOrg: async (id) => (await customerOrg(run).read(id, undefined))?.state,
    location: async (id) => (await location(run).read(id, undefined))?.state,
    user: async (id) => (await user(run).read(id, undefined))?.state,
  };
  const onlyReads = async (): Promise<never> => {
    throw new Error('a lookup only reads');
  };
  return {
    derived: { args: ['args'], result: ['args'] },
    configure: (config, warn) => run.configure(config, warn),
    read: async (id, state) => {
      const { lookup = '', args = {} } = state ?? {};
      const answer = LOOKUPS[lookup];
      if (answer === undefined) throw new Error(`there is no lookup "${lookup}"`);
      run.verify();
      const recorded = { lookup, args };
      const result = await Activity.of(run).during(() => answer(run, args, readers));
      return { id, state: { ...recorded, result }, inputs: recorded };
    },
    check: onlyReads,
    diff: onlyReads,
    create: onlyReads,
    import: onlyReads,
    update: onlyReads,
    delete: async () => {},
  };
}
