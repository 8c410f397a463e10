import { isDeepStrictEqual } from 'node:util';
import { FOR_POLICIES } from '../../lifecycle';
import { kindOf, previewJson, reasonOf } from './declared';
import { type Project, pulumi } from './pulumi';

/** A resource that the next `pulumi up` would change. */
export interface Difference {
  urn: string;
  /** Pulumi's operation: create, update, delete, replace. */
  operation: string;
  /** `package: "webex_calling" -> "webex_suite"`, of an update. */
  properties: string[];
}

/** Operations that change nothing in Webex. */
const QUIET = ['same', 'read', 'refresh'];

/** The changes of this package's resources in the next preview, by property; or the reason why it fails. */
export async function differences(project: Project): Promise<{ differences: Difference[] } | { fails: string }> {
  const run = await pulumi(project, ['preview', '--json']);
  const json = previewJson(run.stdout);
  if (run.exitCode !== 0 || json === undefined) return { fails: reasonOf(json, run.stderr) };
  const found = (json.steps ?? []).flatMap(({ op, urn, oldState, newState }) => {
    const type = (newState ?? oldState)?.type ?? '';
    if (QUIET.includes(op) || kindOf(type) === undefined) return [];
    const properties = op === 'update' ? changes(oldState?.outputs ?? {}, newState?.inputs ?? {}) : [];
    return [{ urn, operation: op, properties }];
  });
  return { differences: found };
}

/** The properties with different declared and recorded values, also inside objects. */
function changes(before: object, after: object, prefix = ''): string[] {
  const old = before as Record<string, unknown>;
  return Object.entries(after).flatMap(([key, wanted]) => {
    const real = old[key];
    if (key.startsWith('__') || FOR_POLICIES.includes(key) || isDeepStrictEqual(real, wanted)) return [];
    const path = prefix + key;
    if (isPlain(real) && isPlain(wanted)) return changes(real, wanted, `${path}.`);
    return [`${path}: ${shown(real)} -> ${shown(wanted)}`];
  });
}

/** Whether a value is an object with properties, and no list. */
export function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
