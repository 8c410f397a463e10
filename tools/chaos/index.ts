import { planOf } from './plan.ts';
import { carryOut, type RunReport } from './run.ts';

/** Options of the runs. */
export interface ChaosOptions {
  /** Number of simultaneous runs. */
  parallel: number;
  /** Prints more than one line for each run. */
  verbose: boolean;
  /** Receives the lines; default: stdout. */
  print?: (line: string) => void;
}

/** Runs these seeds and prints the runs and their violations. @returns the number of violations */
export async function chaos(seeds: readonly number[], options: ChaosOptions): Promise<number> {
  const print = options.print ?? ((line: string) => void process.stdout.write(`${line}\n`));
  const begun = Date.now();
  const waiting = [...seeds];
  const reports: RunReport[] = [];
  const worker = async () => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const report = await carryOut(planOf(seed));
      reports.push(report);
      for (const line of linesOf(report, options.verbose)) print(line);
    }
  };
  await Promise.all(Array.from({ length: options.parallel }, worker));
  for (const line of summary(reports, (Date.now() - begun) / 1000)) print(line);
  return reports.reduce((sum, { violations }) => sum + violations.length, 0);
}

function linesOf(report: RunReport, verbose: boolean): string[] {
  const { seed, violations, faults, commands, tries, seconds, folder } = report;
  const many = [...faults.values()].reduce((sum, count) => sum + count, 0);
  const counts = `${commands.get('up') ?? 0} updates, ${many} faults, settled in ${tries}, ${seconds.toFixed(0)} s`;
  if (violations.length === 0) return [`seed ${seed}: ok, ${counts}`, ...(verbose ? [table(faults)] : [])];
  return [
    `seed ${seed}: ${violations.length} violation(s), ${counts}`,
    ...violations.map((violation) => `  ${violation}`),
    `  again: npm run chaos -- --seed ${seed} --runs 1; everything of this run is in ${folder}`,
  ];
}

function summary(reports: readonly RunReport[], seconds: number): string[] {
  const sum = (maps: Map<string, number>[]) => {
    const all = new Map<string, number>();
    for (const map of maps) for (const [kind, count] of map) all.set(kind, (all.get(kind) ?? 0) + count);
    return all;
  };
  const bad = reports.filter(({ violations }) => violations.length > 0);
  const seeds = reports.map(({ seed }) => seed);
  return [
    '',
    `seeds ${Math.min(...seeds)} to ${Math.max(...seeds)}: ${reports.length} runs in ${seconds.toFixed(0)} s`,
    `commands: ${table(sum(reports.map(({ commands }) => commands)))}`,
    `faults injected: ${table(sum(reports.map(({ faults }) => faults)))}`,
    `violations: ${bad.reduce((count, { violations }) => count + violations.length, 0)}${bad.length > 0 ? ` in runs ${bad.map(({ seed }) => seed).join(', ')}` : ''}`,
  ];
}

function table(counts: Map<string, number>): string {
  const entries = [...counts].filter(([, count]) => count > 0).sort(([left], [right]) => left.localeCompare(right));
  return entries.map(([kind, count]) => `${kind} ${count}`).join(', ') || 'none';
}
