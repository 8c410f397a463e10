import type { Context } from 'hono';
import type { z } from 'zod';
import { settle } from '../domain/settle';
import { bodyText, parseBody } from '../http/body';
import type { Env } from '../http/env';
import type { World } from '../world';

/** Parses the body of a request to the control plane. Errors: as for bodies of the API. */
export async function parsed<Body>(context: Context<Env>, schema: z.ZodType<Body>): Promise<Body> {
  return parseBody(schema, { contentType: context.req.header('content-type'), text: await bodyText(context) });
}

/** Runs work in a transaction, after finishing the changes that are due. */
export function settled<Result>(world: World, work: () => Result): Result {
  return world.db.transaction(() => {
    settle(world);
    return work();
  });
}
