import { Hono } from 'hono';
import type { Env } from '../http/env';
import { setWeather, weatherSchema } from '../weather';
import type { World } from '../world';
import { parsed } from './request';

/** What comes and goes in Webex: read it, and set it as a whole; a switch that is left out is as the documents say. */
export function weatherRoutes(world: World): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/', (context) => context.json(world.weather));
  app.put('/', async (context) => {
    setWeather(world.weather, await parsed(context, weatherSchema));
    return context.json(world.weather);
  });
  return app;
}
