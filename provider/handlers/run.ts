import { resources } from '../resources';
import { Run } from '../resources/run/run';

/** The run of this plugin process: one process serves all resources of a preview or an update. */
export const run = new Run();

type Handlers = { readonly [name in keyof typeof resources]: ReturnType<(typeof resources)[name]> };

/** The handlers of all resources: the check of one also judges what the program declares of the others. */
export const handlers = Object.fromEntries(
  Object.entries(resources).map(([name, handlersFor]) => [name, handlersFor(run)]),
) as unknown as Handlers;
