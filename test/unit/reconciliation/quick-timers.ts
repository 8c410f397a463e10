import { setTimeout as later } from 'node:timers';

/** How much sooner the pauses of the provider end. */
const FASTER = 10;

/**
 * Instead of `node:timers/promises`, in tests that wait for what the simulator does at once:
 * `vi.mock('node:timers/promises', () => import('./quick-timers'))`. Deadlines stay as they are.
 */
export function setTimeout<T>(milliseconds = 0, value?: T, options?: { ref?: boolean }): Promise<T | undefined> {
  return new Promise((resolve) => {
    const timer = later(() => resolve(value), milliseconds / FASTER);
    if (options?.ref === false) timer.unref();
  });
}
