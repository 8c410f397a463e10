import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { tidy } from '../characters';
import { isMerge, nameOf, sources, type Targets } from './nodes';

/** Values that aliases and merge keys of a file may stand for, all together: more is a mistake, or an attack. */
const MOST_ALIASED = 1_000_000;

/** What a node was made into. */
interface Made {
  value: unknown;
  /** Values in it, itself included. */
  size: number;
  /** Of these, the ones that stand elsewhere, and are here through an alias or a merge key. */
  aliased: number;
}

const NOTHING: Made = { value: undefined, size: 0, aliased: 0 };

/**
 * Makes plain values of nodes: aliases are resolved, merge keys merged, and `__proto__` is a name like any other. The
 * value of a node is made once and shared by all of its aliases, so that the time depends on the length of the text.
 */
export class Values {
  private readonly known = new Map<Node, Made>();
  private readonly within = new Set<Node>();
  private tooMany = false;

  constructor(
    private readonly targets: Targets,
    private readonly fail: (node: Node, message: string) => void,
  ) {}

  of(node: Node): unknown {
    return this.made(node).value;
  }

  private made(node: unknown): Made {
    if (isAlias(node)) return this.ofAlias(node);
    if (isScalar(node)) return { value: textOf(node.value), size: 1, aliased: 0 };
    if (!isSeq(node) && !isMap(node)) return NOTHING;
    const known = this.known.get(node);
    if (known) return known;
    if (this.within.has(node)) {
      this.fail(node, 'is part of itself, through an alias or a merge key');
      return NOTHING;
    }
    this.within.add(node);
    const made = this.bounded(node, isMap(node) ? this.ofMap(node) : this.ofList(node.items));
    this.within.delete(node);
    this.known.set(node, made);
    return made;
  }

  private bounded(node: Node, made: Made): Made {
    if (made.aliased <= MOST_ALIASED) return made;
    const message = `aliases and merge keys stand for more than ${MOST_ALIASED} values; write what is common into defaults`;
    if (!this.tooMany) this.fail(node, message);
    this.tooMany = true;
    return NOTHING;
  }

  private ofAlias(alias: Alias): Made {
    const target = this.targets.get(alias);
    if (target !== undefined) return elsewhere(this.made(target));
    this.fail(alias, `there is no anchor &${alias.source} above`);
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
      .map((source) => elsewhere(this.made(source)));
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

function elsewhere(made: Made): Made {
  return { ...made, aliased: made.size };
}

function sum(parts: readonly Made[]): Pick<Made, 'size' | 'aliased'> {
  const total = (of: 'size' | 'aliased') => parts.reduce((before, part) => before + part[of], 0);
  return { size: 1 + total('size'), aliased: total('aliased') };
}

/** Assigning to `__proto__` would change the object's prototype instead. */
function set(target: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
