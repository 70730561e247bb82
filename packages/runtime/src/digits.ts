/**
 * Natural numbers in a string, most of them a character each. The last character of a number is one of the first 70, those
 * before it, most significant first, are of the other 21, so no separator is needed. The characters are those from `#`,
 * without the backslash.
 */
export function readDigits(text: string): number[] {
  const numbers: number[] = [];
  let high = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const place = code - (code > 92 ? 36 : 35);
    if (place < 70) {
      numbers.push(high * 70 + place);
      high = 0;
    } else high = high * 21 + place - 70;
  }
  return numbers;
}

/** Run, value, run, value, … to one value a place; the last value runs on to `size`. */
export function expandRuns(runs: readonly number[], size: number): Uint16Array | Uint32Array {
  const wide = runs.some((number) => number > 65_535);
  const values = wide ? new Uint32Array(size) : new Uint16Array(size);
  let place = 0;
  let value = 0;
  for (let i = 0; i < runs.length; i += 2) {
    value = runs[i + 1] as number;
    values.fill(value, place, place + (runs[i] as number));
    place += runs[i] as number;
  }
  return values.fill(value, place);
}

/** Length, elements, length, elements, … */
export function lists(text: string): number[][] {
  const numbers = readDigits(text);
  const result: number[][] = [];
  for (let i = 0; i < numbers.length; ) {
    const end = i + 1 + (numbers[i] as number);
    result.push(numbers.slice(i + 1, end));
    i = end;
  }
  return result;
}
