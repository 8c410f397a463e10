import { createHash } from 'node:crypto';
import type { Roster } from '../roster/load';

/** The stack with the onboarding templates, which customers of all stacks refer to. */
export const TEMPLATES_STACK = 'templates';

/**
 * Resources for each stack of a new fleet. Every stack costs some seconds to start Pulumi, and in a large stack each
 * write of the state takes longer. A stack still works well with three times as many, so the fleet can grow.
 */
const RESOURCES_A_STACK = 200;

const NAME = /^(\d+)-of-(\d+)$/;

/**
 * Name of a stack: `7-of-64`. It contains the number of stacks, so that the backend records it.
 *
 * @example
 * stackName(33, 64); // '33-of-64'
 */
export function stackName(index: number, count: number): string {
  return `${index}-of-${count}`;
}

/**
 * The stack of a customer, from 1. It depends only on the externalId and the number of stacks, so adding or removing
 * other customers doesn't move a customer.
 *
 * @example
 * stackIndexOf('c1677a16-557a-4fb4-b48f-24adde57ec99', 64); // 33
 */
export function stackIndexOf(externalId: string, count: number): number {
  const hash = createHash('sha256').update(externalId).digest();
  return (hash.readUIntBE(0, 6) % count) + 1;
}

/** Default number of stacks for a new fleet. */
export function suitableCount({ customers }: Pick<Roster, 'customers'>): number {
  const resources = customers.reduce((sum, { locations, users }) => sum + 1 + locations.length + users.length, 0);
  return Math.max(1, Math.ceil(resources / RESOURCES_A_STACK));
}

/** The stacks that exist in the backend. */
export interface ExistingStacks {
  /** The number of stacks in their names; undefined for a new fleet. */
  count: number | undefined;
  /** Names of the existing stacks. */
  names: ReadonlySet<string>;
}

/**
 * Thrown if the wanted number of stacks differs from that of the existing stacks.
 *
 * @example
 * try {
 *   await restack(roster);
 * } catch (error) {
 *   if (error instanceof StackCountError) console.error(error.message); // the roster has no number of stacks
 * }
 */
export class StackCountError extends Error {
  override readonly name = 'StackCountError';
}

/**
 * Reads the names of a project's stacks.
 * @throws StackCountError if the names contain two different numbers of stacks
 */
export function recorded(stacks: readonly string[]): ExistingStacks {
  const names = stacks.map((name) => name.split('/').at(-1) ?? name);
  const counts = new Set(names.flatMap((name) => NAME.exec(name)?.[2] ?? []));
  const [count, ...others] = counts;
  if (others.length > 0) {
    throw new StackCountError(
      `the names of the stacks contain different numbers (${[...counts].join(', ')}): a restack was interrupted. ` +
        'Continue it with webex-wholesale fleet restack',
    );
  }
  return { count: count === undefined ? undefined : Number(count), names: new Set(names) };
}

/** The stacks with another number of stacks in their names. */
export function otherStacks(stacks: readonly string[], count: number): string[] {
  const names = stacks.map((name) => name.split('/').at(-1) ?? name);
  return names.filter((name) => NAME.test(name) && NAME.exec(name)?.[2] !== String(count));
}

/**
 * The number of stacks: that of the existing stacks, the roster's, or the default.
 * @throws StackCountError if the roster has another number than the existing stacks
 */
export function stackCount(roster: Roster, { count }: ExistingStacks): number {
  if (count !== undefined && roster.stacks !== undefined && roster.stacks !== count) {
    throw new StackCountError(
      `the roster says stacks: ${roster.stacks}, but this fleet was made with ${count}. Another number moves customers ` +
        `between stacks: put stacks: ${count} back, or move them with webex-wholesale fleet restack`,
    );
  }
  return count ?? roster.stacks ?? suitableCount(roster);
}
