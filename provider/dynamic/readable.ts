/**
 * Messages quote inputs of a program or roster, and answers of a server. Only this file makes such texts safe for a
 * terminal, for the log of a pipeline, and for readers.
 *
 * Characters that control a terminal or can't be seen: control characters, halves of surrogate pairs, changes of
 * direction, characters without width, and spaces that look like others.
 */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/**
 * Texts in a log that a pipeline runs as commands: `::error ...` at the beginning of a line (GitHub, also after
 * spaces), `##[error]` and `##vso[...]` anywhere (GitHub, Azure Pipelines), `##teamcity[...]`.
 */
const PIPELINE_COMMAND = /^(\s*):(?=:)|#(?=#(?:\[|vso\[|teamcity\[))/gim;

/** Longest text that is shown whole, in characters of JavaScript. */
const LONGEST = 4000;

/** Makes a text safe to show, and shortens a long one. Any other text stays unchanged; line breaks are kept. */
export function readable(text: string, longest = LONGEST): string {
  return shortened(text, longest)
    .replace(UNSHOWABLE, (character) => (character === '\n' ? character : escaped(character)))
    .replace(PIPELINE_COMMAND, (found, before = '') => `${before}${escaped(found.at(-1) ?? '')}`);
}

/** Shortens a long text, and keeps none of the rest in memory. */
export function shortened(text: string, longest = LONGEST): string {
  if (text.length <= longest) return text;
  // A slice would keep the whole text alive.
  return `${structuredClone(text.slice(0, longest))}… (${text.length} characters)`;
}

/** Like {@link readable}, on one line. */
export function readableLine(text: string, longest = LONGEST): string {
  return readable(text, longest).replaceAll('\n', '\\n');
}

/** The escape of a character, e.g. `\u200b`; two escapes for a character that JavaScript stores in two halves. */
function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, index) => hex(character.charCodeAt(index))).join('');
}

function hex(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
