import type { Evolution } from './evolution.ts';

/** Renames a resource in the program; the object stays the same. */
export function renameAny({ world, dice, births, history }: Evolution): string | undefined {
  const kinds = {
    template: world.templates.map((entry) => ({ entry, adopt: false })),
    customer: world.customers.map((entry) => ({ entry, adopt: entry.adopt })),
    location: world.locations.map((entry) => ({ entry, adopt: entry.adopt })),
    user: world.users.map((entry) => ({ entry, adopt: entry.adopt })),
  };
  const kind = dice.pick(['template', 'customer', 'location', 'location', 'user', 'user'] as const);
  const possible = kinds[kind].filter(({ entry, adopt }) => history.mayRename({ key: entry.key, adopt }));
  const found = dice.maybe(possible)?.entry;
  if (found === undefined) return undefined;
  found.resource = births.resource(kind);
  history.renamed(found.key);
  return found.key;
}
