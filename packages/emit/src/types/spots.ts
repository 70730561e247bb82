import type { Route } from "@scruple/analysis";
import type { Id } from "@scruple/model";

/** For some purposes, on some channels, to some recipients: every combination of them. Null stands for a call that names no recipient. */
export interface Box {
  readonly purposes: readonly Id[];
  readonly channels: readonly Id[];
  readonly recipients: readonly (Id | null)[];
}

/** Where data may go: for each purpose, and within it for each channel, a set of recipients in words. */
export type Region = number[];

/** What V8 keeps in a word without a box. */
const bitsOfWord = 30;

/**
 * Where data can go: for a purpose, on a channel, to a recipient. Which recipients a channel reaches is known to whoever reads
 * what comes of this, so boxes may hold others.
 */
export class Spots {
  private readonly purposes: readonly Id[];
  private readonly channels: readonly Id[];
  private readonly recipients: readonly (Id | null)[];
  private readonly purposeAt: ReadonlyMap<Id, number>;
  private readonly channelAt: ReadonlyMap<Id, number>;
  private readonly recipientAt: ReadonlyMap<Id | null, number>;
  /** Words of a set of recipients, of such sets for all channels, and of a region. */
  private readonly words: number;
  private readonly ofPurpose: number;
  private readonly size: number;
  /** For all channels, whom they do not reach. */
  private readonly beyond: Region;
  /** What is reached for one purpose; the same lists come again and again. */
  private readonly reached = new Map<readonly Route[], Region>();

  constructor(purposes: readonly Id[], routes: readonly Route[]) {
    this.purposes = purposes;
    this.channels = [...new Set(routes.map(({ channel }) => channel))];
    this.recipients = [...new Set(routes.map(({ recipient }) => recipient))];
    this.purposeAt = placesIn(this.purposes);
    this.channelAt = placesIn(this.channels);
    this.recipientAt = placesIn(this.recipients);
    this.words = Math.ceil(this.recipients.length / bitsOfWord);
    this.ofPurpose = this.words * this.channels.length;
    this.size = this.ofPurpose * this.purposes.length;
    this.beyond = this.reachedBy(routes).map((word) => ~word & (2 ** bitsOfWord - 1));
  }

  /** Nowhere, to be added to. */
  empty(): Region {
    return new Array(this.size).fill(0);
  }

  /** Adds some purposes over some routes. */
  add(to: Region, purposes: readonly Id[], routes: readonly Route[]): void {
    const reached = this.reachedBy(routes);
    for (const purpose of purposes) {
      const from = (this.purposeAt.get(purpose) as number) * this.ofPurpose;
      for (let at = 0; at < reached.length; at++) to[from + at] = wordIn(to, from + at) | wordIn(reached, at);
    }
  }

  /**
   * Few boxes that together hold some regions, and none of them more than its own.
   *
   * @returns each box with the indices of all the regions that it is within
   */
  cover(regions: readonly Region[]): readonly { readonly box: Box; readonly within: readonly number[] }[] {
    const widened = regions.map((region) => region.map((word, at) => word | wordIn(this.beyond, at % this.ofPurpose)));
    const left = regions.map((region) => region.slice());
    const candidates = new Map<string, Candidate>();
    for (const region of widened) this.addLargest(region, candidates);
    const waiting: Candidate[] = [];
    for (const one of candidates.values()) {
      for (const [index, region] of widened.entries()) if (this.isWithin(one, region)) one.within.push(index);
      one.gain = this.gainOf(one, left);
      if (one.gain > 0) waiting.push(one);
    }
    waiting.sort((a, b) => a.gain - b.gain);
    const taken: Candidate[] = [];
    // What one brings only ever gets less, so the first that brings as much as the next one promised is the best.
    for (let best = waiting.pop(); best !== undefined; best = waiting.pop()) {
      const { gain } = best;
      best.gain = this.gainOf(best, left);
      if (best.gain === 0) continue;
      if (best.gain < gain && best.gain < (waiting.at(-1)?.gain ?? 0)) {
        const { gain: less } = best;
        waiting.splice(waiting.findLastIndex((other) => other.gain <= less) + 1, 0, best);
        continue;
      }
      taken.push(best);
      for (const index of best.within) this.remove(best, left[index] as Region);
    }
    return taken.map(({ purposes, channels, recipients, within }) => ({
      box: {
        purposes: purposes.map((index) => this.purposes[index] as Id),
        channels: channels.map((index) => this.channels[index] as Id),
        recipients: this.recipients.filter(
          (_, index) => (wordIn(recipients, Math.floor(index / bitsOfWord)) & (1 << (index % bitsOfWord))) !== 0,
        ),
      },
      within,
    }));
  }

  /** Boxes within a region that hold all of it: for each set of recipients in it, the channels that have them, and the purposes that have these. */
  private addLargest(region: Region, to: Map<string, Candidate>): void {
    const { words, ofPurpose } = this;
    const asked = new Set<string>();
    for (let row = 0; row < region.length; row += words) {
      const recipients = region.slice(row, row + words);
      const name = recipients.join();
      if (asked.has(name)) continue;
      asked.add(name);
      const byPurpose = this.purposes.map((_, purpose) =>
        this.channels.flatMap((_, channel) =>
          this.hasAll(region, purpose * ofPurpose + channel * words, recipients) ? [channel] : [],
        ),
      );
      const lists = new Map(byPurpose.map((channels) => [channels.join(), channels]));
      for (const channels of lists.values()) {
        if (channels.length === 0) continue;
        const purposes = byPurpose.flatMap((own, purpose) =>
          channels.every((channel) => own.includes(channel)) ? [purpose] : [],
        );
        const key = `${purposes} ${channels} ${recipients}`;
        if (!to.has(key)) to.set(key, { purposes, channels, recipients, within: [], gain: 0 });
      }
    }
  }

  private isWithin({ purposes, channels, recipients }: Candidate, region: Region): boolean {
    for (const purpose of purposes)
      for (const channel of channels)
        if (!this.hasAll(region, purpose * this.ofPurpose + channel * this.words, recipients)) return false;
    return true;
  }

  private hasAll(region: Region, row: number, recipients: Region): boolean {
    for (let i = 0; i < this.words; i++) if ((wordIn(recipients, i) & ~wordIn(region, row + i)) !== 0) return false;
    return true;
  }

  private gainOf({ purposes, channels, recipients, within }: Candidate, left: readonly Region[]): number {
    let gain = 0;
    for (const index of within)
      for (const purpose of purposes)
        for (const channel of channels)
          for (let i = 0; i < this.words; i++) {
            const at = purpose * this.ofPurpose + channel * this.words + i;
            for (let rest = wordIn(left[index] as Region, at) & wordIn(recipients, i); rest !== 0; rest &= rest - 1)
              gain++;
          }
    return gain;
  }

  private remove({ purposes, channels, recipients }: Candidate, region: Region): void {
    for (const purpose of purposes)
      for (const channel of channels)
        for (let i = 0; i < this.words; i++) {
          const at = purpose * this.ofPurpose + channel * this.words + i;
          region[at] = wordIn(region, at) & ~wordIn(recipients, i);
        }
  }

  private reachedBy(routes: readonly Route[]): Region {
    const known = this.reached.get(routes);
    if (known !== undefined) return known;
    const reached: Region = new Array(this.ofPurpose).fill(0);
    for (const { channel, recipient } of routes) {
      const index = this.recipientAt.get(recipient) as number;
      const at = (this.channelAt.get(channel) as number) * this.words + Math.floor(index / bitsOfWord);
      reached[at] = wordIn(reached, at) | (1 << (index % bitsOfWord));
    }
    this.reached.set(routes, reached);
    return reached;
  }
}

/** A box, by numbers, and what is known of it. */
interface Candidate {
  readonly purposes: readonly number[];
  readonly channels: readonly number[];
  readonly recipients: Region;
  readonly within: number[];
  /** How much it holds that no box does which was taken, when it was last looked at. */
  gain: number;
}

function placesIn<T>(list: readonly T[]): ReadonlyMap<T, number> {
  return new Map(list.map((one, index) => [one, index]));
}

function wordIn(words: readonly number[], at: number): number {
  return words[at] as number;
}
