import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { tidy } from '../characters';
import { isExact, isMerge, nameOf, sources, type Targets } from './nodes';
import { MOST_NESTED } from './parse';

/** Most values that all aliases and merge keys of a file may expand to. More is a mistake or an attack. */
const MOST_ALIASED = 1_000_000;

/** The value of a node. */
interface Made {
  value: unknown;
  /** Number of values in it, including itself. */
  size: number;
  /** Levels of nested lists and objects, including itself. */
  depth: number;
}

const NOTHING: Made = { value: undefined, size: 0, depth: 0 };

/**
 * Converts nodes to plain values: resolves aliases, applies merge keys, and treats `__proto__` as an ordinary name. All
 * aliases of a node share one value, so that the time depends on the length of the text.
 */
export class Values {
  private readonly known = new Map<Node, Made>();
  private readonly within = new Set<Node>();
  /** Number of values that aliases and merge keys have expanded to so far. */
  private aliased = 0;
  /** True after a limit was exceeded, which is reported once. The rest of the file is then ignored. */
  private isTooMuch = false;

  constructor(
    private readonly targets: Targets,
    private readonly fail: (node: Node, message: string) => void,
  ) {}

  of(node: Node): unknown {
    const { value } = this.made(node);
    return this.isTooMuch ? undefined : value;
  }

  private made(node: unknown): Made {
    if (isAlias(node)) return this.ofAlias(node);
    if (isScalar(node)) return { value: isExact(node) ? node.value : textOf(node.value), size: 1, depth: 0 };
    if (!isSeq(node) && !isMap(node)) return NOTHING;
    const known = this.known.get(node);
    if (known) return known;
    if (this.within.has(node)) {
      this.fail(node, 'is part of itself, through an alias or a merge key');
      return NOTHING;
    }
    this.within.add(node);
    const made = isMap(node) ? this.ofMap(node) : this.ofList(node.items);
    this.within.delete(node);
    this.known.set(node, made);
    return made;
  }

  private ofAlias(alias: Alias): Made {
    const target = this.targets.get(alias);
    if (target !== undefined) return this.elsewhere(alias, this.made(target));
    this.fail(alias, `there is no anchor &${alias.source} above`);
    return NOTHING;
  }

  /** A value that is used through an alias or a merge key. Its size is counted before it is copied. */
  private elsewhere(node: Node, made: Made): Made {
    this.aliased += made.size;
    if (this.aliased > MOST_ALIASED) {
      const message = `aliases and merge keys stand for more than ${MOST_ALIASED} values; write what is common into defaults`;
      return this.tooMuch(node, message);
    }
    // Aliases can nest deeply in a flat text (each list contains an alias of the last one), and readers are recursive.
    if (made.depth >= MOST_NESTED)
      return this.tooMuch(
        node,
        `lists or objects are nested more than ${MOST_NESTED} levels deep here, through aliases`,
      );
    return this.isTooMuch ? NOTHING : made;
  }

  private tooMuch(node: Node, message: string): Made {
    if (!this.isTooMuch) this.fail(node, message);
    this.isTooMuch = true;
    return NOTHING;
  }

  private ofList(items: readonly unknown[]): Made {
    const made = items.map((item) => this.made(item));
    return { value: made.map(({ value }) => value), ...sum(made) };
  }

  private ofMap(map: YAMLMap): Made {
    const result: Record<string, unknown> = {};
    const merged = map.items
      .filter(isMerge)
      .flatMap((pair) => sources(pair, this.targets))
      .map((source) => (isAlias(source) ? this.made(source) : this.elsewhere(source, this.made(source))));
    for (const { value } of merged) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
      for (const [name, each] of Object.entries(value)) if (!Object.hasOwn(result, name)) set(result, name, each);
    }
    const own = map.items
      .filter((pair) => !isMerge(pair))
      .map((pair) => ({ name: nameOf(pair), ...this.made(pair.value) }));
    for (const { name, value } of own) set(result, name, value);
    return { value: result, ...sum([...merged, ...own]) };
  }
}

function textOf(value: unknown): unknown {
  return typeof value === 'string' ? tidy(value) : value;
}

/** Size and depth of a list or object with these parts. */
function sum(parts: readonly Made[]): Pick<Made, 'size' | 'depth'> {
  return parts.reduce(
    (before, { size, depth }) => ({ size: before.size + size, depth: Math.max(before.depth, depth + 1) }),
    { size: 1, depth: 1 },
  );
}

/** Assigning to `__proto__` would change the object's prototype instead. */
function set(target: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
