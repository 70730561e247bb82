/** Bits of the core before its first list of vendors. */
const coreHead = 213;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** What segments begin with, in three bits. */
const segmentTypes = { core: 0, disclosed: 1, allowed: 2, publisher: 3 };

/**
 * How many vendors the ranges in a TC string name altogether. A few kilobytes can name hundreds of millions, over and
 * over, and whoever decodes them is busy for seconds: so they are counted first, which takes no longer than reading does.
 *
 * @returns NaN where the text is no TC string of version 2
 */
export function vendorsNamed(text: string): number {
  let named = 0;
  for (const [place, segment] of text.split(".").entries()) {
    const bits = [...segment].map((letter) => alphabet.indexOf(letter));
    if (bits.includes(-1)) return Number.NaN;
    const reader = new BitReader(bits);
    const type = reader.take(3);
    if ((type === segmentTypes.core) !== (place === 0)) return Number.NaN;
    if (type === segmentTypes.publisher) named += inPublisher(reader);
    else if (type === segmentTypes.core) named += inCore(reader);
    else if (type === segmentTypes.disclosed || type === segmentTypes.allowed) named += inVector(reader);
    else return Number.NaN;
  }
  return named;
}

/** Whether a TC string has the segment that says which vendors somebody was told of. */
export function saysDisclosed(text: string): boolean {
  return text.split(".").some((segment) => alphabet.indexOf(segment.charAt(0)) >> 3 === segmentTypes.disclosed);
}

/** The version takes six bits, of which the type of the segment was taken for three. */
function inCore(reader: BitReader): number {
  if (reader.take(3) !== 2) return Number.NaN;
  reader.skip(coreHead - 6);
  let named = inVector(reader) + inVector(reader);
  const restrictions = reader.take(12);
  // A text that ends early reads as NaN, and every loop over it as done.
  for (let i = 0; i < restrictions; i++) {
    reader.skip(6 + 2);
    named += inRanges(reader);
  }
  return restrictions >= 0 ? named : Number.NaN;
}

/** A bit for each vendor, or ranges. */
function inVector(reader: BitReader): number {
  const most = reader.take(16);
  if (reader.take(1) === 1) return inRanges(reader);
  reader.skip(most);
  return reader.isPastEnd ? Number.NaN : most;
}

/** No vendors, but purposes of the framework and of its own, each with a bit for consent and one for interest. */
function inPublisher(reader: BitReader): number {
  reader.skip(24 + 24);
  reader.skip(2 * reader.take(6));
  return reader.isPastEnd ? Number.NaN : 0;
}

function inRanges(reader: BitReader): number {
  const count = reader.take(12);
  let named = 0;
  for (let i = 0; i < count; i++) {
    const isRange = reader.take(1) === 1;
    const from = reader.take(16);
    named += isRange ? Math.abs(reader.take(16) - from) + 1 : 1;
  }
  return count >= 0 ? named : Number.NaN;
}

/** Takes numbers out of letters of six bits each; NaN beyond the end. */
class BitReader {
  private readonly sixes: readonly number[];
  private place = 0;

  constructor(sixes: readonly number[]) {
    this.sixes = sixes;
  }

  take(bits: number): number {
    let value = 0;
    for (let i = 0; i < bits; i++, this.place++) {
      const six = this.sixes[Math.floor(this.place / 6)];
      value = six === undefined ? Number.NaN : value * 2 + ((six >> (5 - (this.place % 6))) & 1);
    }
    return value;
  }

  skip(bits: number): void {
    this.place += bits;
  }

  /** Also where it is not known how far it went. */
  get isPastEnd(): boolean {
    return !(this.place <= this.sixes.length * 6);
  }
}
