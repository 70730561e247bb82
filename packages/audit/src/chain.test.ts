import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ChainCheck, extend, type Kept, origin, verifyChain } from "./chain.ts";
import { chain } from "./fixtures/entries.ts";

test("anybody can compute a hash who has SHA-256", () => {
  const text = `${origin.hash}\n0\n{"at":"…"}`;
  const expected = createHash("sha256").update(text, "utf8").digest("hex");
  expect(extend(origin, '{"at":"…"}')).toEqual({ index: 0, hash: `sha256:${expected}` });
});

test("finds nothing wrong with a chain as it was written", async () => {
  const kept = chain(5);
  const [last] = kept.slice(-1) as [Kept];
  expect(await verifyChain(kept)).toEqual({ entries: 5, last: { index: 4, hash: last.hash }, breaches: [] });
  expect(await verifyChain(kept, { known: [kept[2]!, last] })).toMatchObject({ breaches: [] });
});

test("follows a chain from a receipt on, where what comes before was removed", async () => {
  const kept = chain(5);
  expect(await verifyChain(kept.slice(3), { from: kept[2]! })).toMatchObject({ entries: 2, breaches: [] });
  expect(await verifyChain(kept.slice(3))).toMatchObject({ breaches: [{ kind: "missing", index: 3 }] });
});

describe("says where", () => {
  const kept = chain(6);
  const told = async (changed: readonly Kept[], known: Kept[] = []) =>
    (await verifyChain(changed, { known })).breaches.map(({ kind, index, message }) => [kind, index, message]);
  const changedText = { ...kept[2]!, entry: kept[2]!.entry.replace("purpose_2", "purpose_3") };

  test("an entry was changed", async () => {
    expect(await told(kept.with(2, changedText))).toEqual([
      ["changed", 2, "Entry 2 does not follow from what stands before it: it, or the one before, was changed."],
    ]);
  });
  test("an entry was changed, and its hash with it", async () => {
    const forged = { ...extend(kept[1]!, changedText.entry), entry: changedText.entry };
    expect(await told(kept.with(2, forged))).toMatchObject([["changed", 3, expect.any(String)]]);
  });
  test("entries were removed", async () => {
    expect(await told(kept.toSpliced(1, 1))).toEqual([["missing", 2, "Entry 1 is missing before entry 2."]]);
    expect(await told(kept.toSpliced(0, 3))).toEqual([["missing", 3, "Entries 0 to 2 are missing before entry 3."]]);
  });
  test("entries were swapped or repeated", async () => {
    const swapped = kept.with(2, kept[3]!).with(3, kept[2]!);
    expect(await told(swapped)).toEqual([
      ["missing", 3, "Entry 2 is missing before entry 3."],
      ["misplaced", 2, "Entry 2 stands after entry 3."],
    ]);
    expect(await told(kept.toSpliced(3, 0, kept[1]!))).toEqual([["misplaced", 1, "Entry 1 stands after entry 2."]]);
  });
  test("the end was removed, to who has a receipt", async () => {
    expect(await told(kept.slice(0, 4))).toEqual([]);
    expect(await told(kept.slice(0, 4), [kept[5]!])).toEqual([
      ["cut", 4, "Entries 4 to 5 are missing at the end: entry 5 was acknowledged."],
    ]);
  });
  test("what came before was another, to who has a receipt", async () => {
    const other = { ...kept[2]!, hash: kept[1]!.hash };
    expect((await verifyChain(kept.slice(3), { from: kept[2]!, known: [other] })).breaches).toMatchObject([
      { kind: "rewritten", index: 2 },
    ]);
  });
  test("all was written anew, to who has a receipt", async () => {
    const anew: Kept[] = [];
    for (const { entry } of kept.with(0, changedText)) anew.push({ ...extend(anew.at(-1) ?? origin, entry), entry });
    expect(await told(anew)).toEqual([]);
    expect(await told(anew, [kept[4]!])).toEqual([["rewritten", 4, "Entry 4 is not the one that was acknowledged."]]);
  });
  test("all was written anew, at places beside those of any receipt", async () => {
    const anew: Kept[] = [];
    for (const { entry } of kept) {
      const receipt = extend(anew.at(-1) ?? origin, entry);
      anew.push({ ...receipt, index: anew.length - 0.5, entry });
    }
    expect((await told(anew, [kept[4]!]))[0]).toEqual(["misplaced", -0.5, "There is no place -0.5 for an entry."]);
  });
  test("a place is none", async () => {
    for (const index of [Number.NaN, undefined, "2"]) {
      const changed = kept.with(2, { ...kept[2]!, index: index as number });
      expect((await told(changed))[0]).toEqual(["misplaced", index, `There is no place ${index} for an entry.`]);
    }
  });
});

test("any change is found: of a text, a hash or an index; an entry removed, repeated or moved", async () => {
  const kept = chain(8);
  const last = kept.at(-1)!;
  const place = fc.nat(kept.length - 1);
  const flip = (text: string, at: number) => {
    const i = at % text.length;
    return text.slice(0, i) + String.fromCharCode(text.charCodeAt(i) ^ 1) + text.slice(i + 1);
  };
  const changes = fc.oneof(
    fc.tuple(place, fc.nat()).map(([i, at]) => kept.with(i, { ...kept[i]!, entry: flip(kept[i]!.entry, at) })),
    fc.tuple(place, fc.nat()).map(([i, at]) => kept.with(i, { ...kept[i]!, hash: flip(kept[i]!.hash, at) })),
    fc
      .tuple(place, fc.integer())
      .filter(([i, index]) => i !== index)
      .map(([i, index]) => kept.with(i, { ...kept[i]!, index })),
    place.map((i) => kept.toSpliced(i, 1)),
    fc.tuple(place, fc.nat(kept.length)).map(([i, to]) => kept.toSpliced(to, 0, kept[i]!)),
    fc
      .tuple(place, place)
      .filter(([i, j]) => i !== j)
      .map(([i, j]) => kept.with(i, kept[j]!).with(j, kept[i]!)),
  );
  await fc.assert(
    fc.asyncProperty(changes, async (changed) => {
      expect((await verifyChain(changed, { known: [last] })).breaches).not.toEqual([]);
    }),
  );
});

test("what is wrong throughout is told in bounded space", async () => {
  const kept = chain(300).map((one) => ({ ...one, entry: `${one.entry} ` }));
  expect((await verifyChain(kept)).breaches).toHaveLength(100);
});

test("goes on behind a breach, where the chain is whole again", () => {
  const kept = chain(4);
  const check = new ChainCheck();
  expect([kept[0]!, kept[2]!, kept[3]!].map((one) => check.check(one)?.kind ?? null)).toEqual([null, "missing", null]);
  expect(check.last).toEqual({ index: 3, hash: kept[3]!.hash });
});
