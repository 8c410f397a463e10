import { isScalar, LineCounter, type Node } from 'yaml';
import type { Path, Place, SourceFile } from '../problems';
import { find } from './find';
import { duplicateNames, isExact, targetsOf } from './nodes';
import { parse, UnparsableError } from './parse';
import { Values } from './values';

/** A YAML (or JSON) file with the places of its values. */
export interface YamlFile {
  /** Plain values; undefined if the file is empty or can't be parsed. */
  data: unknown;
  /** Place of a value, or of its name if `key` is true; if there is no such value, of the nearest one around. */
  place(path?: Path, key?: boolean): Place;
  report(message: string, path?: Path, key?: boolean): void;
  /** The text of a value in the file, for example with the leading zeros of a number. */
  written(path: Path): string | undefined;
  /** True if the text of a value is meant as it is, with all its characters. */
  isExact(path: Path): boolean;
}

/** Reads YAML 1.2, with anchors, aliases and merge keys (`<<`). */
export function readYaml(text: string, file: SourceFile): YamlFile {
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return file.place(Math.max(1, line), Math.max(1, col));
  };
  try {
    return fileOf(parse(text, lines), placeAt, file);
  } catch (error) {
    if (!(error instanceof UnparsableError)) throw error;
    file.broken(error.message, placeAt(error.offset));
    const place = () => file.place();
    return {
      data: undefined,
      place,
      report: (message) => file.report(message),
      written: () => undefined,
      isExact: () => false,
    };
  }
}

function fileOf(document: ReturnType<typeof parse>, placeAt: (offset: number) => Place, file: SourceFile): YamlFile {
  for (const { message, pos } of document.errors) file.broken(message, placeAt(pos[0]));
  for (const name of duplicateNames(document))
    file.report('this name is already used above', placeAt(name.range?.[0] ?? 0));
  const fail = (node: Node, message: string) => file.broken(message, placeAt(node.range?.[0] ?? 0));
  const targets = targetsOf(document);
  const data = document.contents ? new Values(targets, fail).of(document.contents) : undefined;
  const place = (path: Path = [], key = false) => {
    const found = find(document.contents, path, targets);
    const node = key && found.pair ? (found.pair.key as Node) : found.node;
    return placeAt(node?.range?.[0] ?? 0);
  };
  return {
    data,
    place,
    report: (message, path, key) => file.report(message, place(path, key)),
    written: (path) => {
      const { node, complete } = find(document.contents, path, targets);
      return complete && isScalar(node) ? node.source : undefined;
    },
    isExact: (path) => isExact(find(document.contents, path, targets).node),
  };
}
