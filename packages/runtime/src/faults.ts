/** What is wrong with a request, in sentences. */

/** Of a name that is not in the table. */
export function nameFault(key: string, raw: unknown, names: Iterable<string>): string {
  if (raw === undefined || raw === null) return `\`${key}\` is missing.`;
  if (typeof raw !== "string") return `\`${key}\` is a name, in a string.`;
  return `There is no ${key} \`${raw}\`.${nearest(raw, names)}`;
}

/** Of a key that nobody declares. */
export function keyFault(key: string, what: string, keys: Iterable<string>): string {
  return `\`${key}\` is no key of ${what}.${nearest(key, keys)}`;
}

/** Suggests the name that takes the fewest changes, if they are few beside its length. */
function nearest(name: string, names: Iterable<string>): string {
  let best = "";
  let least = Math.max(1, Math.floor(Math.min(name.length, 40) / 3)) + 1;
  for (const candidate of names) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const count = changes(name.toLowerCase(), candidate.toLowerCase());
    if (count < least) {
      best = ` Did you mean \`${candidate}\`?`;
      least = count;
    }
  }
  return best;
}

/** Insertions, deletions and replacements that lead from one to the other (Levenshtein, by Wagner and Fischer's table). */
function changes(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (above[j - 1] as number) + (from[i - 1] === to[j - 1] ? 0 : 1);
      row.push(Math.min((above[j] as number) + 1, (row[j - 1] as number) + 1, replaced));
    }
  }
  return row[to.length] as number;
}
