/** How long an object counts as new. */
const NEW_FOR_MS = 60_000;

/**
 * The paths of objects that this process has just made. A part of Webex may not know a new object yet: a 404 to such a
 * path is asked again, like a 503, before it counts.
 */
export class NewObjects {
  private readonly since = new Map<string, number>();

  /** @param now milliseconds since 1970 */
  constructor(private readonly now: () => number) {}

  add(path: string): void {
    this.since.set(path, this.now());
  }

  /** The object was or will be removed. */
  delete(path: string): void {
    this.since.delete(path);
  }

  has(path: string): boolean {
    return this.now() - (this.since.get(path) ?? Number.NEGATIVE_INFINITY) < NEW_FOR_MS;
  }
}
