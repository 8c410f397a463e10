import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SCHEMA } from './schema';

/** What may be bound to a placeholder. */
export type Value = SQLInputValue;

/**
 * The one door to SQLite. Statements are prepared once; every write happens inside {@link Database.transaction}, so that a
 * request takes effect wholly or not at all.
 */
export class Database {
  private readonly connection: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();

  /** Opens (and where needed creates) the database file; `:memory:` keeps everything in memory. */
  constructor(file: string) {
    this.connection = new DatabaseSync(file, { timeout: 10_000 });
    // WAL: readers don't wait for writers, and a killed process leaves no half-written page.
    this.connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
    this.transaction(() => this.connection.exec(SCHEMA));
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

  /** Runs work in a write transaction: all of it is kept, or, where it throws, nothing. */
  transaction<Result>(work: () => Result): Result {
    this.connection.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.connection.exec('COMMIT');
      return result;
    } catch (error) {
      this.connection.exec('ROLLBACK');
      throw error;
    }
  }

  /** Closes the file; the object can't be used afterwards. */
  close(): void {
    this.statements.clear();
    this.connection.close();
  }

  private prepare(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = this.connection.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}
