import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Repeatable randomness: the same seed throws the same numbers on every machine. */
export class Dice {
  private readonly generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
  }
  /** An integer, ends included. */
  int(from: number, to: number): number {
    return uniformInt(this.generator, from, to);
  }
  chance(probability: number): boolean {
    return this.int(0, 999_999) < probability * 1_000_000;
  }
  /** @throws Error on an empty list. */
  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Error("There is nothing to pick from.");
    return list[this.int(0, list.length - 1)] as T;
  }
  /** From `least` to `most` of the list, in random order, without repetition. */
  some<T>(list: readonly T[], least = 1, most = 3): readonly T[] {
    const count = Math.min(list.length, this.int(least, most));
    return this.shuffle(list).slice(0, count);
  }
  shuffle<T>(list: readonly T[]): readonly T[] {
    const result = [...list];
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.int(0, i);
      [result[i], result[j]] = [result[j] as T, result[i] as T];
    }
    return result;
  }
  /** The text, or nothing. */
  maybe(probability: number, text: () => string): string {
    return this.chance(probability) ? text() : "";
  }
}
