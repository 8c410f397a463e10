/** Levels of nesting in an answer; the documents have fewer than ten. */
const DEEPEST = 100;

/** A text's JSON value, or why it has none. Deep nesting is found before it is parsed, which would take a gigabyte. */
export function parseJson(text: string): { value: unknown } | { problem: 'no valid JSON' | 'nested too deeply' } {
  if (isDeeperThan(text, DEEPEST)) return { problem: 'nested too deeply' };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { problem: 'no valid JSON' };
  }
}

function isDeeperThan(text: string, most: number): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '"') index = endOfString(text, index);
    else if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    if (depth > most) return true;
  }
  return false;
}

function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === '"') return index;
    if (text[index] === '\\') index++;
  }
  return text.length;
}

/**
 * A copy without nulls: the API sends null for what isn't there (e.g. `phoneNumber` of an extension), its documents
 * have no nullable field.
 * @param hide takes secrets out of each text: JSON's escapes may have hidden one so far
 */
export function withoutNulls(value: unknown, hide: (text: string) => string): unknown {
  if (typeof value === 'string') return hide(value);
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item, hide));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      // An object with that name as a key changes its prototype as soon as somebody copies it by assignment.
      .filter(([key, entry]) => entry !== null && key !== '__proto__')
      .map(([key, entry]) => [key, withoutNulls(entry, hide)]),
  );
}
