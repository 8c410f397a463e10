/** SQLite's primary result codes (sqlite.org/rescode.html); the extended codes hold them in their lowest byte. */
const BUSY = 5;

const LOCKED = 6;

const CONSTRAINT = 19;

/**
 * The reason why SQLite refused a statement: a constraint, or another process that locked the file for too long;
 * undefined for other errors.
 */
export function sqliteRefusal(error: unknown): 'constraint' | 'busy' | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  const code = error.errcode & 0xff;
  if (code === CONSTRAINT) return 'constraint';
  return code === BUSY || code === LOCKED ? 'busy' : undefined;
}
