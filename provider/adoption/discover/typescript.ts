/** A piece of code in a printed value, such as a reference to a variable. */
export class Code {
  constructor(
    readonly text: string,
    /** Comment behind the value, on the same line. */
    readonly comment?: string,
  ) {}
}

/** Columns of a line. A value that fits is not broken into lines. */
const WIDTH = 100;

/**
 * Prints a value as formatted TypeScript: an object or list that fits on the line stays on it. Omits undefined
 * properties.
 * @param column column at which the value begins
 */
export function printed(value: unknown, indent = 0, column = indent): string {
  const flat = onOneLine(value);
  if (flat !== undefined && column + flat.length <= WIDTH) return flat;
  const inner = ' '.repeat(indent + 2);
  const end = `\n${' '.repeat(indent)}`;
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => `${inner}${printed(item, indent + 2)},\n`).join('')}${end.slice(1)}]`;
  }
  if (typeof value !== 'object' || value === null || value instanceof Code) return flat ?? '';
  const lines = entriesOf(value).map(([key, item]) => {
    const name = keyText(key);
    if (item instanceof Code && item.text === name) return `${inner}${name},${commentOf(item)}\n`;
    return `${inner}${name}: ${printed(item, indent + 2, indent + 4 + name.length)},${commentOf(item)}\n`;
  });
  return `{\n${lines.join('')}${end.slice(1)}}`;
}

function commentOf(value: unknown): string {
  return value instanceof Code && value.comment !== undefined ? ` // ${value.comment}` : '';
}

/** The value on one line; undefined if a comment needs its own line. */
function onOneLine(value: unknown): string | undefined {
  if (value instanceof Code) return value.text;
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const parts = Array.isArray(value)
    ? value.map(onOneLine)
    : entriesOf(value).map(([key, item]) => {
        if (commentOf(item) !== '') return undefined;
        const name = keyText(key);
        if (item instanceof Code && item.text === name) return name;
        const text = onOneLine(item);
        return text === undefined ? undefined : `${name}: ${text}`;
      });
  if (parts.includes(undefined)) return undefined;
  if (Array.isArray(value)) return `[${parts.join(', ')}]`;
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

function entriesOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, item]) => item !== undefined);
}

/**
 * Characters that end a line in some languages or are invisible: control characters, characters without width, and
 * characters that change the direction of text, with which a name could make code look like other code.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A text in single quotes, or in double quotes if it has single ones. */
export function quoted(text: string): string {
  const double = JSON.stringify(text).replace(UNSEEN, escaped);
  if (text.includes("'")) return double;
  return `'${double.slice(1, -1).replaceAll('\\"', '"')}'`;
}

/** The escape of a character as in JSON: a character above U+FFFF as its two surrogates. */
export function escaped(character: string): string {
  return character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function keyText(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}

/** A text for a comment of one line, in TypeScript and in YAML. */
export function commentText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
}
