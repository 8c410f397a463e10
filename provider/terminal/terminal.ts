import { createInterface } from 'node:readline/promises';
import { createLogUpdate } from 'log-update';
import { readable, readableLine } from '../dynamic/readable';

// Only this file writes to a terminal or a pipeline's log. The texts quote rosters, Webex and Pulumi. No quotation may
// control the terminal or run as a command of the pipeline.

/** Prints a text and a line break. Keeps line breaks in the text. */
export function print(text: string): void {
  process.stdout.write(`${readable(text)}\n`);
}

/** `1 customer`, `2 customers`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Prints an error to stderr: `webex-wholesale: MESSAGE`. */
export function printError(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${readable(`webex-wholesale: ${message}`)}\n`);
}

/** Prints lines to stderr, with line breaks inside a line escaped. */
export function printErrorLines(lines: readonly string[]): void {
  process.stderr.write(`${lines.map((line) => readableLine(line)).join('\n')}\n`);
}

/** Asks a question. @returns true if the answer is `yes` */
export async function agrees(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(readableLine(`${question} Type yes: `));
  terminal.close();
  return answer.trim() === 'yes';
}

/** Lets the command finish its work where the reader of its output has ended: `discover ... | head`. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

/** Resolves when stdout is flushed: a pipe may be slow. */
export function written(): Promise<void> {
  return new Promise((resolve) => process.stdout.write('', () => resolve()));
}

/** Permanent lines and, on a terminal, a status line below them that is redrawn. */
export interface Screen {
  /** False if the output is a file or a pipe, where a status line can't be redrawn. */
  readonly isTerminal: boolean;
  /** Prints a permanent line. */
  line(text: string): void;
  /** Replaces the status line; without a terminal, prints the status as a line. */
  status(text: string): void;
  /** Removes the status line. */
  close(): void;
}

/** The screen of a stream; by default stdout. */
export function screenOn(stream: NodeJS.WriteStream = process.stdout): Screen {
  const isTerminal = stream.isTTY === true;
  const line = (text: string) => void stream.write(`${readable(text)}\n`);
  if (!isTerminal) return { isTerminal, line, status: line, close: () => {} };
  const status = createLogUpdate(stream);
  return {
    isTerminal,
    line: (text) => {
      // Not persist(), which breaks long lines.
      status.clear();
      line(text);
    },
    // A status wider than the terminal would take several rows, and redrawing would leave some behind.
    status: (text) => status(readableLine(text).slice(0, Math.max(0, (stream.columns ?? 80) - 1))),
    close: () => {
      status.clear();
      status.done();
    },
  };
}
