/**
 * Inputs of a program or roster, and answers of a server, are quoted in messages. This is the one place that makes them
 * harmless: for a terminal, for the log of a pipeline, and for the eye.
 *
 * What a terminal would obey or nobody could see: control characters, halves of surrogate pairs, changes of direction,
 * characters without width, and spaces that look like others.
 */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/**
 * What a pipeline takes for a command in its log: `::error ...` at the beginning of a line (GitHub; spaces before it don't
 * count), `##[error]` and `##vso[...]` anywhere (GitHub, Azure Pipelines), `##teamcity[...]`.
 */
const PIPELINE_COMMAND = /^(\s*):(?=:)|#(?=#(?:\[|vso\[|teamcity\[))/gim;

/** Longest text that is shown whole, in characters of JavaScript. */
const LONGEST = 4000;

/** A text as it can be shown to people: one that is harmless and not too long stays as it is. Lines stay lines. */
export function readable(text: string, longest = LONGEST): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text;
  return cut
    .replace(UNSHOWABLE, (character) => (character === '\n' ? character : escaped(character)))
    .replace(PIPELINE_COMMAND, (found, before = '') => `${before}${escaped(found.at(-1) ?? '')}`);
}

/** As {@link readable}, on one line. */
export function readableLine(text: string, longest = LONGEST): string {
  return readable(text, longest).replaceAll('\n', '\\n');
}

/** `\u200b`; a character beyond the first 65536 as the two halves that make it. */
function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, index) => hex(character.charCodeAt(index))).join('');
}

function hex(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
