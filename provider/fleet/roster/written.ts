import type { Path, Place } from './problems';

/** Something that a roster declares, as it is written, with the places of its parts. */
export interface Written {
  data: Record<string, unknown>;
  place(path?: Path, key?: boolean): Place;
  /** Reports what is wrong with a part: at its value, or at its name where `key` is true. */
  report(message: string, path?: Path, key?: boolean): void;
  /** How a value is written, where that may differ from what it is. */
  written?(path: Path): string | undefined;
  /**
   * For a row: whether its file has no column for a property that is required. This is one mistake for all rows, and
   * reported once.
   */
  lacksColumn?(path: Path): boolean;
}

/** The objects in a list of a file; what is none is a problem. */
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

/** A part of a file, with the places below it. */
export function partOf(from: Written, prefix: (string | number)[], data: Record<string, unknown>): Written {
  return {
    data,
    place: (path = [], key) => from.place([...prefix, ...path], key),
    report: (message, path = [], key) => from.report(message, [...prefix, ...path], key),
    written: (path) => from.written?.([...prefix, ...path]),
  };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
