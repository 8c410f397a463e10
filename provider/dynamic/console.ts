import { readable } from './readable';

/**
 * Pulumi's dynamic plugin prints what check, diff, read and delete throw to stderr, with the stack, and then reports
 * the same error once more. It should be shown once, so an error for people prints as this mark, and the line
 * that has it is dropped.
 */
const MARK = '\u0000error-for-people';

/** Errors that JavaScript itself throws: these come from a bug, and their messages are not for users. */
const BUGS = [TypeError, RangeError, ReferenceError, SyntaxError, EvalError, URIError];

/** Lines of a stack trace that a bug report shows. */
const FRAMES = 3;

/**
 * Makes an error that Pulumi shows once, with its message and without a stack, unless it comes from a bug.
 * @param redact removes secrets from the message
 */
export function forPeople(thrown: unknown, redact = (text: string) => text): Error {
  const error =
    thrown instanceof Error ? thrown : new Error(`something was thrown that is no error: ${String(thrown)}`);
  const shown = new Error(readable(redact(isBug(thrown) ? bugReport(error) : error.message)), { cause: error });
  shown.stack = shown.message;
  shown.toString = () => MARK;
  return shown;
}

function isBug(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return true;
  return BUGS.some((kind) => thrown instanceof kind) || ('code' in thrown && thrown.code === 'ERR_ASSERTION');
}

/** One paragraph with the facts that the developers need to find the bug. */
function bugReport(error: Error): string {
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, FRAMES)
    .map((line) => line.trim());
  const place = frames.length > 0 ? ` (${frames.join(', ')})` : '';
  return `a bug in this provider, please report it: ${error.name}: ${error.message}${place}`;
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
