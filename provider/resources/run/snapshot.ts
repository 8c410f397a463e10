/**
 * Answers of list requests, kept for a moment: a refresh reads resources one by one, but one list request answers
 * for all of them. Whatever this process writes makes them worthless at once.
 */
const KEPT_MS = 120_000;

interface Kept {
  readonly at: number;
  readonly value: Promise<unknown>;
}

const kept = new Map<string, Kept>();

/** The value of `load` for this key, asked for at most once within two minutes and between two writes. */
export function snapshot<T>(key: string, load: () => Promise<T>, now = Date.now()): Promise<T> {
  const found = kept.get(key);
  if (found && now - found.at < KEPT_MS) return found.value as Promise<T>;
  const value = load();
  const mine = { at: now, value };
  kept.set(key, mine);
  // A failed list must be asked for again, not remembered; a newer one that came meanwhile stays.
  value.catch(() => kept.get(key) === mine && kept.delete(key));
  return value;
}

/** To be called before and after each write: nothing read earlier may be believed. */
export function forgetSnapshots(): void {
  kept.clear();
}
