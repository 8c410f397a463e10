import { type CheckFailure, UNKNOWN } from '../../lifecycle';

/** Inputs in which every part that failed isn't known yet, so that rules can judge the rest. */
export function withUnknown(
  inputs: Record<string, unknown>,
  failures: readonly CheckFailure[],
): Record<string, unknown> {
  return changed(inputs, failures, (holder, key) => ({ ...holder, [key]: UNKNOWN }));
}

/** Inputs without the parts that failed: for those that don't exist. */
export function withoutParts(
  inputs: Record<string, unknown>,
  failures: readonly CheckFailure[],
): Record<string, unknown> {
  return changed(inputs, failures, (holder, key) => {
    const { [key]: _, ...rest } = holder;
    return rest;
  });
}

type Holder = Record<string, unknown>;
type Change = (holder: Holder, key: string) => Holder;

function changed(inputs: Holder, failures: readonly CheckFailure[], change: Change): Holder {
  return failures.reduce((left: unknown, { property }) => at(left, partsOf(property), change), inputs) as Holder;
}

/** `headquarters.phoneNumbers[2]` as the names and indexes that lead there. */
function partsOf(path: string): string[] {
  return path.split(/[.[\]]+/).filter((part) => part !== '');
}

/** Copies what leads to the part, and nothing else: inputs may be large, and the rest stays as it is. */
function at(value: unknown, [first, ...rest]: readonly string[], change: Change): unknown {
  if (typeof value !== 'object' || value === null || first === undefined) return value;
  const inner = (value as Holder)[first];
  const next = rest.length === 0 ? change(value as Holder, first) : { ...value, [first]: at(inner, rest, change) };
  return Array.isArray(value) ? Object.values(next) : next;
}

/** Those of `others` that aren't about a part that failed already: one mistake, one failure. */
export function notWithin(failures: readonly CheckFailure[], others: readonly CheckFailure[]): CheckFailure[] {
  const holds = (outer: string, inner: string) =>
    inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);
  return others.filter(
    ({ property }) => !failures.some((known) => holds(known.property, property) || holds(property, known.property)),
  );
}
