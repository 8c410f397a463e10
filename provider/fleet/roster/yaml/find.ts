import { isAlias, isMap, isPair, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Path } from '../problems';
import { isMerge, nameOf, sources, type Targets } from './nodes';

/** What a path leads to. */
export interface FoundNode {
  node: Node | undefined;
  /** The pair whose value it is. */
  pair?: Pair;
  /** The whole path was found. */
  complete: boolean;
}

/** The node at a path, or the nearest one on the way there. Aliases and merge keys are followed. */
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
    // A name without a value (`city:`) has the place of the name.
    node = inside ?? ((next as Pair).key as Node);
  }
  return { node, complete: true, ...(pair && { pair }) };
}

/**
 * Finds the pair of a name in a map, or in a map that it merges. Each map is searched once: otherwise nested merge keys
 * would take exponential time, and a map that merges itself would never end.
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

/** The first pair of each name. Kept, because each of many problems with a map looks for its place in it. */
function ownPairs(map: YAMLMap): ReadonlyMap<string, Pair> {
  let pairs = known.get(map);
  if (pairs === undefined) {
    const own = map.items.filter((pair) => !isMerge(pair)).reverse();
    pairs = new Map(own.map((pair) => [nameOf(pair), pair]));
    known.set(map, pairs);
  }
  return pairs;
}
