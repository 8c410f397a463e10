import { Hono } from 'hono';
import { z } from 'zod';
import { notFound } from '../api-error';
import { text } from '../domain/fields';
import { createPartner } from '../domain/organizations/changes';
import { presentOrganization } from '../domain/organizations/present';
import { createToken, revokeToken } from '../domain/tokens/changes';
import { serviceAppSchema, tokenSchema } from '../domain/tokens/schema';
import { createServiceApp } from '../domain/tokens/service-apps';
import type { Env } from '../http/env';
import type { World } from '../world';
import { parsed, settled } from './request';

/** Access to the API: partners, tokens and service apps. */
export function accessRoutes(world: World): Hono<Env> {
  const app = new Hono<Env>();
  app.post('/partners', async (context) => {
    const { displayName } = await parsed(context, z.object({ displayName: text }));
    return context.json(presentOrganization(settled(world, () => createPartner(world, displayName))), 201);
  });
  app.post('/tokens', async (context) => {
    const input = await parsed(context, tokenSchema);
    return context.json(
      settled(world, () => createToken(world, input)),
      201,
    );
  });
  app.delete('/tokens/:token', (context) => {
    if (!settled(world, () => revokeToken(world, context.req.param('token')))) throw notFound('token');
    return context.body(null, 204);
  });
  app.post('/serviceApps', async (context) => {
    const input = await parsed(context, serviceAppSchema);
    return context.json(
      settled(world, () => createServiceApp(world, input)),
      201,
    );
  });
  return app;
}
