import type { HttpBindings } from '@hono/node-server';

/** Variables in the context of request handlers. */
export type Env = {
  Bindings: HttpBindings;
  Variables: { trackingId: string; bodyText: string; operationPath: string | undefined };
};
