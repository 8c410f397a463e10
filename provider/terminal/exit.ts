/** Exit codes of the command. */
export const EXIT = { done: 0, failed: 1, usage: 2, unusable: 3, unmanaged: 4, interrupted: 130 } as const;

/** The text about exit codes in the help. */
export const EXIT_HELP = `
Exit codes:
  0    done
  1    something failed
  2    the command line or the roster is wrong; nothing was started
  3    Pulumi or its backend can't be used; nothing was started
  4    unmanaged found something
  130  interrupted`;

/** Thrown for an invalid command line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
