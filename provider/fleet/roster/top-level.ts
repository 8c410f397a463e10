import { z } from 'zod';
import { failuresFrom } from '../../resources/inputs/failures';
import { configuredHostProblem } from '../../webex/http/hosts';
import { checkedUrl } from '../../webex/http/url';
import { entity, reportFailure } from './entities';
import type { JsonSchema } from './json-schema';
import type { Place } from './problems';
import { rosterTop } from './schema';
import { isObject, partOf, parts, type Written } from './written';
import type { YamlFile } from './yaml/file';

/** The merged top levels of a roster's YAML files. */
export interface TopLevel {
  name?: string;
  stacks?: number;
  settings: Record<string, string>;
  defaults: { customer?: Written; location?: Written; user?: Written };
  templates: { key: string; from: Written }[];
  customers: Written[];
}

/** Templates and customers are checked separately, one by one. */
const shape = rosterTop.extend({ templates: z.unknown().optional(), customers: z.unknown().optional() });

/** Merges the top levels of the files. A property that may be given once is a problem the second time. */
export function topLevel(files: readonly YamlFile[], schema: JsonSchema): TopLevel {
  const result: TopLevel = { settings: {}, defaults: {}, templates: [], customers: [] };
  const placeOf = new Map<string, Place>();
  for (const file of files) {
    const { data } = file;
    if (data === undefined || data === null) continue;
    if (!isObject(data)) {
      file.report(`must be an object with ${Object.keys(rosterTop.shape).join(', ')}`);
      continue;
    }
    const from: Written = { ...file, data };
    checkShape(from, schema);
    for (const name of ONCE) once(name, from);
    if (typeof data.name === 'string') result.name = data.name;
    if (typeof data.stacks === 'number') result.stacks = data.stacks;
    if (isObject(data.settings)) result.settings = settingsOf(from, data.settings);
    if (isObject(data.defaults)) result.defaults = defaultsOf(from, data.defaults);
    result.templates.push(...templatesOf(from));
    result.customers.push(...parts(from, 'customers'));
  }
  return result;

  function once(name: string, from: Written): void {
    if (!Object.hasOwn(from.data, name)) return;
    const before = placeOf.get(name);
    if (before) from.report(`${name} is already given in ${before.file}`, [name], true);
    placeOf.set(name, from.place([name], true));
  }
}

const ONCE = ['name', 'stacks', 'settings', 'defaults'];

function checkShape(from: Written, schema: JsonSchema): void {
  const result = shape.safeParse(from.data, { reportInput: true });
  if (result.success) return;
  const file = entity('', from);
  for (const failure of failuresFrom(result.error.issues)) reportFailure(file, failure, schema);
}

function settingsOf(from: Written, settings: Record<string, unknown>): Record<string, string> {
  for (const [name, variable] of Object.entries(URL_SETTINGS)) {
    const url = Object.hasOwn(settings, name) ? settings[name] : undefined;
    const problem = typeof url === 'string' ? urlProblem(url, `settings.${name}`, variable) : undefined;
    if (problem !== undefined) from.report(problem, ['settings', name]);
  }
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]));
}

/** Settings with the URL of a server that gets the access token, and the variables that may name any host. */
const URL_SETTINGS = { baseUrl: 'WEBEX_BASE_URL', templateApiUrl: 'WEBEX_TEMPLATE_API_URL' } as const;

function urlProblem(url: string, setting: string, variable: string): string | undefined {
  const host = configuredHostProblem(url, variable);
  if (host !== undefined) return `${setting} ${host}`;
  try {
    checkedUrl(url, setting);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function defaultsOf(from: Written, defaults: Record<string, unknown>): TopLevel['defaults'] {
  const result: TopLevel['defaults'] = {};
  for (const kind of ['customer', 'location', 'user'] as const) {
    const data = defaults[kind];
    if (isObject(data)) result[kind] = partOf(from, ['defaults', kind], data);
  }
  return result;
}

function templatesOf(from: Written): TopLevel['templates'] {
  const { templates } = from.data;
  if (templates === undefined || templates === null) return [];
  if (!isObject(templates)) {
    from.report('templates must be an object: the name of each, and its inputs', ['templates']);
    return [];
  }
  return Object.entries(templates).flatMap(([key, data]) => {
    if (isObject(data)) return [{ key, from: partOf(from, ['templates', key], data) }];
    from.report(`template "${key}" must be an object`, ['templates', key], true);
    return [];
  });
}
