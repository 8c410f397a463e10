/** Maximum of names in a message. */
const NAMED = 5;

/** Names for a message: `a, b, c, d, e and 4 more`. */
export function named(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
