import { isScalar, LineCounter, type Node } from 'yaml';
import type { Path, Place, Problem } from '../problems';
import { find } from './find';
import { targetsOf } from './nodes';
import { parse, UnparsableError } from './parse';
import { Values } from './values';

/** A YAML (or JSON) file with the places of its values. */
export interface YamlFile {
  /** Plain values; undefined where the file is empty or can't be understood at all. */
  data: unknown;
  /** Place of a value; of the key where `key` is true; of the nearest value around where there is none. */
  place(path: Path, key?: boolean): Place;
  /** How a value is written: a number without quotes loses its leading zeros otherwise. */
  written(path: Path): string | undefined;
  /** The file can't be trusted to be read right from this line on. */
  brokenAt: number;
}

/** What of yaml's errors leaves the rest of the file as it is. */
const HARMLESS = new Set(['DUPLICATE_KEY']);

/** Reads YAML 1.2, with anchors, aliases and merge keys (`<<`). All that is wrong is pushed to `problems`. */
export function readYaml(text: string, file: string, problems: Problem[]): YamlFile {
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  try {
    return fileOf(parse(text, lines), placeAt, problems);
  } catch (error) {
    if (!(error instanceof UnparsableError)) throw error;
    const place = placeAt(error.offset);
    problems.push({ ...place, message: error.message });
    return {
      data: undefined,
      place: () => ({ ...place, line: 1, column: 1 }),
      written: () => undefined,
      brokenAt: place.line,
    };
  }
}

function fileOf(document: ReturnType<typeof parse>, placeAt: (offset: number) => Place, problems: Problem[]): YamlFile {
  let brokenAt = Number.POSITIVE_INFINITY;
  for (const { code, message, pos } of document.errors) {
    const place = placeAt(pos[0]);
    if (!HARMLESS.has(code)) brokenAt = Math.min(brokenAt, place.line);
    problems.push({ ...place, message: code === 'DUPLICATE_KEY' ? 'this name is already used above' : message });
  }
  const fail = (node: Node, message: string) => {
    const place = placeAt(node.range?.[0] ?? 0);
    brokenAt = Math.min(brokenAt, place.line);
    problems.push({ ...place, message });
  };
  const targets = targetsOf(document);
  const data = document.contents ? new Values(targets, fail).of(document.contents) : undefined;
  return {
    data,
    brokenAt,
    place: (path, key = false) => {
      const found = find(document.contents, path, targets);
      const node = key && found.pair ? (found.pair.key as Node) : found.node;
      return placeAt(node?.range?.[0] ?? 0);
    },
    written: (path) => {
      const { node, complete } = find(document.contents, path, targets);
      return complete && isScalar(node) ? node.source : undefined;
    },
  };
}
