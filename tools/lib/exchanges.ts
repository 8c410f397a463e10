// The table at the end of a test run: how often the tests used each documented operation, and the contract failures.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from '../setup/paths.mjs';

const folder = path.join(root, '.state', 'exchanges');
const documents = path.resolve(root, '../shared/api');

interface Seen {
  exchanges: number;
  failures: number;
}

/** Deletes the records of earlier runs. */
export function forgetExchanges(): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

/** The table as text. */
export function exchangeTable(): string {
  const seen = total();
  const documented = documentedOperations();
  if (documented.length === 0) return "Exchanges weren't checked: Cisco's documents (../shared/api) are not here.\n";
  const names = [...new Set([...documented, ...Object.keys(seen)])];
  const reached = names.filter((name) => seen[name] !== undefined).sort();
  const width = Math.max(...reached.map((name) => name.length), 'operation'.length);
  const row = (name: string, exchanges: string | number, failures: string | number) =>
    `${name.padEnd(width)} ${String(exchanges).padStart(9)} ${String(failures).padStart(8)}`;
  const rows = reached.map((name) => row(name, seen[name]?.exchanges ?? 0, seen[name]?.failures ?? 0));
  const missed = names.filter((name) => seen[name] === undefined).sort();
  const rest = missed.length > 0 ? missed.map((name) => `  ${name}`).join('\n') : '  none';
  return `${[row('operation', 'exchanges', 'failures'), ...rows].join('\n')}\ndocumented, but reached by no checked test:\n${rest}\n`;
}

function total(): Record<string, Seen> {
  const sum: Record<string, Seen> = {};
  for (const file of readdirSync(folder)) {
    const part = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Record<string, Seen>;
    for (const [name, { exchanges, failures }] of Object.entries(part)) {
      const before = sum[name] ?? { exchanges: 0, failures: 0 };
      sum[name] = { exchanges: before.exchanges + exchanges, failures: before.failures + failures };
    }
  }
  return sum;
}

interface Document {
  paths: Record<string, Record<string, { responses?: object }>>;
}

function documentedOperations(): string[] {
  let files: string[];
  try {
    files = readdirSync(documents);
  } catch {
    return [];
  }
  return files.flatMap((file) => {
    const { paths } = JSON.parse(readFileSync(path.join(documents, file), 'utf8')) as Document;
    return Object.entries(paths).flatMap(([template, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => operation.responses !== undefined)
        .map(([method]) => `${method.toUpperCase()} ${template}`),
    );
  });
}
