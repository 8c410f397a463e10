import { Composer, type Document, Lexer, type LineCounter, Parser } from 'yaml';

/**
 * The most levels of nesting. A roster has fewer than ten; with some thousands the library would overflow the stack,
 * and Node.js can end then without an error to catch.
 */
export const MOST_NESTED = 100;

/** Raised where a text can't be parsed at all. */
export class UnparsableError extends Error {
  override readonly name = 'UnparsableError';

  constructor(
    message: string,
    /** Where, in characters from the beginning. */
    readonly offset: number,
  ) {
    super(message);
  }
}

/**
 * Parses YAML 1.2 with merge keys. Errors that leave something to be read are in the document.
 * @throws UnparsableError
 */
export function parse(text: string, lines: LineCounter): Document {
  // The library would compare each name of a map with all others; nodes.ts finds duplicate names in linear time.
  const composer = new Composer({ merge: true, logLevel: 'silent', uniqueKeys: false });
  const [document, second] = composer.compose(tokens(text, lines), true, text.length);
  if (document === undefined) throw new UnparsableError('is empty', 0);
  if (second)
    throw new UnparsableError('a second document begins here (---); a file of a roster has one', second.range[0]);
  return document;
}

/** Everything is tokens, which needs no deep stack, before the first of it becomes a document. */
function* tokens(text: string, lines: LineCounter) {
  lines.addNewLine(0);
  const parser = new Parser(lines.addNewLine);
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > MOST_NESTED) {
      throw new UnparsableError(`lists or objects are nested more than ${MOST_NESTED} levels deep here`, parser.offset);
    }
  }
  yield* parser.end();
}
