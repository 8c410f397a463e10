import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SCHEMA, SCHEMA_VERSION } from './schema';
import { restoreSnapshot, TABLES, takeSnapshot } from './snapshot';

/** A value for a placeholder. */
export type Value = SQLInputValue;

/**
 * The only access to SQLite. Statements are prepared once. All writes are inside {@link Database.transaction}, so that
 * a request takes effect completely or not at all.
 */
export class Database {
  private readonly connection: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  private open = true;

  /**
   * Opens the database file, and creates or migrates it if necessary; `:memory:` keeps everything in memory.
   * @throws Error where a newer version of this package made the file.
   */
  constructor(file: string) {
    // Another process may have the file open too: wait up to ten seconds for its lock.
    this.connection = new DatabaseSync(file, { timeout: 10_000 });
    // WAL: readers don't wait for writers, and a killed process leaves no half-written page. With it, NORMAL loses an
    // acknowledged write only when the machine itself goes down, never with the process.
    this.connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
    // 64 MB of pages in memory hold the indexes of some hundred thousand subscribers; the log is written back every 32
    // MB, since each time costs a wait for the disk.
    this.connection.exec('PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8000;');
    this.transaction(() => this.bringUpToDate(file));
  }

  /** False after it was closed: a request may run longer than its simulator. */
  get isOpen(): boolean {
    return this.open;
  }

  /** All rows of a query. `Row` names the columns that the query selects. */
  all<Row>(sql: string, ...values: Value[]): Row[] {
    // The only place where rows get their type: node:sqlite doesn't know the columns of a statement.
    return this.prepare(sql).all(...values) as unknown[] as Row[];
  }

  /** The first row of a query; undefined if there is none. */
  first<Row>(sql: string, ...values: Value[]): Row | undefined {
    return this.all<Row>(sql, ...values)[0];
  }

  /** The single number that a query selects as `n`. */
  count(sql: string, ...values: Value[]): number {
    return this.first<{ n: number }>(sql, ...values)?.n ?? 0;
  }

  /** Runs a statement that changes data. @returns the number of changed rows */
  run(sql: string, ...values: Value[]): number {
    return Number(this.prepare(sql).run(...values).changes);
  }

  /** Inserts one row given as column: value. Column names come from this package, never from a client. */
  insert(table: string, row: Readonly<Record<string, Value>>): void {
    const columns = Object.keys(row);
    this.run(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      ...Object.values(row),
    );
  }

  /** Changes columns of the row with that primary key. */
  update(table: string, key: string, id: Value, changes: Readonly<Record<string, Value>>): void {
    const columns = Object.keys(changes);
    if (columns.length === 0) return;
    this.run(
      `UPDATE ${table} SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE ${key} = ?`,
      ...Object.values(changes),
      id,
    );
  }

  /** The names of a table's columns; empty if there is no such table. */
  columns(table: string): string[] {
    return this.all<{ name: string }>('SELECT name FROM pragma_table_info(?)', table).map(({ name }) => name);
  }

  /** Runs a statement that is needed once, such as a pragma. */
  execute(sql: string): void {
    this.connection.exec(sql);
  }

  /** Runs work in a write transaction, which is rolled back if the work throws. */
  transaction<Result>(work: () => Result): Result {
    return this.within('BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK', work);
  }

  /** Runs read-only work on one snapshot of the data, without a lock. */
  reading<Result>(work: () => Result): Result {
    return this.within('BEGIN', 'COMMIT', 'ROLLBACK', work);
  }

  /** Runs work in a savepoint of the transaction, which is rolled back if the work throws. */
  attempt<Result>(work: () => Result): Result {
    return this.within('SAVEPOINT attempt', 'RELEASE attempt', 'ROLLBACK TO attempt; RELEASE attempt', work);
  }

  /** Closes the file. The object can't be used afterwards. */
  close(): void {
    this.open = false;
    this.statements.clear();
    this.connection.close();
  }

  private within<Result>(begin: string, end: string, undo: string, work: () => Result): Result {
    this.connection.exec(begin);
    try {
      const result = work();
      this.connection.exec(end);
      return result;
    } catch (error) {
      this.undo(undo);
      throw error;
    }
  }

  private undo(sql: string): void {
    try {
      this.connection.exec(sql);
    } catch {
      // Some errors, such as a full disk, end the transaction themselves. The caller throws the first error.
    }
  }

  private bringUpToDate(file: string): void {
    const version = this.first<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
    if (version > SCHEMA_VERSION) throw new Error(`${file} was made by a newer version of this simulator.`);
    if (version === SCHEMA_VERSION) return;
    // The first version has no number in the file.
    const old = this.columns('customers').length > 0 ? takeSnapshot(this, Math.max(version, 1)) : undefined;
    this.statements.clear();
    if (old) for (const table of [...TABLES].reverse()) this.connection.exec(`DROP TABLE IF EXISTS ${table}`);
    this.connection.exec(SCHEMA);
    if (old) restoreSnapshot(this, old);
    this.connection.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  }

  private prepare(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = this.connection.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}
