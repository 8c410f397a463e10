const kept = new Map<string, Promise<unknown>>();

/**
 * The value of `load` for this key, asked for once a process, however much this process writes. For what was there
 * before the run began; what must follow our own writes belongs into snapshot.ts.
 */
export function once<T>(key: string, load: () => Promise<T>): Promise<T> {
  const found = kept.get(key);
  if (found) return found as Promise<T>;
  const value = load();
  kept.set(key, value);
  // A request that failed must be made again, not remembered.
  value.catch(() => kept.delete(key));
  return value;
}

/** Forgets everything; a plugin process never needs it, tests do. */
export function forgetOnce(): void {
  kept.clear();
}
