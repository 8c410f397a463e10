import type { EngineEvent, StepEventMetadata } from '@pulumi/pulumi/automation';
import { readable, readableLine } from '../../dynamic/readable';
import type { ChangeKind, Changes, Command, ResourceChange, ResourceProblem, StackJob } from './jobs';
import { propertyChanges } from './property-changes';
import type { RemovedCustomer } from './removals';
import { customerKey, isOurs, keyOf, keysOf, Owners } from './resources';
import { staysAfterDeletion } from './stays';

/** The events of one operation of Pulumi on a stack, sorted by customer. */
export class EngineEvents {
  /** Problems of the resources that failed or that a mandatory policy refused, by URN. */
  readonly problems = new Map<string, ResourceProblem[]>();
  /** URNs of resources for which an operation was started and failed. The other problems are refusals beforehand. */
  readonly tried = new Set<string>();
  private readonly generalTexts: string[] = [];
  readonly warnings: string[] = [];
  /** Number of changes by customer. */
  readonly changes = new Map<string, Changes>();
  /** Changed resources by customer; those of the templates under `undefined`. */
  readonly resources = new Map<string | undefined, ResourceChange[]>();
  /** Customers that are deleted, or planned to be deleted. */
  readonly removed = new Map<string, RemovedCustomer>();
  private readonly owners: Owners;
  private readonly command: Command;
  private readonly open: ReadonlyMap<string, Set<string>>;

  /** @param finished called when the engine has finished all resources of a customer */
  constructor(
    job: Pick<StackJob, 'customers' | 'command'>,
    private readonly finished: (externalId: string, failed: boolean) => void = () => {},
  ) {
    this.owners = new Owners(job.customers);
    this.command = job.command;
    this.open = new Map(job.customers.map((customer) => [customer.externalId, new Set(keysOf(customer))]));
  }

  /** Adds one event of the engine. */
  add(event: EngineEvent): void {
    const { resourcePreEvent: before, resOutputsEvent: after, resOpFailedEvent: failed } = event;
    if (before?.planning === true) this.changed(before.metadata);
    if (after && after.planning !== true) this.changed(after.metadata);
    if (after) this.close(after.metadata.urn);
    if (failed) this.tried.add(failed.metadata.urn);
    if (event.diagnosticEvent) this.addDiagnostic(event.diagnosticEvent);
    if (event.policyEvent) this.judged(event.policyEvent);
  }

  /** Number of operations that change something. */
  operations = 0;

  /** Texts of problems that belong to no resource. */
  get general(): string[] {
    const own = this.generalTexts.filter((text) => !isEcho(text));
    return own.length > 0 || this.problems.size > 0 ? own : this.generalTexts;
  }

  /** Problems of a customer's resources. */
  problemsOf(externalId: string): ResourceProblem[] {
    return [...this.problems].flatMap(([urn, problems]) => (this.owners.of(keyOf(urn)) === externalId ? problems : []));
  }

  /** True if the engine has finished all resources of a declared customer. */
  isFinished(externalId: string): boolean {
    return (this.open.get(externalId)?.size ?? 0) === 0;
  }

  private changed(step: StepEventMetadata): void {
    const { urn, op, old, new: now } = step;
    const kind = CHANGES[op];
    if (kind === undefined || !isOurs(urn)) return;
    this.operations++;
    const owner = this.owners.of(keyOf(urn));
    if (this.isListed(kind)) {
      // A refresh changes outputs. Otherwise compare inputs: outputs follow from them and are unknown in a preview.
      const part = this.command === 'refresh' ? 'outputs' : 'inputs';
      const properties = kind === 'create' || kind === 'delete' ? [] : propertyChanges(old?.[part], now?.[part]);
      // What a refresh deletes from the state is gone in Webex.
      const before = this.resources.get(owner) ?? [];
      const stays = kind === 'delete' && this.command !== 'refresh' ? staysAfterDeletion(step, before) : undefined;
      const change = { resource: labelOf(urn), change: kind, properties, ...(stays && { stays: readableLine(stays) }) };
      this.resources.set(owner, [...before, change]);
    }
    if (owner === undefined) return;
    const changes = this.changes.get(owner) ?? {};
    changes[kind] = (changes[kind] ?? 0) + 1;
    this.changes.set(owner, changes);
    if (kind !== 'delete' || keyOf(urn) !== customerKey(owner)) return;
    const { primaryEmail, orgId } = old?.inputs ?? {};
    this.removed.set(owner, { externalId: owner, primaryEmail, orgId });
  }

  private isListed(kind: ChangeKind): boolean {
    return this.command !== 'destroy' && (kind !== 'create' || this.command === 'preview');
  }

  private close(urn: string): void {
    const owner = this.owners.of(keyOf(urn));
    if (owner === undefined) return;
    const open = this.open.get(owner);
    // The organization of a customer that is no longer declared is deleted last, after its users and locations.
    const isLast = open ? open.delete(keyOf(urn)) && open.size === 0 : keyOf(urn) === customerKey(owner);
    if (isLast) this.finished(owner, this.problemsOf(owner).length > 0);
  }

  private addDiagnostic({ urn, message, severity }: { urn?: string; message: string; severity: string }): void {
    const text = plain(message);
    if (severity === 'warning' && text !== '') this.warnings.push(urn ? `${labelOf(urn)}: ${text}` : text);
    if (severity !== 'error' || text === '') return;
    if (urn === undefined || this.owners.of(keyOf(urn)) === undefined) {
      if (!/^(update|preview) failed$/.test(text)) this.generalTexts.push(text);
      return;
    }
    this.problem(urn, { resource: labelOf(urn), message: text, ...trackingIdIn(text) });
    this.close(urn);
  }

  private judged(event: {
    resourceUrn?: string;
    message: string;
    policyName: string;
    policyPackName: string;
    enforcementLevel: string;
  }): void {
    const { resourceUrn: urn, message, policyName } = event;
    const policy = `${event.policyPackName}/${policyName}`;
    if (event.enforcementLevel !== 'mandatory') {
      if (urn) this.warnings.push(`${labelOf(urn)}: ${plain(message)} (${policy})`);
    } else if (urn === undefined || this.owners.of(keyOf(urn)) === undefined) {
      this.generalTexts.push(`${plain(message)} (${policy})`);
    } else this.problem(urn, { resource: labelOf(urn), message: plain(message), policy });
  }

  private problem(urn: string, problem: ResourceProblem): void {
    const known = this.problems.get(urn) ?? [];
    if (known.some(({ message }) => message === problem.message)) return;
    this.problems.set(urn, [...known, problem]);
  }
}

/** The engine's operations that change something. A replacement counts once, by its `create-replacement` step. */
const CHANGES: Readonly<Record<string, ChangeKind>> = {
  create: 'create',
  update: 'update',
  delete: 'delete',
  'create-replacement': 'replace',
};

/**
 * True for the stack trace that Pulumi's SDK prints in the program after a resource failed. It repeats the failure
 * without its reason, which the problem of the resource already contains.
 */
function isEcho(text: string): boolean {
  return /^(Unhandled exception: )?Error: (error serializing property "[^"]*": )*resource .+ failed to register/.test(
    text,
  );
}

function labelOf(urn: string): string {
  return readableLine(keyOf(urn).replace('::', ' '));
}

/** In place of Pulumi's text for a connection to a plugin that has ended: killed, or out of memory. */
const PLUGIN_ENDED = "the process of Pulumi's plugin ended unexpectedly. Run again: the next run continues";

/**
 * Removes Pulumi's colour marks, and its words before a refusal or a list of failures, since the resource is named
 * already. Makes quoted texts safe for the viewer of the report.
 */
function plain(message: string): string {
  return readable(
    message
      .replace(/<\{%[^%]*%\}>/g, '')
      .replace(/^\S+ resource '[^']*' has a problem: /, '')
      .replace(/^\d+ errors? occurred:\n/, '')
      .replace(/^\t\* /gm, '')
      .replace(/^error reading from server: EOF$/, PLUGIN_ENDED)
      .trim(),
  );
}

function trackingIdIn(text: string): { trackingId?: string } {
  const found = /trackingId (\S+?)[),.;]*(\s|$)/.exec(text)?.[1];
  return found === undefined ? {} : { trackingId: found };
}
