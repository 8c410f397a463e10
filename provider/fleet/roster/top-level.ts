import { z } from 'zod';
import { failuresFrom } from '../../resources/inputs/failures';
import { configuredHostProblem } from '../../webex/http/hosts';
import { checkedUrl } from '../../webex/http/url';
import { problemFrom } from './entities';
import type { JsonSchema } from './json-schema';
import type { Place, Problem } from './problems';
import { rosterTop } from './schema';
import { isObject, partOf, parts, type Written } from './written';
import type { YamlFile } from './yaml/file';

/** What the YAML files of a roster say at their top, put together. */
export interface TopLevel {
  name?: string;
  stacks?: number;
  settings: Record<string, string>;
  defaults: { customer?: Written; location?: Written; user?: Written };
  templates: { key: string; from: Written }[];
  customers: Written[];
}

/** Of the parts that are checked one by one, only that they are there. */
const shape = rosterTop.extend({ templates: z.unknown().optional(), customers: z.unknown().optional() });

/** Puts together what the files say at their top. What may be said once only is a problem the second time. */
export function topLevel(files: readonly YamlFile[], schema: JsonSchema, problems: Problem[]): TopLevel {
  const result: TopLevel = { settings: {}, defaults: {}, templates: [], customers: [] };
  const saidAt = new Map<string, Place>();
  for (const file of files) {
    const { data } = file;
    if (data === undefined || data === null) continue;
    if (!isObject(data)) {
      problems.push({
        ...file.place([]),
        message: `must be an object with ${Object.keys(rosterTop.shape).join(', ')}`,
      });
      continue;
    }
    const from: Written = { data, place: file.place, written: file.written };
    checkShape(from, schema, problems);
    for (const name of ONCE) once(name, from);
    if (typeof data.name === 'string') result.name = data.name;
    if (typeof data.stacks === 'number') result.stacks = data.stacks;
    if (isObject(data.settings)) result.settings = settingsOf(from, data.settings, problems);
    if (isObject(data.defaults)) result.defaults = defaultsOf(from, data.defaults);
    result.templates.push(...templatesOf(from, problems));
    result.customers.push(...parts(from, 'customers', problems));
  }
  return result;

  function once(name: string, { data, place }: Written): void {
    if (!Object.hasOwn(data, name)) return;
    const before = saidAt.get(name);
    if (before) problems.push({ ...place([name], true), message: `${name} is already given in ${before.file}` });
    saidAt.set(name, place([name], true));
  }
}

const ONCE = ['name', 'stacks', 'settings', 'defaults'];

function checkShape(from: Written, schema: JsonSchema, problems: Problem[]): void {
  const result = shape.safeParse(from.data, { reportInput: true });
  if (result.success) return;
  const file = { ...from, label: '', merged: from.data };
  for (const failure of failuresFrom(result.error.issues)) problems.push(problemFrom(file, failure, schema));
}

function settingsOf(from: Written, settings: Record<string, unknown>, problems: Problem[]): Record<string, string> {
  for (const [name, variable] of Object.entries(URL_SETTINGS)) {
    const url = Object.hasOwn(settings, name) ? settings[name] : undefined;
    const problem = typeof url === 'string' ? urlProblem(url, `settings.${name}`, variable) : undefined;
    if (problem !== undefined) problems.push({ ...from.place(['settings', name]), message: problem });
  }
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]));
}

/** Settings that name a server, which the access token is sent to, and the variables that may name any. */
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

function templatesOf(from: Written, problems: Problem[]): TopLevel['templates'] {
  const { templates } = from.data;
  if (templates === undefined || templates === null) return [];
  if (!isObject(templates)) {
    problems.push({
      ...from.place(['templates']),
      message: 'templates must be an object: the name of each, and its inputs',
    });
    return [];
  }
  return Object.entries(templates).flatMap(([key, data]) => {
    if (isObject(data)) return [{ key, from: partOf(from, ['templates', key], data) }];
    problems.push({ ...from.place(['templates', key], true), message: `template "${key}" must be an object` });
    return [];
  });
}
