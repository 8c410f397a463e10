import { isAlias, isMap, isPair, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Path } from '../problems';
import { isMerge, nameOf, sources, type Targets } from './nodes';

/** The node at a path. */
export interface FoundNode {
  node: Node | undefined;
  /** The pair of which the node is the value. */
  pair?: Pair;
  /** True if the whole path was found. */
  complete: boolean;
}

/** Finds the node at a path, or the last one on the way there. Follows aliases and merge keys. */
export function find(root: Node | null, path: Path, targets: Targets): FoundNode {
  let node = root ?? undefined;
  let pair: Pair | undefined;
  for (const step of path) {
    const holder = isAlias(node) ? targets.get(node) : node;
    const next = isMap(holder)
      ? pairOf(holder, String(step), targets)
      : isSeq(holder)
        ? (holder.items[Number(step)] as Node | undefined)
        : undefined;
    if (next === undefined || next === null) return { node, complete: false, ...(pair && { pair }) };
    pair = isPair(next) ? next : undefined;
    const inside = isPair(next) ? (next.value as Node | null) : next;
    // For a name without a value (`city:`) use the place of the name.
    node = inside ?? ((next as Pair).key as Node);
  }
  return { node, complete: true, ...(pair && { pair }) };
}

/**
 * Finds the pair of a name in a map or in the maps that it merges. Searches each map once: otherwise nested merge keys
 * would take exponential time, and a map that merges itself would loop.
 */
function pairOf(map: YAMLMap, name: string, targets: Targets, visited = new Set<YAMLMap>()): Pair | undefined {
  if (visited.has(map)) return undefined;
  visited.add(map);
  const own = ownPairs(map).get(name);
  if (own) return own;
  for (const source of map.items.filter(isMerge).flatMap((pair) => sources(pair, targets))) {
    const target = isAlias(source) ? targets.get(source) : source;
    const found = isMap(target) ? pairOf(target, name, targets, visited) : undefined;
    if (found) return found;
  }
  return undefined;
}

const known = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

/** The first pair of each name. Cached, because a map may have many problems with places to look up. */
function ownPairs(map: YAMLMap): ReadonlyMap<string, Pair> {
  let pairs = known.get(map);
  if (pairs === undefined) {
    const own = map.items.filter((pair) => !isMerge(pair)).reverse();
    pairs = new Map(own.map((pair) => [nameOf(pair), pair]));
    known.set(map, pairs);
  }
  return pairs;
}
