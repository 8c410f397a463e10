import { Hono } from 'hono';
import { z } from 'zod';
import { notFound, unauthorized } from '../api-error';
import { finishReview } from '../domain/customers/provisioning';
import { email, text } from '../domain/fields';
import { createSubPartner, presentSubPartner } from '../domain/organizations/sub-partners';
import { addOutcome, outcomeSchema } from '../domain/outcomes';
import { confirmEmail } from '../domain/people/email';
import { consent, consentLater, pendingSubscriber } from '../domain/subscribers/consent';
import type { Controls } from '../http/api';
import { bearerOf } from '../http/auth';
import type { Backend } from '../http/backend';
import type { Env } from '../http/env';
import { faultSchema } from '../http/faults';
import { rateLimitSchema } from '../http/rate-limit';
import { forPartner, type World } from '../world';
import { accessRoutes } from './access';
import { parsed, settled } from './request';
import { snapshotRoutes } from './snapshot';
import { stateOf } from './state';
import { templateRoutes } from './templates';
import { weatherRoutes } from './weather';

/**
 * The control plane: operations for tests and developers that clients of Webex don't have. It is separate from the API.
 */
export function controlPlane(world: World, backend: Backend, controls: Controls, token: string | undefined): Hono<Env> {
  const app = new Hono<Env>();
  app.route('/templates', templateRoutes(world, backend));
  // The template API imitates a separate service: it needs the API's token.
  if (token !== undefined)
    app.use('*', async (context, next) => {
      if (bearerOf(context.req.header('authorization')) !== token) throw unauthorized();
      await next();
    });
  app.route('/snapshot', snapshotRoutes(world));
  app.route('/', accessRoutes(world));
  app.route('/', trafficRoutes(controls));
  app.route('/', decisionRoutes(world));
  app.route('/weather', weatherRoutes(world));

  app.get('/state', (context) => context.json(settled(world, () => stateOf(world))));
  app.get('/clock', (context) => context.json(clock(world)));
  app.post('/clock', async (context) => {
    const { advanceSeconds } = await parsed(context, z.object({ advanceSeconds: z.number().min(0).max(1e9) }));
    settled(world, () => world.clock.advance(Math.round(advanceSeconds * 1000)));
    return context.json(clock(world));
  });
  return app;
}

/** Faults, the rate limit and the request log. */
function trafficRoutes({ faults, log, rateLimit }: Controls): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/requests', (context) => context.json(log.counts()));
  app.delete('/requests', (context) => {
    log.reset();
    return context.body(null, 204);
  });
  app.get('/requests/log', (context) => context.json(log.recent()));

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

  app.get('/rateLimit', (context) => context.json(rateLimit.settings));
  app.put('/rateLimit', async (context) => {
    rateLimit.set(await parsed(context, rateLimitSchema));
    return context.json(rateLimit.settings);
  });
  return app;
}

/** Decisions of Webex, a reviewer or a user. */
function decisionRoutes(world: World): Hono<Env> {
  const app = new Hono<Env>();
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
    const schema = z.object({ email, afterSeconds: z.number().min(0).max(1e9).optional() });
    const { email: address, afterSeconds } = await parsed(context, schema);
    settled(world, () => {
      const row = pendingSubscriber(world, address);
      if (!row) throw notFound(`subscriber ${address} that waits for consent`);
      if (afterSeconds === undefined) consent(forPartner(world, row.partner_id), row);
      else consentLater(world, row, afterSeconds);
    });
    return context.body(null, 204);
  });
  app.post('/emailConfirmations', async (context) => {
    const { email: address } = await parsed(context, z.object({ email }));
    if (!settled(world, () => confirmEmail(world, address))) throw notFound(`user who is to confirm ${address}`);
    return context.body(null, 204);
  });
  app.get('/mails', (context) => context.json({ items: settled(world, () => mails(world)) }));
  app.post('/subPartners', async (context) => {
    const schema = z.object({
      displayName: text,
      provisioningState: z.enum(['active', 'suspended']).default('active'),
    });
    const { displayName, provisioningState } = await parsed(context, schema);
    const made = settled(world, () => createSubPartner(world, displayName, provisioningState));
    return context.json(presentSubPartner(made), 201);
  });
  return app;
}

/** The mails that Webex would have sent, oldest first. */
function mails(world: World): unknown[] {
  return world.db
    .all<{ kind: string; recipient: string; object_id: string; sent: number }>('SELECT * FROM mails ORDER BY sequence')
    .map(({ kind, recipient, object_id, sent }) => ({
      kind,
      to: recipient,
      ...(kind === 'consentMove' ? { subscriberId: object_id } : { personId: object_id }),
      at: new Date(sent).toISOString(),
    }));
}

function clock(world: World): { now: string; aheadSeconds: number } {
  return { now: new Date(world.clock.now()).toISOString(), aheadSeconds: world.clock.shift() / 1000 };
}
