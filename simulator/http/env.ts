import type { HttpBindings } from '@hono/node-server';

/** What a request handler of this package finds in its context. */
export type Env = {
  Bindings: HttpBindings;
  Variables: { trackingId: string; bodyText: string; operationPath: string | undefined };
};
