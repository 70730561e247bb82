import type { ChangeSet } from "./apply-change.ts";

type Raw = Readonly<Record<string, unknown>>;

/** Leaves out whatever is not needed, for as long as there is something: what is left out may have asked for something else. */
export function reduced(set: ChangeSet, raw: Raw, turns: (set: ChangeSet) => boolean): ChangeSet {
  for (const less of lessThan(set, raw)) if (turns(less)) return reduced(less, raw, turns);
  return set;
}

/** A set of changes without one of them, or with less of it. */
function* lessThan(set: ChangeSet, raw: Raw): Generator<ChangeSet> {
  for (const key of Object.keys(set)) {
    const { [key]: value, ...rest } = set;
    if (Object.keys(rest).length > 0) yield rest;
    if (key === "data") for (const data of asBefore(raw.data, value)) yield { ...set, data };
    if (key !== "consents" && key !== "objections") continue;
    // Of a list that cannot be read, what can be is worth keeping too.
    const before = Array.isArray(raw[key]) ? raw[key] : [];
    for (const list of nearer(before, value as readonly unknown[])) yield { ...set, [key]: list };
  }
}

/** Of several pieces of data, lists with some of those that differ as they were. */
function* asBefore(before: unknown, pieces: unknown): Generator<readonly unknown[]> {
  if (!Array.isArray(before) || !Array.isArray(pieces)) return;
  const others = pieces.flatMap((one, at) => (JSON.stringify(one) === JSON.stringify(before[at]) ? [] : [at]));
  for (const back of parts(others)) yield pieces.map((one, at) => (back.has(at) ? before[at] : one));
}

/** Lists that differ less from the one before: entries that are gone have come back, or one that is new is left out. */
function* nearer(before: readonly unknown[], list: readonly unknown[]): Generator<readonly unknown[]> {
  const text = (one: unknown) => JSON.stringify(one);
  const [known, now] = [new Set(before.map(text)), new Set(list.map(text))];
  const gone = [...known].filter((one) => !now.has(one));
  const fresh = list.filter((one) => !known.has(text(one)));
  for (const back of parts(gone))
    yield [...before.filter((one) => now.has(text(one)) || back.has(text(one))), ...fresh];
  for (let at = 0; at < fresh.length; at++)
    yield [...before.filter((one) => now.has(text(one))), ...fresh.toSpliced(at, 1)];
}

/** All, halves and less, down to single ones: of a long list few stand in the way, and many can come back at once. */
function* parts<T>(list: readonly T[]): Generator<ReadonlySet<T>> {
  for (let size = list.length; size > 0; size = Math.floor(size / 2)) {
    for (let at = 0; at < list.length; at += size) yield new Set(list.slice(at, at + size));
  }
}
