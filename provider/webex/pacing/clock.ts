import { setTimeout as sleep } from 'node:timers/promises';

/** Time and chance as the client uses them, so that tests need not wait. */
export interface Clock {
  /** Milliseconds. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** A number from 0 up to but not including 1. */
  random(): number;
}

const LONGEST_TIMER = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(milliseconds) {
    // A timer of more milliseconds would end at once.
    for (let left = milliseconds; left > 0; left -= LONGEST_TIMER) await sleep(Math.min(left, LONGEST_TIMER));
  },
  random: () => Math.random(),
};
