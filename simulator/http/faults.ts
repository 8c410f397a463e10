import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { mersenne } from 'pure-rand/generator/mersenne';
import { z } from 'zod';
import { ApiError } from '../api-error';

/**
 * A fault, set by the control plane. It affects the next `count` requests of an operation, or each with a probability.
 */
export const faultSchema = z
  .object({
    /** Such as `POST /wholesale/customers`, with parameters in braces, or `*` for every operation. */
    operation: z.string().min(1),
    /** Number of affected requests. Without it, a fault with a probability stays until it is deleted. */
    count: z.int().min(1).max(1_000_000).optional(),
    probability: z.number().gt(0).max(1).optional(),
    /** Makes the probability reproducible. */
    seed: z.int().optional(),
    status: z.int().min(400).max(599).optional(),
    /** Answers with the status although the request took effect. */
    applied: z.boolean().optional(),
    retryAfterSeconds: z.number().min(0).max(1e9).optional(),
    delayMs: z.number().min(0).max(600_000).optional(),
    /** Cuts the connection without an answer, before or after the request took effect. */
    reset: z.enum(['before', 'after']).optional(),
  })
  .refine(({ status, delayMs, reset }) => status !== undefined || delayMs !== undefined || reset !== undefined, {
    message: 'status, delayMs or reset is required',
  })
  .refine(({ count, probability }) => count !== undefined || probability !== undefined, {
    message: 'count or probability is required',
  });
export type Fault = z.infer<typeof faultSchema>;

interface Pending {
  readonly fault: Fault;
  readonly dice: () => number;
}

/** The remaining faults, in the order in which they were set. */
export class Faults {
  private pending: Pending[] = [];

  /** Adds a fault. */
  add(fault: Fault): void {
    this.pending.push({ fault: { ...fault }, dice: diceOf(fault.seed) });
  }

  /** The remaining faults. */
  list(): readonly Fault[] {
    return this.pending.map(({ fault }) => fault);
  }

  /** Removes all faults. */
  clear(): void {
    this.pending = [];
  }

  /** The fault that affects a request of this operation, if any. Decrements its count. */
  take(operation: string): Fault | undefined {
    const met = this.pending.find(
      ({ fault, dice }) =>
        (fault.operation === operation || fault.operation === '*') &&
        (fault.probability === undefined || dice() < fault.probability),
    );
    if (!met) return undefined;
    const { fault } = met;
    if (fault.count !== undefined) {
      fault.count -= 1;
      if (fault.count === 0) this.pending = this.pending.filter((candidate) => candidate !== met);
    }
    return fault;
  }
}

/** Random numbers from 0 to 1. The same seed gives the same numbers. */
function diceOf(seed: number | undefined): () => number {
  if (seed === undefined) return Math.random;
  const generator = mersenne(seed);
  return () => uniformFloat64(generator);
}

/** The error answer of a fault. */
export function faultError(fault: Fault, status: number): ApiError {
  const message = `The request was refused with ${status} by a fault that the control plane asked for.`;
  // "A Retry-After header is included" with 429 and 423 (response tables of the API documents).
  const limited = status === 429 || status === 423;
  return new ApiError(status, message, { retryAfterSeconds: fault.retryAfterSeconds ?? (limited ? 1 : undefined) });
}
