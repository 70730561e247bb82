/** Of the numbers that are there. */
export function median(numbers) {
  const sorted = numbers.filter((number) => number !== undefined).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The median of what two series give in the rounds of the first: what slows a whole round down cancels out. */
export function medianRatio(numerators, denominators) {
  return median(numerators.map((numerator, round) => numerator && numerator / denominators[round]));
}

/** Three significant digits, without an exponent. */
export function short(number) {
  return number >= 100 ? String(Math.round(number)) : String(Number(number.toPrecision(3)));
}
