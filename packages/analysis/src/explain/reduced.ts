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
    if (key === "data") yield* asBefore(raw.data, value).map((data) => ({ ...set, data }));
    if (key !== "consents" && key !== "objections") continue;
    // Of a list that cannot be read, what can be is worth keeping too.
    const before = Array.isArray(raw[key]) ? raw[key] : [];
    for (const list of nearer(before, value as readonly unknown[])) yield { ...set, [key]: list };
  }
}

/** Of several pieces of data, lists with one of those that differ as it was. */
function asBefore(before: unknown, pieces: unknown): readonly (readonly unknown[])[] {
  if (!Array.isArray(before) || !Array.isArray(pieces)) return [];
  const isOther = (one: unknown, at: number) => JSON.stringify(one) !== JSON.stringify(before[at]);
  return pieces.flatMap((one, at) => (isOther(one, at) ? [pieces.with(at, before[at])] : []));
}

/**
 * Lists that differ less from the one before: entries that are gone have come back, or one that is new is left out. Many come back
 * at once before few do, since few of a long list stand in the way.
 */
function* nearer(before: readonly unknown[], list: readonly unknown[]): Generator<readonly unknown[]> {
  const text = (one: unknown) => JSON.stringify(one);
  const [known, now] = [new Set(before.map(text)), new Set(list.map(text))];
  const gone = [...known].filter((one) => !now.has(one));
  const fresh = list.filter((one) => !known.has(text(one)));
  for (let size = gone.length; size > 0; size = Math.floor(size / 2)) {
    for (let at = 0; at < gone.length; at += size) {
      const back = new Set(gone.slice(at, at + size));
      yield [...before.filter((one) => now.has(text(one)) || back.has(text(one))), ...fresh];
    }
  }
  for (let at = 0; at < fresh.length; at++)
    yield [...before.filter((one) => now.has(text(one))), ...fresh.toSpliced(at, 1)];
}
