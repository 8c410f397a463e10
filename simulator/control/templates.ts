import { Hono } from 'hono';
import {
  createTemplate,
  deleteTemplate,
  getTemplate,
  listTemplates,
  replaceTemplate,
  templateSchema,
} from '../domain/templates';
import { bodyText, checkToken, type Env } from '../http/api';
import { parseBody } from '../http/operation';
import type { World } from '../world';

/** The template API: what Webex offers in Partner Hub only, at a URL that the API's token opens. See docs/simulator.md. */
export function templateRoutes(world: World, token: string): Hono<Env> {
  const app = new Hono<Env>();
  app.use('*', async (context, next) => {
    checkToken(context.req.header('authorization'), token);
    await next();
  });
  const body = async (context: Parameters<typeof bodyText>[0]) =>
    parseBody(templateSchema, { contentType: context.req.header('content-type'), text: await bodyText(context) });
  app.get('/', (context) => context.json({ items: listTemplates(world) }));
  app.post('/', async (context) => {
    const template = await body(context);
    return context.json(
      world.db.transaction(() => createTemplate(world, template)),
      201,
    );
  });
  app.get('/:provisioningId', (context) => context.json(getTemplate(world, context.req.param('provisioningId'))));
  app.put('/:provisioningId', async (context) => {
    const template = await body(context);
    const id = context.req.param('provisioningId');
    return context.json(world.db.transaction(() => replaceTemplate(world, id, template)));
  });
  app.delete('/:provisioningId', (context) => {
    world.db.transaction(() => deleteTemplate(world, context.req.param('provisioningId')));
    return context.body(null, 204);
  });
  return app;
}
