/**
 * Natural numbers in a string: a number in base 45, most significant first, a character a place. The last place of each
 * number is one of the first 45 characters, those before it are of the second 45, so no separator is needed. The
 * characters are those from `#`, without the backslash.
 */
export function readDigits(text: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const place = code - (code > 92 ? 36 : 35);
    value = value * 45 + (place % 45);
    if (place < 45) {
      numbers.push(value);
      value = 0;
    }
  }
  return numbers;
}

/** Run, value, run, value, … to one value a place; the last value runs on to `size`. */
export function expandRuns(runs: readonly number[], from: number, size: number): Uint16Array | Uint32Array {
  const wide = runs.some((number, i) => i >= from && number > 65_535);
  const values = wide ? new Uint32Array(size) : new Uint16Array(size);
  let place = 0;
  let value = 0;
  for (let i = from; i < runs.length; i += 2) {
    value = runs[i + 1] as number;
    values.fill(value, place, place + (runs[i] as number));
    place += runs[i] as number;
  }
  return values.fill(value, place);
}
