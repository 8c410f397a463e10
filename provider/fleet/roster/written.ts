import type { Path, Place } from './problems';

/** An object as written in a roster, with the places of its parts. */
export interface Written {
  data: Record<string, unknown>;
  place(path?: Path, key?: boolean): Place;
  /** Reports a problem at the value of a part, or at its name if `key` is true. */
  report(message: string, path?: Path, key?: boolean): void;
  /** The text of a value in the file, which may differ from the value: `0101` is the number 101. */
  written?(path: Path): string | undefined;
  /** True if a text is meant with all its characters, invisible ones too. */
  isExact?(path: Path): boolean;
  /**
   * For a row: true if its file has no column for a required property. The missing column is reported once.
   */
  lacksColumn?(path: Path): boolean;
}

/** The objects in a list of a file. Reports items that are no objects. */
export function parts(from: Written, name: string): Written[] {
  const list = from.data[name] ?? [];
  if (!Array.isArray(list)) {
    from.report(`${name} must be a list`, [name]);
    return [];
  }
  return list.flatMap((data: unknown, index) => {
    if (isObject(data)) return [partOf(from, [name, index], data)];
    from.report(`${name}[${index}] must be an object`, [name, index]);
    return [];
  });
}

/** A part of a file, with paths relative to it. */
export function partOf(from: Written, prefix: (string | number)[], data: Record<string, unknown>): Written {
  return {
    data,
    place: (path = [], key) => from.place([...prefix, ...path], key),
    report: (message, path = [], key) => from.report(message, [...prefix, ...path], key),
    written: (path) => from.written?.([...prefix, ...path]),
    isExact: (path) => from.isExact?.([...prefix, ...path]) === true,
  };
}

/** Whether a value is an object with named properties, and no list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
