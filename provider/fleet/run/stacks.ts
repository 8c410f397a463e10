import { createHash } from 'node:crypto';
import type { Roster } from '../roster/load';

/** The stack with the onboarding templates, which customers of all stacks refer to. */
export const TEMPLATES_STACK = 'templates';

/**
 * Resources that a stack holds when a fleet begins. Each stack costs some seconds of starting Pulumi; in large ones, each
 * write of the state takes longer. Three times as many still do well, so that a fleet can grow.
 */
const RESOURCES_A_STACK = 200;

const NAME = /^(\d+)-of-(\d+)$/;

/** The number is in the name, so that the backend itself remembers it: `7-of-64`. */
export function stackName(index: number, count: number): string {
  return `${index}-of-${count}`;
}

/**
 * The stack of a customer, from 1. It depends on the externalId and the number of stacks only: no other customer that
 * comes or goes moves it.
 */
export function stackIndexOf(externalId: string, count: number): number {
  const hash = createHash('sha256').update(externalId).digest();
  return (hash.readUIntBE(0, 6) % count) + 1;
}

/** How many stacks suit a roster that has none yet. */
export function suitableCount({ customers }: Pick<Roster, 'customers'>): number {
  const resources = customers.reduce((sum, { locations, users }) => sum + 1 + locations.length + users.length, 0);
  return Math.max(1, Math.ceil(resources / RESOURCES_A_STACK));
}

/** What the backend's stacks say of an earlier run. */
export interface Recorded {
  /** The number of stacks; undefined where there is none yet. */
  count: number | undefined;
  /** Names of the stacks that exist. */
  names: ReadonlySet<string>;
}

/** Raised where the number of stacks isn't that of the stacks that exist. */
export class StackCountError extends Error {
  override readonly name = 'StackCountError';
}

/**
 * Reads the names of a project's stacks.
 * @throws StackCountError where they are of two numbers
 */
export function recorded(stacks: readonly string[]): Recorded {
  const names = stacks.map((name) => name.split('/').at(-1) ?? name);
  const counts = new Set(names.flatMap((name) => NAME.exec(name)?.[2] ?? []));
  const [count, ...others] = counts;
  if (others.length > 0) {
    throw new StackCountError(
      `there are stacks for ${[...counts].join(' and for ')} stacks: the number was being changed when that was ended. ` +
        'Go on with webex-wholesale fleet restack',
    );
  }
  return { count: count === undefined ? undefined : Number(count), names: new Set(names) };
}

/** Stacks of another number than this one. */
export function otherStacks(stacks: readonly string[], count: number): string[] {
  const names = stacks.map((name) => name.split('/').at(-1) ?? name);
  return names.filter((name) => NAME.test(name) && NAME.exec(name)?.[2] !== String(count));
}

/**
 * The number of stacks: what is recorded, what the roster says, or what suits it.
 * @throws StackCountError where the roster says another number than is recorded
 */
export function stackCount(roster: Roster, { count }: Recorded): number {
  if (count !== undefined && roster.stacks !== undefined && roster.stacks !== count) {
    throw new StackCountError(
      `the roster says stacks: ${roster.stacks}, but this fleet was made with ${count}. Another number moves customers ` +
        `between stacks: put stacks: ${count} back, or move them with webex-wholesale fleet restack`,
    );
  }
  return count ?? roster.stacks ?? suitableCount(roster);
}
