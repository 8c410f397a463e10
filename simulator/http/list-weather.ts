import type { WeatherSettings } from '../weather';
import type { Reply } from './operation';

/** Changes the answer of a list as the weather requires. Other answers stay the same. */
export function inWeather(reply: Reply, url: URL, weather: WeatherSettings): Reply {
  const list = listOf(reply.body);
  if (!list) return reply;
  const { key, items } = list;
  const body: Record<string, unknown> = { ...(reply.body as object) };
  if (weather.itemsWithoutId && url.pathname.endsWith('/people')) body[key] = [...items, WITHOUT_ID];
  else if (weather.missingListKeys && items.length === 0) delete body[key];
  const headers = { ...reply.headers };
  if (weather.emptyLastPages && items.length > 0 && !headers.Link?.includes('rel="next"')) {
    const next = `<${afterThe(items.length, url)}>; rel="next"`;
    headers.Link = headers.Link === undefined ? next : `${next}, ${headers.Link}`;
  }
  return { ...reply, body, headers };
}

/** Observed in lists of people by location (public evidence: wxc_sdk). */
const WITHOUT_ID = {
  errors: { peopleListLocationId: { code: 'not_found', reason: 'No user matching the location was found.' } },
};

/** The lists with pages. */
const KEYS = ['items', 'locations', 'phoneNumbers'];

function listOf(body: unknown): { key: string; items: unknown[] } | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const found = Object.entries(body).find(([key, value]) => KEYS.includes(key) && Array.isArray(value));
  return found && { key: found[0], items: found[1] as unknown[] };
}

function afterThe(length: number, url: URL): string {
  const parameter = url.pathname.includes('/wholesale/') ? 'offset' : 'start';
  const next = new URL(url);
  next.searchParams.set(parameter, String(Number(url.searchParams.get(parameter) ?? 0) + length));
  return next.href;
}
