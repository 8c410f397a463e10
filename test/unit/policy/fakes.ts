import type {
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from '@pulumi/policy';
import { vi } from 'vitest';

/**
 * What @pulumi/policy itself puts around properties: reading an unknown one throws. Its declarations leave this out.
 */
const { unknownCheckingProxy, unknownStringValue } = require('@pulumi/policy/proxy') as {
  unknownCheckingProxy(properties: object): Record<string, unknown>;
  unknownStringValue: string;
};

/** An output that isn't known yet in preview. */
export const UNKNOWN: string = unknownStringValue;

/** A resource as a program declares it. */
export interface Declared {
  kind: string;
  name: string;
  props: Record<string, unknown>;
  /** Name of the customer that its customerId comes from. */
  customer?: string;
  protect?: boolean;
  parent?: string;
}

export const customer = (props: Record<string, unknown> = {}, name = 'johns-pizza'): Declared => ({
  kind: 'CustomerOrg',
  name,
  props: { packages: ['webex_suite', 'webex_calling'], primaryEmail: 'john.anderson@acme.com', ...props },
});

export const user = (props: Record<string, unknown> = {}, name = 'alice', of = 'johns-pizza'): Declared => ({
  kind: 'User',
  name,
  customer: of,
  props: { customerId: UNKNOWN, email: `${name}@example.com`, package: 'webex_suite', ...props },
});

const typeOf = (kind: string) => (kind.includes(':') ? kind : `pulumi-nodejs:dynamic/webex-wholesale:${kind}`);
/** URN of a declared resource. */
export const urnOf = ({ kind, name }: Pick<Declared, 'kind' | 'name'>) =>
  `urn:pulumi:test::acceptance::${typeOf(kind)}::${name}`;

function notApplicable(): never {
  throw new Error('not applicable');
}

function optionsOf({ protect = false, parent }: Declared): PolicyResource['opts'] {
  const customTimeouts = { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 };
  const lists = { ignoreChanges: [], aliases: [], additionalSecretOutputs: [] };
  return { protect, customTimeouts, ...lists, ...(parent !== undefined && { parent }) };
}

function argsOf(declared: Declared, configuration: object): ResourceValidationArgs {
  return {
    type: typeOf(declared.kind),
    name: declared.name,
    urn: urnOf(declared),
    props: unknownCheckingProxy(structuredClone(declared.props)),
    opts: optionsOf(declared),
    stackTags: new Map(),
    isType: () => false,
    asType: () => undefined,
    getConfig: <T extends object>() => configuration as T,
    notApplicable,
  };
}

/** What a policy said of a program, each as `NAME: MESSAGE`. */
export interface Judged {
  /** Of single resources, before they are written. */
  atResource: string[];
  /** Of the whole, at the end. */
  atStack: string[];
  /** What it could not look at, because a value isn't known yet. */
  advice: string[];
}

/** How a policy is asked. */
export interface Asking {
  configuration?: object;
  /** `update` for `pulumi up` itself; the preview is the default. */
  during?: 'preview' | 'update';
}

/** Asks a policy about a program, as Pulumi does: each resource, then the stack. */
export async function judged(
  policy: Partial<ResourceValidationPolicy> & Partial<StackValidationPolicy>,
  program: Declared[],
  { configuration = {}, during = 'preview' }: Asking = {},
): Promise<Judged> {
  vi.stubEnv('PULUMI_DRY_RUN', String(during === 'preview'));
  const found: Judged = { atResource: [], atStack: [], advice: [] };
  for (const declared of program) {
    const checks = [policy.validateResource ?? []].flat();
    for (const check of checks) {
      try {
        await check(argsOf(declared, configuration), (message) =>
          found.atResource.push(`${declared.name}: ${message}`),
        );
      } catch (error) {
        if (!(error instanceof Error && 'unknownTypeSentinel' in error)) throw error;
        found.advice.push(`${declared.name}: ${error.message}`);
      }
    }
  }
  await policy.validateStack?.(
    {
      resources: stackOf(program),
      stackTags: new Map(),
      getConfig: <T extends object>() => configuration as T,
      notApplicable,
    },
    (message, urn) => found.atStack.push(`${urn?.split('::').at(-1)}: ${message}`),
  );
  return found;
}

/** The violations among what {@link judged} gives. */
export async function violations(
  policy: Partial<ResourceValidationPolicy> & Partial<StackValidationPolicy>,
  program: Declared[],
  configuration: object = {},
): Promise<string[]> {
  const { atResource, atStack } = await judged(policy, program, { configuration });
  return [...atResource, ...atStack];
}

function stackOf(program: Declared[]): PolicyResource[] {
  const resources = program.map((declared): PolicyResource => {
    const { type, name, urn, opts } = argsOf(declared, {});
    // What the provider writes for policies is never in a state.
    const { previous: _, ...state } = declared.props;
    const props = unknownCheckingProxy(state);
    const isType = () => false;
    return {
      type,
      name,
      urn,
      opts,
      props,
      isType,
      asType: () => undefined,
      dependencies: [],
      propertyDependencies: {},
    };
  });
  program.forEach((declared, index) => {
    const resource = resources[index];
    const link = resources.filter(({ name }) => name === declared.customer);
    if (resource && link.length > 0) resource.propertyDependencies = { customerId: link };
  });
  return resources;
}

/** What remediation makes of each resource: its properties afterwards. */
export async function remediated(policy: ResourceValidationPolicy, program: Declared[]): Promise<unknown[]> {
  return Promise.all(program.map((declared) => policy.remediateResource?.(argsOf(declared, {}))));
}
