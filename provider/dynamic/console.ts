/**
 * Pulumi's dynamic plugin prints what check, diff, read and delete throw to stderr, with the stack, and then reports
 * the same error once more. People should read it once, so an error for people prints as this mark, and the line
 * that has it is dropped.
 */
const MARK = '\u0000error-for-people';

/** Makes an error of what was thrown that Pulumi shows once, with its message and no stack. */
export function forPeople(thrown: unknown): Error {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const shown = new Error(error.message, { cause: error });
  shown.stack = error.message;
  shown.toString = () => MARK;
  return shown;
}

let quiet = false;

/** Drops the plugin's own line about an error that {@link forPeople} made. */
export function reportErrorsOnce(target: Pick<Console, 'error'> = console): void {
  if (quiet && target === console) return;
  if (target === console) quiet = true;
  const print = target.error.bind(target);
  target.error = (...args: unknown[]) => {
    if (typeof args[0] === 'string' && args[0].startsWith(MARK)) return;
    print(...args);
  };
}
