import { readableLine, shortened } from '../../dynamic/readable';

/** A place in a roster. The first line is 1, and so is the first column. */
export interface Place {
  /** The path relative to the working folder if the file is below it, else the full path. */
  file: string;
  line: number;
  column: number;
}

/** A place within its file. */
export type Position = Pick<Place, 'line' | 'column'>;

/** The path of a value: property names and indexes. */
export type Path = readonly (string | number)[];

/** A problem of a roster. */
export interface Problem extends Place {
  /** The object, the problem and what to do: `customer "acme": address.country "USA" must …`. */
  message: string;
}

/**
 * Most problems of a roster that are kept and shown. A file that is no roster could have millions.
 */
export const MOST_PROBLEMS = 1000;

/** Longest message that is kept, in characters. A message may quote a field of any length. */
const LONGEST_MESSAGE = 2000;

/**
 * Thrown with the problems of a roster, up to {@link MOST_PROBLEMS}, before anything is started.
 *
 * @example
 * try {
 *   loadRoster('roster.yaml');
 * } catch (error) {
 *   if (error instanceof RosterError) console.error(error.problems.map(problemText).join('\n'));
 * }
 */
export class RosterError extends Error {
  override readonly name = 'RosterError';

  /** The problems in the order of files and lines, without duplicates. */
  readonly problems: readonly Problem[];

  /** @param isComplete false if there are more problems than these */
  constructor(
    problems: readonly Problem[],
    readonly isComplete = true,
  ) {
    const sorted = inOrder(problems);
    super(sorted.map(problemText).join('\n'));
    this.problems = sorted;
  }
}

/**
 * `roster.yaml:12:7: MESSAGE`, on one line. Editors and terminals make it a link.
 *
 * @example
 * problemText({ file: 'roster.yaml', line: 12, column: 7, message: 'customer "acme": name is required' });
 * // 'roster.yaml:12:7: customer "acme": name is required'
 */
export function problemText({ file, line, column, message }: Problem): string {
  return readableLine(`${file}:${line}:${column}: ${message}`);
}

function inOrder(problems: readonly Problem[]): Problem[] {
  const byText = new Map(problems.map((problem) => [problemText(problem), problem]));
  return [...byText.values()].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
}

/** Limits the number of problems that are kept. All files of a roster share one. */
export class Room {
  private left = MOST_PROBLEMS;
  /** True if a problem was not kept. */
  isExceeded = false;

  /** Reserves a place for one more problem. @returns false if none is left */
  take(): boolean {
    this.isExceeded ||= this.left === 0;
    return this.left > 0 && this.left-- > 0;
  }
}

/** A file of a roster. It collects the problems of the file. */
export class SourceFile {
  readonly problems: Problem[] = [];
  /** The line from which the file could not be read. Later problems may be consequences. */
  brokenAt = Number.POSITIVE_INFINITY;
  /** Number of problems that occurred while the file was read. Problems of its contents follow them. */
  private problemsOfReading = 0;

  /** @param name as in {@link Place} */
  constructor(
    readonly name: string,
    private readonly room = new Room(),
  ) {}

  place(line = 1, column = 1): Place {
    return { file: this.name, line, column };
  }

  report(message: string, place: Position | (() => Position) = this.place()): void {
    if (!this.room.take()) return;
    const { line, column } = typeof place === 'function' ? place() : place;
    this.problems.push({ ...this.place(line, column), message: shortened(message, LONGEST_MESSAGE) });
  }

  /** Reports a problem that makes the rest of the file unreadable. */
  broken(message: string, place: Position = this.place()): void {
    this.brokenAt = Math.min(this.brokenAt, place.line);
    this.report(message, place);
  }

  /** Marks the end of reading: later problems are about the contents. */
  wasRead(): void {
    this.problemsOfReading = this.problems.length;
  }

  /**
   * The problems without probable consequences of others.
   * @param amongBroken true if a file of the roster is broken, so that references to its contents can't be checked
   */
  realProblems(amongBroken: boolean): Problem[] {
    if (!amongBroken) return this.problems;
    const isBroken = this.brokenAt < Number.POSITIVE_INFINITY;
    return this.problems.filter(({ line }, index) =>
      isBroken ? line <= this.brokenAt : index < this.problemsOfReading,
    );
  }
}
