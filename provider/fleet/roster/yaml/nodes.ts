import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, visit } from 'yaml';
import { tidy } from '../characters';

/** The target node of each alias. */
export type Targets = ReadonlyMap<Alias, Node>;

/** Finds the targets of all aliases. Alias.resolve() would search the whole document for each. */
export function targetsOf(document: Document): Targets {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target) targets.set(node, target);
      } else if (node.anchor) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/** Tag of a text with characters that would be corrected or refused: `!exact "a\u200bb"` is in Webex as it is here. */
const EXACT = '!exact';

/** True if a text has the tag `!exact`. */
export function isExact(node: Node | undefined): boolean {
  return node?.tag === EXACT;
}

/** True if a pair is a merge key, `<<`. */
export function isMerge(pair: Pair): boolean {
  return isScalar(pair.key) && (pair.key.value === '<<' || typeof pair.key.value === 'symbol');
}

/** The maps that a merge key merges, in the order of precedence. */
export function sources(pair: Pair, targets: Targets): Node[] {
  const value = isAlias(pair.value) ? targets.get(pair.value) : (pair.value as Node | null);
  if (isSeq(value)) return value.items.filter((item) => isAlias(item) || isMap(item)) as Node[];
  return value ? [value as Node] : [];
}

/** Finds names that a map contains twice. Several merge keys are valid. */
export function duplicateNames(document: Document): Node[] {
  const found: Node[] = [];
  visit(document, {
    Map: (_key, map) => {
      const names = new Set<string>();
      for (const pair of map.items.filter((each) => !isMerge(each))) {
        const name = nameOf(pair);
        if (names.has(name)) found.push(pair.key as Node);
        names.add(name);
      }
    },
  });
  return found;
}

/** The name of a pair as written, without stray characters. */
export function nameOf(pair: Pair): string {
  return tidy(isScalar(pair.key) ? (pair.key.source ?? String(pair.key.value)) : String(pair.key));
}
