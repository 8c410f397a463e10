import { setTimeout as sleep } from 'node:timers/promises';

/** The client's time and random numbers; tests replace it in order not to wait. */
export interface Clock {
  /** Milliseconds since a fixed moment. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** A number from 0 up to but not including 1. */
  random(): number;
}

const LONGEST_TIMER = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(milliseconds) {
    // A timer with more milliseconds than this would fire at once.
    for (let left = milliseconds; left > 0; left -= LONGEST_TIMER) await sleep(Math.min(left, LONGEST_TIMER));
  },
  random: () => Math.random(),
};
