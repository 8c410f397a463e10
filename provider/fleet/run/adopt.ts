import type { Stack } from '@pulumi/pulumi/automation';
import { nameOf, type Recorded, recordExisting } from '../../adoption/adopt/adopt';
import { type Declared, kindOf } from '../../adoption/adopt/declared';
import { runFor } from '../../adoption/cli/run';
import { urnOf } from '../../dynamic/urn';
import { KINDS } from '../../kinds';
import { UNKNOWN } from '../../lifecycle';
import type { RosterCustomer } from '../roster/load';
import { resourceName } from '../roster/resource-name';
import type { StackJob } from './jobs';

/** The result of an adoption in one stack. */
export interface StackAdoption {
  /** Number of objects that were added to the state. */
  adopted: number;
  /** Messages about objects that exist in Webex and were not adopted. */
  warnings: string[];
  /** Provisioning IDs of the templates that were found, by template name. */
  provisioningIds: Record<string, string>;
}

/**
 * Adds to a stack's state the declared objects that already exist in Webex. Writes nothing to Webex.
 * @param env environment variables for Pulumi
 */
export async function adoptStack(job: StackJob, stack: Stack, env: Record<string, string>): Promise<StackAdoption> {
  const { resources = [] } = (await stack.exportStack()).deployment as { resources?: StateResource[] };
  const recorded = resources.flatMap(({ urn, type, id, outputs = {} }) => {
    const kind = kindOf(type);
    return kind === undefined || id === undefined ? [] : [{ urn, kind, id, isDeclared: true, inputs: outputs }];
  });
  const known = new Set(recorded.map(({ urn }) => urn));
  const missing = declaredIn(job).filter(({ urn }) => !known.has(urn));
  if (missing.length === 0) return { adopted: 0, warnings: [], provisioningIds: {} };
  const run = runFor(new Map(Object.entries(job.config)), () => {});
  try {
    const project = { folder: job.folder, stack: job.stack, env };
    const listed = { declared: [], missing, recorded, components: [], parents: new Map() };
    const done = await recordExisting(project, listed, run, () => {});
    return { adopted: done.adopted.size, warnings: warningsOf(done), provisioningIds: idsOf(job, done) };
  } finally {
    await run.webex.close();
  }
}

interface StateResource {
  urn: string;
  type: string;
  id?: string;
  outputs?: Record<string, unknown>;
}

function warningsOf({ refused }: Recorded): string[] {
  return refused.map(({ urn, why }) => `not adopted: ${nameOf(urn)}: ${why}`);
}

function idsOf({ templates = [], ...job }: StackJob, { adopted }: Recorded): Record<string, string> {
  return Object.fromEntries(
    templates.flatMap(([name]) => {
      const id = adopted.get(urnIn(job, 'OnboardingTemplate', name));
      return id === undefined ? [] : [[name, id] as const];
    }),
  );
}

/** The resources that the program of a stack declares (program.ts). */
function declaredIn(job: StackJob): Declared[] {
  if (job.templates) {
    return job.templates.map(([name, inputs]) => declared(job, 'OnboardingTemplate', name, inputs));
  }
  return job.customers.flatMap((customer) => customerIn(job, customer));
}

function customerIn(job: StackJob, { externalId, entry, locations, users }: RosterCustomer): Declared[] {
  const { template, protect: _, ...inputs } = entry;
  const onBehalfOf = entry.onBehalfOfSubPartnerOrgId ?? job.config.onBehalfOfSubPartnerOrgId;
  const shared = onBehalfOf === undefined ? {} : { onBehalfOfSubPartnerOrgId: onBehalfOf };
  const customer = declared(job, 'CustomerOrg', externalId, {
    ...inputs,
    provisioningId: job.provisioningIds[template] ?? UNKNOWN,
    ...shared,
  });
  const common = { customerId: UNKNOWN, ...shared };
  const from = { customerId: [customer.urn] };
  const places = locations.map((location) => ({
    ...declared(job, 'Location', resourceName(externalId, location.name), { ...location, ...common }),
    from,
  }));
  // As in program.ts: the headquarters' ID is an output of its customer.
  const urns = new Map<unknown, string>(entry.headquarters && [[entry.headquarters.name, customer.urn]]);
  for (const { inputs: place, urn } of places) urns.set(place.name, urn);
  const people = users.map(({ location, ...user }) => {
    const at = location === undefined ? undefined : urns.get(location);
    return {
      ...declared(job, 'User', resourceName(externalId, user.email), {
        ...user,
        ...common,
        ...(at !== undefined && { locationId: UNKNOWN }),
      }),
      from: { ...from, ...(at !== undefined && { locationId: [at] }) },
    };
  });
  return [customer, ...places, ...people];
}

function declared(job: StackJob, kind: Declared['kind'], name: string, inputs: object): Declared {
  const given = Object.entries(inputs).filter(([, value]) => value !== undefined);
  return { urn: urnIn(job, kind, name), kind, name, inputs: Object.fromEntries(given), from: {} };
}

function urnIn({ stack, project }: Pick<StackJob, 'stack' | 'project'>, kind: Declared['kind'], name: string): string {
  return urnOf(stack, project, KINDS[kind].type, name);
}
