import type { Path, Place, Problem } from './problems';

/** Something that a roster declares, as it is written, with the places of its parts. */
export interface Written {
  data: Record<string, unknown>;
  place(path?: Path, key?: boolean): Place;
  written?(path: Path): string | undefined;
}

/** The objects in a list of a file; what is none is a problem. */
export function parts(from: Written, name: string, problems: Problem[]): Written[] {
  const list = from.data[name] ?? [];
  if (!Array.isArray(list)) {
    problems.push({ ...from.place([name]), message: `${name} must be a list` });
    return [];
  }
  return list.flatMap((data: unknown, index) => {
    if (isObject(data)) return [partOf(from, [name, index], data)];
    problems.push({ ...from.place([name, index]), message: `${name}[${index}] must be an object` });
    return [];
  });
}

/** A part of a file, with the places below it. */
export function partOf(from: Written, prefix: (string | number)[], data: Record<string, unknown>): Written {
  return {
    data,
    place: (path = [], key) => from.place([...prefix, ...path], key),
    written: (path) => from.written?.([...prefix, ...path]),
  };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
