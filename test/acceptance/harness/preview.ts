import { Run } from './run';

/** One resource in `pulumi preview --json`. */
export interface PreviewStep {
  /** same, create, update, delete, replace, create-replacement, delete-replaced, read, refresh ... */
  op: string;
  urn: string;
  /** The resource's name in the program. */
  name: string;
  /** The type's last part, such as `CustomerOrg`; `Stack` for the stack itself. */
  type: string;
  /** The properties that differ. */
  diffReasons: string[];
  replaceReasons: string[];
  /** Inputs after the change, as checked. */
  inputs: Record<string, unknown>;
}

/** A message of the engine or a provider. */
export interface PreviewDiagnostic {
  message: string;
  severity: string;
  urn?: string;
}

interface PreviewJson {
  steps?: {
    op: string;
    urn: string;
    diffReasons?: string[] | null;
    replaceReasons?: string[] | null;
    newState?: { inputs?: Record<string, unknown> };
  }[];
  diagnostics?: PreviewDiagnostic[];
  changeSummary?: Record<string, number>;
}

/** The output of `pulumi preview --json`. */
export class Preview extends Run {
  readonly steps: PreviewStep[];
  readonly diagnostics: PreviewDiagnostic[];

  constructor(run: Run) {
    super(run.command, run.exitCode, run.stdout, run.stderr, run.all, run.durationMs);
    const json = parse(run);
    this.diagnostics = json.diagnostics ?? [];
    this.steps = (json.steps ?? []).map((step) => ({
      op: step.op,
      urn: step.urn,
      name: step.urn.split('::').at(-1) ?? '',
      type: step.urn.split('::').at(-2)?.split('$').at(-1)?.split(':').at(-1) ?? '',
      diffReasons: step.diffReasons ?? [],
      replaceReasons: step.replaceReasons ?? [],
      inputs: step.newState?.inputs ?? {},
    }));
  }

  /** The changing steps, such as `update User alice`. */
  get planned(): string[] {
    return this.steps
      .filter((step) => !['same', 'read'].includes(step.op))
      .map(({ op, type, name }) => `${op} ${type} ${name}`);
  }

  /** The only step of a resource. */
  step(name: string): PreviewStep {
    const [found, ...more] = this.steps.filter((step) => step.name === name);
    if (found === undefined || more.length > 0)
      throw new Error(`${more.length + (found ? 1 : 0)} steps for ${name}\n${this.all}`);
    return found;
  }

  /** All messages with severity error. */
  get errors(): string {
    return this.diagnostics
      .filter((diagnostic) => diagnostic.severity === 'error')
      .map((diagnostic) => diagnostic.message)
      .join('\n');
  }
}

function parse(run: Run): PreviewJson {
  const start = run.stdout.indexOf('{');
  if (start < 0) return {};
  return JSON.parse(run.stdout.slice(start)) as PreviewJson;
}
