import { Hono } from 'hono';
import { z } from 'zod';
import { badRequest } from '../api-error';
import { bodyText, parseBody } from '../http/body';
import type { Env } from '../http/env';
import { sqliteRefusal } from '../storage/refusals';
import { restoreSnapshot, takeSnapshot } from '../storage/snapshot';
import { firstPartner, type World } from '../world';
import { stateOf } from './state';

const value = z.union([z.string(), z.number(), z.null()]);

const snapshotSchema = z.object({
  version: z.int(),
  tables: z.record(z.string(), z.array(z.record(z.string(), value))),
});

/** Largest snapshot. A hundred thousand subscribers with their people take about 100 MB. */
const MAX_SNAPSHOT = 512 * 1_048_576;

/** Snapshots: GET returns all data as a JSON document, PUT replaces all data in one transaction. */
export function snapshotRoutes(world: World): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/', (context) => context.json(world.db.reading(() => takeSnapshot(world.db))));
  app.put('/', async (context) => {
    const text = await bodyText(context, MAX_SNAPSHOT);
    const snapshot = parseBody(snapshotSchema, { contentType: context.req.header('content-type'), text });
    try {
      world.db.transaction(() => {
        restoreSnapshot(world.db, snapshot);
        // Find errors of a manually edited snapshot here, not in a later request.
        firstPartner(world.db);
        stateOf(world);
      });
    } catch (error) {
      if (sqliteRefusal(error) === 'busy') throw error;
      throw badRequest(`The snapshot cannot be restored: ${error instanceof Error ? error.message : ''}`);
    }
    return context.body(null, 204);
  });
  return app;
}
