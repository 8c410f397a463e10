import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { finishReview } from '../domain/customerProvisioning';
import { email, text } from '../domain/fields';
import { addOutcome, outcomeSchema } from '../domain/outcomes';
import { settle } from '../domain/settle';
import { createSubPartner, presentSubPartner } from '../domain/subPartners';
import { consent } from '../domain/subscriberChanges';
import { bodyText, type Env } from '../http/api';
import { notFound } from '../http/errors';
import { type Faults, faultSchema } from '../http/faults';
import { parseBody } from '../http/operation';
import type { RequestLog } from '../http/requestLog';
import type { World } from '../world';
import { stateOf } from './state';
import { templateRoutes } from './templates';

/** The control plane: what a test or a developer may do that no client of Webex can. Never part of the API's own paths. */
export function controlPlane(world: World, token: string, faults: Faults, log: RequestLog): Hono<Env> {
  const app = new Hono<Env>();
  app.route('/templates', templateRoutes(world, token));

  app.get('/requests', (context) => context.json(log.counts()));
  app.delete('/requests', (context) => {
    log.reset();
    return context.body(null, 204);
  });
  app.get('/requests/log', (context) => context.json(log.recent()));

  app.get('/state', (context) => context.json(settled(world, () => stateOf(world))));

  app.get('/faults', (context) => context.json({ items: faults.list() }));
  app.post('/faults', async (context) => {
    const fault = await parsed(context, faultSchema);
    faults.add(fault);
    return context.json(fault, 201);
  });
  app.delete('/faults', (context) => {
    faults.clear();
    return context.body(null, 204);
  });

  app.post('/outcomes', async (context) => {
    const outcome = await parsed(context, outcomeSchema);
    settled(world, () => addOutcome(world, outcome));
    return context.json(outcome, 201);
  });
  app.post('/rplReviews', async (context) => {
    const { externalId } = await parsed(context, z.object({ externalId: text }));
    if (!settled(world, () => finishReview(world, externalId))) throw notFound(`customer ${externalId} in review`);
    return context.body(null, 204);
  });
  app.post('/consents', async (context) => {
    const { email: address } = await parsed(context, z.object({ email }));
    if (!settled(world, () => consent(world, address))) throw notFound(`subscriber ${address} that waits for consent`);
    return context.body(null, 204);
  });
  app.post('/subPartners', async (context) => {
    const schema = z.object({
      displayName: text,
      provisioningState: z.enum(['active', 'suspended']).default('active'),
    });
    const { displayName, provisioningState } = await parsed(context, schema);
    const made = settled(world, () => createSubPartner(world, displayName, provisioningState));
    return context.json(presentSubPartner(made), 201);
  });

  app.get('/clock', (context) => context.json(clock(world)));
  app.post('/clock', async (context) => {
    const { advanceSeconds } = await parsed(context, z.object({ advanceSeconds: z.number().min(0).max(1e9) }));
    settled(world, () => world.clock.advance(Math.round(advanceSeconds * 1000)));
    return context.json(clock(world));
  });
  return app;
}

async function parsed<Body>(context: Context<Env>, schema: z.ZodType<Body>): Promise<Body> {
  return parseBody(schema, { contentType: context.req.header('content-type'), text: await bodyText(context) });
}

function settled<Result>(world: World, work: () => Result): Result {
  return world.db.transaction(() => {
    settle(world);
    return work();
  });
}

function clock(world: World): { now: string; aheadSeconds: number } {
  return { now: new Date(world.clock.now()).toISOString(), aheadSeconds: world.clock.shift() / 1000 };
}
