/**
 * What a terminal would obey or could not show: control characters, halves of surrogate pairs, changes of direction.
 * Inputs of a program and answers of a server are quoted in messages, and neither may write to a terminal.
 */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;

/** Longest text that is shown whole, in characters of JavaScript. */
const LONGEST = 4000;

/** A text as it can be shown to people: one that is harmless and not too long stays as it is. Lines stay lines. */
export function readable(text: string, longest = LONGEST): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text;
  return cut.replace(UNSHOWABLE, (character) => (character === '\n' ? character : escaped(character)));
}

/** As {@link readable}, on one line. */
export function readableLine(text: string, longest = LONGEST): string {
  return readable(text, longest).replaceAll('\n', '\\n');
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
