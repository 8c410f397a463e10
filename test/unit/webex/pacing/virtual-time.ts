import type { Clock } from '../../../../provider/webex';

/** A clock whose time passes as quickly as the work at each moment is done; chance is the same in each run. */
export class VirtualTime implements Clock {
  #now = 0;
  #timers: { at: number; order: number; wake: () => void }[] = [];
  #order = 0;
  #random: () => number;

  constructor(seed: number) {
    this.#random = mulberry32(seed);
  }

  now(): number {
    return this.#now;
  }

  random(): number {
    return this.#random();
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      this.#push({ at: this.#now + Math.max(0, milliseconds), order: this.#order++, wake });
    });
  }

  /** Lets time pass until this moment, or until nothing waits any more. */
  async runUntil(end: number): Promise<void> {
    for (;;) {
      // Lets everything that was woken go as far as it can.
      await new Promise((resolve) => setImmediate(resolve));
      const next = this.#timers[0];
      if (next === undefined || next.at > end) break;
      this.#now = Math.max(this.#now, next.at);
      while (this.#timers[0] !== undefined && this.#timers[0].at <= this.#now) this.#pop()?.wake();
    }
    this.#now = Math.max(this.#now, end);
  }

  /** A binary heap: benches have hundreds of thousands of timers. */
  #push(timer: { at: number; order: number; wake: () => void }): void {
    const heap = this.#timers;
    let index = heap.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(heap[index], heap[parent])) break;
      swap(heap, index, parent);
      index = parent;
    }
  }

  #pop() {
    const heap = this.#timers;
    const first = heap[0];
    const last = heap.pop();
    if (heap.length === 0 || last === undefined) return first;
    heap[0] = last;
    for (let index = 0; ; ) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      let least = index;
      if (left < heap.length && before(heap[left], heap[least])) least = left;
      if (right < heap.length && before(heap[right], heap[least])) least = right;
      if (least === index) return first;
      swap(heap, index, least);
      index = least;
    }
  }
}

type Timer = { at: number; order: number } | undefined;

function before(one: Timer, other: Timer): boolean {
  if (one === undefined || other === undefined) return false;
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

function swap<T>(heap: T[], one: number, other: number): void {
  const kept = heap[one] as T;
  heap[one] = heap[other] as T;
  heap[other] = kept;
}

/** A small pseudo-random generator (public domain, by Tommy Ettinger). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
