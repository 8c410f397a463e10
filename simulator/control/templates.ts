import { type Context, Hono } from 'hono';
import { createTemplate, deleteTemplate, replaceTemplate } from '../domain/templates/changes';
import { getTemplate, listTemplates } from '../domain/templates/find';
import { templateSchema } from '../domain/templates/schema';
import { authenticate } from '../http/auth';
import type { Backend } from '../http/backend';
import type { Env } from '../http/env';
import { forPartner, type World } from '../world';
import { parsed, settled } from './request';

/**
 * The template API: onboarding templates, which Webex offers only in Partner Hub. It needs the API's token. See
 * docs/simulator.md.
 */
export function templateRoutes(world: World, backend: Backend): Hono<Env> {
  const app = new Hono<Env>();
  /** The world of the partner that the request's token belongs to. */
  const seen = (context: Context<Env>) =>
    forPartner(world, authenticate(backend, context.req.header('authorization')).partnerId);
  app.get('/', (context) => context.json({ items: listTemplates(seen(context)) }));
  app.post('/', async (context) => {
    const caller = seen(context);
    const template = await parsed(context, templateSchema);
    return context.json(
      world.db.transaction(() => createTemplate(caller, template)),
      201,
    );
  });
  app.get('/:provisioningId', (context) =>
    context.json(getTemplate(seen(context), context.req.param('provisioningId'))),
  );
  app.put('/:provisioningId', async (context) => {
    const caller = seen(context);
    const template = await parsed(context, templateSchema);
    const id = context.req.param('provisioningId');
    return context.json(world.db.transaction(() => replaceTemplate(caller, id, template)));
  });
  app.delete('/:provisioningId', (context) => {
    const caller = seen(context);
    // Finish removals of customers that are due: they don't use the template any more.
    settled(world, () => deleteTemplate(caller, context.req.param('provisioningId')));
    return context.body(null, 204);
  });
  return app;
}
