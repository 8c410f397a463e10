import { CALLER_KEY, LISTING, PROVIDER_KEY } from '../../dynamic/keys';
import { typeAndName, typeToken } from '../../dynamic/urn';
import { KINDS, type KindName } from '../../kinds';
import { type Project, pulumi } from './pulumi';

/** A resource that a program declares. */
export interface Declared {
  urn: string;
  kind: KindName;
  /** Logical name. */
  name: string;
  /** The declared inputs. IDs of resources that aren't recorded yet are unknown. */
  inputs: Record<string, unknown>;
  /** URNs of the resources that an input comes from. */
  from: Record<string, string[]>;
}

/** A component of the program that isn't in the state. */
export interface Component {
  urn: string;
  type: string;
}

/** The declared resources of a program, compared with its stack's state. */
export interface Listing {
  /** All resources of this package that the program declares. */
  declared: Declared[];
  /** Resources of this package that the state lacks, in the order of the program. */
  missing: Declared[];
  /** Components that the state lacks. */
  components: Component[];
  /** URNs of the parents of missing resources and components. */
  parents: ReadonlyMap<string, string>;
  /** Resources of this package that the state has, also those that the program no longer declares. */
  recorded: { urn: string; kind: KindName; id: string; isDeclared: boolean; inputs: Record<string, unknown> }[];
}

interface State {
  urn: string;
  type: string;
  id?: string;
  parent?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  propertyDependencies?: Record<string, string[]>;
}

interface Step {
  op: string;
  urn: string;
  oldState?: State;
  newState?: State;
}

/** The output of `pulumi preview --json`. */
export interface PreviewJson {
  steps?: Step[];
  diagnostics?: { message: string; severity: string; urn?: string }[];
}

/**
 * Lists the resources that the program declares, by a preview in which the provider sends no request and refuses
 * nothing.
 * @throws Error with Pulumi's message if the program fails
 */
export async function listing(project: Project): Promise<Listing> {
  const run = await pulumi(project, ['preview', '--json', '--show-sames'], LISTING);
  const json = previewJson(run.stdout);
  if (run.exitCode !== 0 || json === undefined)
    throw new Error(`pulumi can't run the program: ${reasonOf(json, run.stderr)}`);
  return listingOf(json.steps ?? []);
}

function listingOf(steps: readonly Step[]): Listing {
  const result = {
    declared: [] as Declared[],
    missing: [] as Declared[],
    components: [] as Component[],
    recorded: [] as Listing['recorded'],
  };
  const parents = new Map<string, string>();
  for (const { op, urn, oldState, newState } of steps) {
    const state = newState ?? oldState;
    if (state === undefined) continue;
    const kind = kindOf(state.type);
    // For an unchanged resource, Pulumi prints the recorded inputs.
    if (kind !== undefined && !op.startsWith('delete')) result.declared.push(declaredOf(urn, kind, state));
    // With the option import, it is imported by what is declared, as all others.
    if (op === 'create' || op === 'import') {
      if (state.parent !== undefined && !state.parent.includes('::pulumi:pulumi:Stack::'))
        parents.set(urn, state.parent);
      if (kind !== undefined) result.missing.push(declaredOf(urn, kind, state));
      else if (state.type !== 'pulumi:pulumi:Stack' && state.id === undefined)
        result.components.push({ urn, type: state.type });
    } else if (kind !== undefined && oldState?.id !== undefined) {
      const inputs = { ...oldState.inputs, ...oldState.outputs };
      result.recorded.push({ urn, kind, id: oldState.id, isDeclared: !op.startsWith('delete'), inputs });
    }
  }
  return { ...result, parents };
}

function declaredOf(urn: string, kind: KindName, { inputs = {}, propertyDependencies = {} }: State): Declared {
  // No check has removed the description where the resource has the option import.
  const { [PROVIDER_KEY]: _code, [CALLER_KEY]: _caller, ...declared } = inputs;
  return { urn, kind, name: typeAndName(urn).name, inputs: declared, from: propertyDependencies };
}

/** Pulumi shows a secret value as this text. */
export const SECRET = '[secret]';

/** The resource class of a type token; undefined for a type of another package. */
export function kindOf(type: string): KindName | undefined {
  const names = Object.keys(KINDS) as KindName[];
  return names.find((name) => type === typeToken(KINDS[name].type));
}

/** The JSON document of a preview. Warnings of the CLI may precede it. */
export function previewJson(stdout: string): PreviewJson | undefined {
  const start = stdout.indexOf('{');
  try {
    return start < 0 ? undefined : (JSON.parse(stdout.slice(start)) as PreviewJson);
  } catch {
    return undefined;
  }
}

/** The reason why a preview failed, with Pulumi's messages. */
export function reasonOf(json: PreviewJson | undefined, stderr: string): string {
  const errors = (json?.diagnostics ?? [])
    .filter(({ severity }) => severity === 'error')
    .map(({ message }) => message.trim().replaceAll('\t', '  '));
  return [...new Set(errors)].join('\n') || stderr.trim() || 'no reason given';
}
