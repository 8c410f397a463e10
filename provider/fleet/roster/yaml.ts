import { type Alias, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import type { Path, Place, Problem } from './problems';
import { find } from './yaml-find';
import { isMerge, nameOf, sources, type Targets, targetsOf } from './yaml-nodes';

/** Values that the aliases of a file may stand for, all together: more is a mistake, or an attack. */
const MOST_ALIASED = 1_000_000;

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

/** Parses YAML 1.2, with anchors, aliases and merge keys (`<<`). All that is wrong is pushed to `problems`. */
export function readYaml(text: string, file: string, problems: Problem[]): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false, logLevel: 'silent' });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  let brokenAt = Number.POSITIVE_INFINITY;
  for (const { code, message, pos } of document.errors) {
    const place = placeAt(pos[0]);
    if (!HARMLESS.has(code)) brokenAt = Math.min(brokenAt, place.line);
    problems.push({ ...place, message: code === 'DUPLICATE_KEY' ? 'this name is already used above' : message });
  }
  const fail = (node: Node, message: string) => void problems.push({ ...placeAt(node.range?.[0] ?? 0), message });
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

/** Makes plain values of nodes: aliases are resolved, merge keys merged, and `__proto__` is a name like any other. */
class Values {
  private aliased = 0;
  /** How many aliases lead here. */
  private depth = 0;
  private readonly within = new Set<Node>();

  constructor(
    private readonly targets: Targets,
    private readonly fail: (node: Node, message: string) => void,
  ) {}

  of(node: unknown): unknown {
    if (this.depth > 0 && ++this.aliased > MOST_ALIASED) {
      if (this.aliased === MOST_ALIASED + 1)
        this.fail(
          node as Node,
          `aliases stand for more than ${MOST_ALIASED} values; write what is common into defaults`,
        );
      return undefined;
    }
    if (isAlias(node)) return this.ofAlias(node);
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return this.guarded(node, () => node.items.map((item) => this.of(item)));
    if (isMap(node)) return this.guarded(node, () => this.ofMap(node));
    return undefined;
  }

  private ofAlias(alias: Alias): unknown {
    const target = this.targets.get(alias);
    if (target === undefined) {
      this.fail(alias, `there is no anchor &${alias.source} above`);
      return undefined;
    }
    this.depth++;
    try {
      return this.of(target);
    } finally {
      this.depth--;
    }
  }

  private guarded<T>(node: Node, make: () => T): T | undefined {
    if (this.within.has(node)) {
      this.fail(node, 'is part of itself, through an alias');
      return undefined;
    }
    this.within.add(node);
    try {
      return make();
    } finally {
      this.within.delete(node);
    }
  }

  private ofMap(map: YAMLMap): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const merged of map.items.filter(isMerge).flatMap((pair) => sources(pair, this.targets))) {
      const values = this.of(merged);
      if (typeof values === 'object' && values !== null && !Array.isArray(values)) {
        for (const [name, value] of Object.entries(values)) if (!Object.hasOwn(result, name)) set(result, name, value);
      }
    }
    for (const pair of map.items) if (!isMerge(pair)) set(result, nameOf(pair), this.of(pair.value));
    return result;
  }
}

/** Assigning to `__proto__` would change the object's prototype instead. */
function set(target: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
