import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { mersenne } from 'pure-rand/generator/mersenne';

/** The random numbers of a run. The same seed gives the same numbers in the same order. */
export class Dice {
  readonly #generator;

  /** @param seed a whole number */
  constructor(seed: number) {
    this.#generator = mersenne(seed);
  }

  /** A whole number from `least` to `most`, inclusive. */
  int(least: number, most: number): number {
    return uniformInt(this.#generator, least, most);
  }

  /** True with this probability (0 to 1). */
  chance(probability: number): boolean {
    return this.int(1, 1_000_000) <= probability * 1_000_000;
  }

  /** An item of a non-empty list. */
  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Error('nothing to pick from');
    return list[this.int(0, list.length - 1)] as T;
  }

  /** An item of a list; undefined if it is empty. */
  maybe<T>(list: readonly T[]): T | undefined {
    return list.length === 0 ? undefined : this.pick(list);
  }

  /** A number of different items of a list, in its order; all if the list is shorter. */
  some<T>(list: readonly T[], count: number): T[] {
    const left = [...list.keys()];
    const chosen: number[] = [];
    while (chosen.length < count && left.length > 0) chosen.push(...left.splice(this.int(0, left.length - 1), 1));
    return chosen.sort((a, b) => a - b).map((index) => list[index] as T);
  }
}
