import { Composer, type Document, Lexer, type LineCounter, Parser } from 'yaml';

/**
 * Most levels of nesting. A roster has fewer than ten. With thousands the library would overflow the stack, and Node.js
 * may then exit without an error that could be caught.
 */
export const MOST_NESTED = 100;

/** Thrown for a text that can't be parsed at all. */
export class UnparsableError extends Error {
  override readonly name = 'UnparsableError';

  constructor(
    message: string,
    /** Offset in the text, in characters. */
    readonly offset: number,
  ) {
    super(message);
  }
}

/**
 * Parses YAML 1.2 with merge keys. The returned document contains the errors that leave other parts readable.
 * @throws UnparsableError
 */
export function parse(text: string, lines: LineCounter): Document {
  // With `uniqueKeys` the library takes quadratic time; nodes.ts finds duplicate names in linear time.
  const composer = new Composer({ merge: true, logLevel: 'silent', uniqueKeys: false });
  const [document, second] = composer.compose(tokens(text, lines), true, text.length);
  if (document === undefined) throw new UnparsableError('is empty', 0);
  if (second)
    throw new UnparsableError('a second document begins here (---); a file of a roster has one', second.range[0]);
  return document;
}

/** Tokenizes the text, which needs no deep stack, and checks the nesting before the composer runs. */
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
