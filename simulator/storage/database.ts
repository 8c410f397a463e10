import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SCHEMA, SCHEMA_VERSION } from './schema';
import { restoreSnapshot, TABLES, takeSnapshot } from './snapshot';

/** What may be bound to a placeholder. */
export type Value = SQLInputValue;

/**
 * The one door to SQLite. Statements are prepared once; every write happens inside {@link Database.transaction}, so
 * that a request takes effect wholly or not at all.
 */
export class Database {
  private readonly connection: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  private open = true;

  /**
   * Opens (and where needed creates or brings up to date) the database file; `:memory:` keeps everything in memory.
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

  /** False once it was closed: a request may outlive its simulator by a moment. */
  get isOpen(): boolean {
    return this.open;
  }

  /** All rows of a query. `Row` names the columns that the query selects. */
  all<Row>(sql: string, ...values: Value[]): Row[] {
    // The only place where rows get their type: node:sqlite knows nothing of the columns of a statement.
    return this.prepare(sql).all(...values) as unknown[] as Row[];
  }

  /** The first row of a query, if there is one. */
  first<Row>(sql: string, ...values: Value[]): Row | undefined {
    return this.all<Row>(sql, ...values)[0];
  }

  /** The single number that a query selects as `n`. */
  count(sql: string, ...values: Value[]): number {
    return this.first<{ n: number }>(sql, ...values)?.n ?? 0;
  }

  /** Runs a statement that changes data; answers how many rows it changed. */
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

  /** The names of a table's columns; none where there is no such table. */
  columns(table: string): string[] {
    return this.all<{ name: string }>('SELECT name FROM pragma_table_info(?)', table).map(({ name }) => name);
  }

  /** Runs a statement that is needed once, such as a pragma. */
  execute(sql: string): void {
    this.connection.exec(sql);
  }

  /** Runs work in a write transaction: all of it is kept, or, where it throws, nothing. */
  transaction<Result>(work: () => Result): Result {
    return this.within('BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK', work);
  }

  /** Runs work that only reads: it sees one state, and neither waits for a writer nor keeps one waiting. */
  reading<Result>(work: () => Result): Result {
    return this.within('BEGIN', 'COMMIT', 'ROLLBACK', work);
  }

  /** Inside a transaction: work of which nothing is kept where it throws, while the transaction goes on. */
  attempt<Result>(work: () => Result): Result {
    return this.within('SAVEPOINT attempt', 'RELEASE attempt', 'ROLLBACK TO attempt; RELEASE attempt', work);
  }

  /** Closes the file; the object can't be used afterwards. */
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
      // Some errors, such as a full disk, end the transaction by themselves. The caller throws the first error.
    }
  }

  private bringUpToDate(file: string): void {
    const version = this.first<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
    if (version > SCHEMA_VERSION) throw new Error(`${file} was made by a newer version of this simulator.`);
    if (version === SCHEMA_VERSION) return;
    // The first version wrote no number into the file.
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
