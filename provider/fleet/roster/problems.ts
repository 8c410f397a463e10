import { readableLine } from '../../dynamic/readable';

/** Where something is in a roster, as editors count: the first line is 1, and so is the first column. */
export interface Place {
  /** As it was given on the command line, or below the folder that was given. */
  file: string;
  line: number;
  column: number;
}

/** Steps into a value: names and indexes. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with a roster. */
export interface Problem extends Place {
  /** The object, the problem and what to do: `customer "acme": address.country "USA" must …`. */
  message: string;
}

/** Thrown with everything that is wrong with a roster. Nothing was started. */
export class RosterError extends Error {
  override readonly name = 'RosterError';

  /** In the order of files and lines; the same problem at the same place once. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
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

/** A file of a roster. What is wrong with it is reported here, and everything that is read of it knows it. */
export class SourceFile {
  readonly problems: Problem[] = [];
  /** From this line on, the file could not be read: other problems may be consequences. */
  brokenAt = Number.POSITIVE_INFINITY;
  /** Problems of reading it; those of its contents follow. */
  private problemsOfReading = 0;

  /** @param name as in {@link Place} */
  constructor(readonly name: string) {}

  place(line = 1, column = 1): Place {
    return { file: this.name, line, column };
  }

  report(message: string, { line, column }: Pick<Place, 'line' | 'column'> = this.place()): void {
    this.problems.push({ ...this.place(line, column), message });
  }

  /** Reports what makes the rest of the file unreadable. */
  broken(message: string, place: Pick<Place, 'line' | 'column'> = this.place()): void {
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
