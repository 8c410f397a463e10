import { z } from 'zod';

/** A fault that the control plane asked for: it meets the next `count` requests of an operation. */
export const faultSchema = z
  .object({
    /** Such as `POST /wholesale/customers`, with parameters in braces, or `*` for every operation. */
    operation: z.string().min(1),
    count: z.int().min(1).max(1_000_000),
    status: z.int().min(400).max(599).optional(),
    retryAfterSeconds: z.number().min(0).optional(),
    delayMs: z.number().min(0).max(600_000).optional(),
    /** Cuts the connection without an answer: before the request took effect, or after. */
    reset: z.enum(['before', 'after']).optional(),
  })
  .refine(({ status, delayMs, reset }) => status !== undefined || delayMs !== undefined || reset !== undefined, {
    message: 'status, delayMs or reset is required',
  });
export type Fault = z.infer<typeof faultSchema>;

/** The faults that are still to come, in the order in which they were asked for. */
export class Faults {
  private pending: Fault[] = [];

  /** Adds a fault. */
  add(fault: Fault): void {
    this.pending.push({ ...fault });
  }

  /** All that are left. */
  list(): readonly Fault[] {
    return this.pending;
  }

  /** Forgets all. */
  clear(): void {
    this.pending = [];
  }

  /** The fault that meets a request of this operation, if any; it is counted down. */
  take(operation: string): Fault | undefined {
    const fault = this.pending.find((candidate) => candidate.operation === operation || candidate.operation === '*');
    if (!fault) return undefined;
    fault.count -= 1;
    if (fault.count === 0) this.pending = this.pending.filter((candidate) => candidate !== fault);
    return fault;
  }
}
