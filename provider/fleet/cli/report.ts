import { writeFileSync } from 'node:fs';
import type { FleetResult } from '../run/fleet';
import type { Command, CustomerResult, StackResult } from '../run/jobs';

/** The machine-readable report of a run. A new field may be added; anything else gets a new `version`. */
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
  /** Whether the run was ended before it was through. */
  interrupted: boolean;
  totals: {
    customers: number;
    /** Customers by what became of them. */
    byStatus: Partial<Record<CustomerResult['status'], number>>;
    /** Requests sent to Webex, tries included. */
    requests: number;
    resources: number;
  };
  stacks: Omit<StackResult, 'customers' | 'provisioningIds'>[];
  customers: (CustomerResult & { stack: string })[];
}

/** What a report says of a run besides its result. */
export type ReportFacts = Omit<FleetReport, 'version' | 'totals' | 'stacks' | 'customers'>;

/** Makes the report of a run. */
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

export function writeReport(report: FleetReport, file: string): void {
  writeFileSync(file, `${JSON.stringify(report, undefined, 1)}\n`);
}
