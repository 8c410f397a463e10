import { Hono } from 'hono';
import { z } from 'zod';
import type { Env } from '../http/env';
import { weatherSchema } from '../weather';
import type { World } from '../world';
import { parsed } from './request';

const bodySchema = z.union([
  z.strictObject({ weather: z.enum(['documented', 'observed']) }).transform(({ weather }) => weather),
  weatherSchema,
]);

/** Weather: GET returns the switches, PUT sets them by the name of a weather or individually. */
export function weatherRoutes({ weather }: World): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/', (context) => context.json(weather.settings));
  app.put('/', async (context) => {
    weather.set(await parsed(context, bodySchema));
    return context.json(weather.settings);
  });
  return app;
}
