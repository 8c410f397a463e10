import { SCHEMA_VERSION } from './schema';

type Row = Record<string, string | number | null>;

/**
 * The part of a database that snapshots use. The database itself uses snapshots to migrate an older file.
 */
interface Tables {
  all<Result>(sql: string): Result[];
  columns(table: string): string[];
  execute(sql: string): void;
  insert(table: string, row: Readonly<Row>): void;
  run(sql: string): number;
}

/** All rows of a database by table, without those that triggers make. */
export interface Snapshot {
  version: number;
  tables: Record<string, Row[]>;
}

/** The tables with data, parents before children. Counters are not included, because triggers fill them. */
export const TABLES = [
  'settings',
  'organizations',
  'templates',
  'sub_partners',
  'customers',
  'roles',
  'licenses',
  'locations',
  'people',
  'subscribers',
  'numbers',
  'jobs',
  'outcomes',
  'tokens',
  'service_apps',
  'mails',
] as const;

const COUNTER_TABLES = ['package_use', 'license_use'];

/** Reads all rows. Tables that an older database lacks are omitted. */
export function takeSnapshot(db: Tables, version = SCHEMA_VERSION): Snapshot {
  const tables: Snapshot['tables'] = {};
  for (const table of TABLES) if (db.columns(table).length > 0) tables[table] = db.all(`SELECT * FROM ${table}`);
  return { version, tables };
}

/**
 * Replaces all rows, in the caller's transaction.
 * @throws Error for an unknown version, table or column; SQLite's errors for values that don't fit.
 */
export function restoreSnapshot(db: Tables, snapshot: Snapshot): void {
  if (snapshot.version < 1 || snapshot.version > SCHEMA_VERSION)
    throw new Error(`the version ${snapshot.version} is not one that this simulator knows`);
  // Check foreign keys at the end, so that the order of tables and rows doesn't matter.
  db.execute('PRAGMA defer_foreign_keys = ON');
  for (const table of [...TABLES].reverse()) db.run(`DELETE FROM ${table}`);
  for (const table of COUNTER_TABLES) db.run(`DELETE FROM ${table}`);
  const unknown = Object.keys(snapshot.tables).find((name) => !TABLES.some((table) => table === name));
  if (unknown !== undefined) throw new Error(`there is no table ${unknown}`);
  const tables = upgraded(snapshot);
  for (const table of TABLES) {
    const columns = new Set(db.columns(table));
    for (const row of tables[table] ?? []) {
      const stray = Object.keys(row).find((column) => !columns.has(column));
      if (stray !== undefined) throw new Error(`the table ${table} has no column ${stray}`);
      db.insert(table, row);
    }
  }
}

/** Converts the rows of an older version. */
function upgraded({ version, tables }: Snapshot): Snapshot['tables'] {
  const owned = version < 2 ? withPartner(tables) : tables;
  if (version >= 3) return owned;
  return { ...owned, jobs: (owned.jobs ?? []).map(withKind), mails: (owned.mails ?? []).map(aboutObject) };
}

/** Version 1 had only one partner: everything belongs to it. */
function withPartner(tables: Snapshot['tables']): Snapshot['tables'] {
  const partner = tables.organizations?.find(({ kind }) => kind === 'partner')?.id ?? null;
  const own = (rows: Snapshot['tables'][string] = []): Snapshot['tables'][string] =>
    rows.map((row) => ({ ...row, partner_id: partner }));
  const subPartners = new Map(tables.customers?.map((row) => [row.id, row.sub_partner_org_id ?? null]));
  return {
    ...tables,
    organizations: own(tables.organizations),
    templates: own(tables.templates),
    customers: own(tables.customers),
    subscribers: own(tables.subscribers).map((row) => ({
      ...row,
      sub_partner_org_id: subPartners.get(row.customer_id ?? null) ?? null,
    })),
  };
}

/** Version 2 had mails about subscribers only. */
function aboutObject({ subscriber_id, ...mail }: Row): Row {
  return { ...mail, object_id: subscriber_id ?? null };
}

/** Version 2 had one kind of job only. */
function withKind({ location_id, location_name, reasons, ...job }: Row): Row {
  const errors = (JSON.parse(String(reasons)) as string[]).map((description) => ({ item: '', code: '', description }));
  const exitCode = job.ended === null ? 'UNKNOWN' : job.status;
  return {
    ...job,
    kind: 'deletecallinglocation',
    request: JSON.stringify({ locationId: location_id, locationName: location_name }),
    result: JSON.stringify({ exitCode, done: 0, errors }),
  } as Row;
}
