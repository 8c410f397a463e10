import { createInterface } from 'node:readline/promises';
import { createLogUpdate } from 'log-update';
import { readable, readableLine } from '../dynamic/readable';

// Only this file writes to a terminal or a pipeline's log. The texts quote rosters, Webex and Pulumi; none of these
// quotations may control a terminal, or be run as a command by a pipeline.

/** Prints a text and a line break. Line breaks in it stay. */
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

/** Prints lines to stderr, each as one line whatever it quotes. */
export function printErrorLines(lines: readonly string[]): void {
  process.stderr.write(`${lines.map((line) => readableLine(line)).join('\n')}\n`);
}

/** Asks a question that is answered with `yes` or anything else. */
export async function agrees(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(readableLine(`${question} Type yes: `));
  terminal.close();
  return answer.trim() === 'yes';
}

/** Resolves when everything was written, which a pipe takes its time for. */
export function written(): Promise<void> {
  return new Promise((resolve) => process.stdout.write('', () => resolve()));
}

/** Lines that stay, and below them a status line that is written over, on a terminal. */
export interface Screen {
  /** False where output goes to a file or a pipe: a status can't be written over there. */
  readonly isTerminal: boolean;
  /** Prints a line that stays. */
  line(text: string): void;
  /** Shows the status in place of the one before; elsewhere than on a terminal as a line of its own. */
  status(text: string): void;
  /** Takes the status away. */
  close(): void;
}

/** The screen of a stream: by default that of the command. */
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
    // A status that is wider than the terminal would take several rows, and leave some of them behind.
    status: (text) => status(readableLine(text).slice(0, Math.max(0, (stream.columns ?? 80) - 1))),
    close: () => {
      status.clear();
      status.done();
    },
  };
}
