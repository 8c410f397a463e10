/** The most levels of nesting in an answer. Cisco's documents have fewer than ten. */
const DEEPEST = 100;

/** Parses JSON, or says why that fails. Deep nesting is found before parsing, which would take a gigabyte of memory. */
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
 * Copies a value without its nulls: the API sends null for a missing field (e.g. `phoneNumber` of an extension), and
 * its documents have no nullable field.
 * @param hide removes secrets from each text, since escapes of JSON may have hidden one so far
 */
export function withoutNulls(value: unknown, hide: (text: string) => string): unknown {
  if (typeof value === 'string') return hide(value);
  if (Array.isArray(value)) return value.filter((item) => item !== null).map((item) => withoutNulls(item, hide));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      // Copying an object with this key by assignment changes the prototype of the copy.
      .filter(([key, entry]) => entry !== null && key !== '__proto__')
      .map(([key, entry]) => [key, withoutNulls(entry, hide)]),
  );
}
