import { readableLine, shortened } from '../../dynamic/readable';

/** Where something is in a roster, as editors count: the first line is 1, and so is the first column. */
export interface Place {
  /** As it was given on the command line, or below the folder that was given. */
  file: string;
  line: number;
  column: number;
}

/** A place within its file. */
export type Position = Pick<Place, 'line' | 'column'>;

/** Steps into a value: names and indexes. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with a roster. */
export interface Problem extends Place {
  /** The object, the problem and what to do: `customer "acme": address.country "USA" must …`. */
  message: string;
}

/**
 * The most problems of a roster that are kept and shown: nobody reads more, and a file that is no roster could have
 * millions.
 */
export const MOST_PROBLEMS = 1000;

/** The longest message that is kept, in characters: it may quote a field of any length. */
const LONGEST_MESSAGE = 2000;

/** Thrown with what is wrong with a roster, up to {@link MOST_PROBLEMS}. Nothing was started. */
export class RosterError extends Error {
  override readonly name = 'RosterError';

  /** In the order of files and lines; the same problem at the same place once. */
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

/** `roster.yaml:12:7: MESSAGE`, on one line. Editors and terminals make a link of it. */
export function problemText({ file, line, column, message }: Problem): string {
  return readableLine(`${file}:${line}:${column}: ${message}`);
}

function inOrder(problems: readonly Problem[]): Problem[] {
  const byText = new Map(problems.map((problem) => [problemText(problem), problem]));
  return [...byText.values()].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
}

/** How many more problems of a roster are kept; its files share one. */
export class Room {
  private left = MOST_PROBLEMS;
  /** A problem was not kept. */
  isExceeded = false;

  /** Takes a place for one more problem. @returns false if there is none left */
  take(): boolean {
    this.isExceeded ||= this.left === 0;
    return this.left > 0 && this.left-- > 0;
  }
}

/** A file of a roster. What is wrong with it is reported here, and everything that is read of it knows it. */
export class SourceFile {
  readonly problems: Problem[] = [];
  /** From this line on, the file could not be read: other problems may be consequences. */
  brokenAt = Number.POSITIVE_INFINITY;
  /** Problems of reading it; those of its contents follow. */
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

  /** Reports what makes the rest of the file unreadable. */
  broken(message: string, place: Position = this.place()): void {
    this.brokenAt = Math.min(this.brokenAt, place.line);
    this.report(message, place);
  }

  /** Everything was read; what is reported from now on is about the contents. */
  wasRead(): void {
    this.problemsOfReading = this.problems.length;
  }

  /** @param amongBroken some file of the roster is broken, so that what depends on it can't be judged */
  realProblems(amongBroken: boolean): Problem[] {
    if (!amongBroken) return this.problems;
    const isBroken = this.brokenAt < Number.POSITIVE_INFINITY;
    return this.problems.filter(({ line }, index) =>
      isBroken ? line <= this.brokenAt : index < this.problemsOfReading,
    );
  }
}
