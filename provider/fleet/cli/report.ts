import { writeFileSync } from 'node:fs';
import type { FleetResult } from '../run/fleet';
import type { Command, CustomerResult, StackResult } from '../run/jobs';

/** The machine-readable report of a run. Fields may be added; any other change gets a new `version`. */
export interface FleetReport {
  version: 1;
  command: Command;
  fleet: string;
  /** `I/N` */
  shard?: string;
  /** ISO 8601. */
  startedAt: string;
  seconds: number;
  exitCode: number;
  /** True if the run was stopped before it had finished. */
  interrupted: boolean;
  totals: {
    customers: number;
    /** Number of customers by status. */
    byStatus: Partial<Record<CustomerResult['status'], number>>;
    /** Number of requests sent to Webex, including retries. */
    requests: number;
    resources: number;
  };
  stacks: Omit<StackResult, 'customers' | 'provisioningIds'>[];
  customers: (CustomerResult & { stack: string })[];
}

/** The fields of a report that are not part of the run's result. */
export type ReportFacts = Omit<FleetReport, 'version' | 'totals' | 'stacks' | 'customers'>;

/**
 * Makes the report of a run.
 *
 * @example
 * const result = await (await runFleet(roster, { command: 'up' })).result;
 * const facts = { command: 'up', fleet: roster.name, startedAt, seconds, exitCode: 0, interrupted: false } as const;
 * const report = reportOf(result, facts);
 * report.totals.byStatus; // { changed: 12, failed: 1 }
 */
export function reportOf({ stacks, notBegun, requests }: FleetResult, facts: ReportFacts): FleetReport {
  const customers: FleetReport['customers'] = [
    ...stacks.flatMap(({ stack, customers }) => customers.map((customer) => ({ stack, ...customer }))),
    ...notBegun.flatMap(({ stack, customers }) =>
      customers.map(({ externalId }) => ({
        stack,
        externalId,
        status: 'not-reached' as const,
        changes: {},
        resources: [],
        problems: [],
      })),
    ),
  ];
  const byStatus: FleetReport['totals']['byStatus'] = {};
  for (const { status } of customers) byStatus[status] = (byStatus[status] ?? 0) + 1;
  const resources = stacks.reduce((sum, { resources }) => sum + resources, 0);
  return {
    version: 1,
    ...facts,
    totals: { customers: customers.length, byStatus, requests, resources },
    stacks: stacks.map(({ customers: _customers, provisioningIds: _ids, ...stack }) => stack),
    customers,
  };
}

/**
 * Writes a report as JSON.
 *
 * @example
 * writeReport(report, 'report.json');
 */
export function writeReport(report: FleetReport, file: string): void {
  writeFileSync(file, `${JSON.stringify(report, undefined, 1)}\n`);
}
