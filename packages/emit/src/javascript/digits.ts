/** Writes what `digits.ts` of the runtime reads: natural numbers without separators, small ones a character each. */
export function digits(numbers: Iterable<number>): string {
  let text = "";
  for (const number of numbers) {
    let places = character(number % 70);
    for (let rest = Math.floor(number / 70); rest > 0; rest = Math.floor(rest / 21))
      places = character(70 + (rest % 21)) + places;
    text += places;
  }
  return text;
}

function character(place: number): string {
  const code = place + 35;
  return String.fromCharCode(code < 92 ? code : code + 1);
}

/** Run, value, run, value, …, the last run open. */
export function runs(values: ArrayLike<number>): number[] {
  const result: number[] = [];
  let start = 0;
  for (let i = 1; i <= values.length; i++) {
    if (i < values.length && values[i] === values[start]) continue;
    result.push(i - start, values[start] as number);
    start = i;
  }
  return result;
}
