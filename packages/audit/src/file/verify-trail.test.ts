import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { origin } from "../chain.ts";
import { chain } from "../fixtures/entries.ts";
import { TestFolder } from "../fixtures/trail-folder.ts";
import { readTrail } from "./read-trail.ts";
import { entryLine, headerLine } from "./trail-line.ts";
import { verifyTrail } from "./verify-trail.ts";

const [first, second] = ["0000000000000000.jsonl", "0000000000000003.jsonl"] as const;

async function trail(): Promise<TestFolder> {
  const folder = new TestFolder();
  await folder.write(6, { fileBytes: 1600 });
  expect(folder.names).toEqual([first, second, "head.json"]);
  return folder;
}

describe("verifying says where", () => {
  const edits: [string, (lines: string[]) => string[], unknown[]][] = [
    [
      "a letter was changed",
      (lines) => lines.with(2, lines[2]!.replace('"purpose_1"', '"purpose_2"')),
      [["changed", 3, "Entry 1 does not follow from what stands before it: it, or the one before, was changed."]],
    ],
    ["an entry was removed", (lines) => lines.toSpliced(2, 1), [["missing", 3, "Entry 1 is missing before entry 2."]]],
    [
      "entries were swapped",
      (lines) => lines.with(1, lines[2]!).with(2, lines[1]!),
      [
        ["missing", 2, "Entry 0 is missing before entry 1."],
        ["misplaced", 3, "Entry 0 stands after entry 1."],
      ],
    ],
    [
      "an entry stands there twice",
      (lines) => lines.toSpliced(2, 0, lines[1]!),
      [["misplaced", 3, "Entry 0 stands after entry 0."]],
    ],
    [
      "something else was put in",
      (lines) => lines.toSpliced(2, 0, "note"),
      [["unreadable", 3, "The line is no entry."]],
    ],
    [
      "the header was changed",
      (lines) => lines.with(0, `${lines[0]!} `),
      [["unreadable", 1, "The file does not begin as a trail does."]],
    ],
    [
      "the end of a file is gone",
      (lines) => lines.slice(0, 3),
      [["missing", 1, "The file follows entry 2, and stands after entry 1."]],
    ],
  ];
  test.each(edits)("%s", async (_, edit, expected) => {
    const folder = await trail();
    const lines = folder.text(first).trimEnd().split("\n");
    folder.overwrite(first, `${edit(lines).join("\n")}\n`);
    const { breaches } = await verifyTrail(folder.path);
    expect(breaches.map(({ kind, line, message }) => [kind, line, message])).toEqual(expected);
  });

  test("the end of the trail is gone", async () => {
    const folder = await trail();
    folder.overwrite(
      second,
      folder
        .text(second)
        .split("\n")
        .slice(0, 2)
        .map((line) => `${line}\n`)
        .join(""),
    );
    expect(await folder.breaches()).toEqual([
      ["cut", 4, "Entries 4 to 5 are missing at the end: entry 5 was acknowledged."],
    ]);
    await expect(folder.open()).rejects.toThrow("Entries 4 to 5 are missing at the end");
  });

  test("the end and the head are gone, or all of it", async () => {
    const folder = await trail();
    rmSync(folder.file("head.json"));
    expect(await folder.breaches()).toEqual([
      ["missing", null, "It is missing, which says how far the trail was acknowledged."],
    ]);
    await expect(folder.open()).rejects.toThrow("`head.json` is missing");
    const emptied = await trail();
    for (const name of [first, second]) rmSync(emptied.file(name));
    expect(await emptied.breaches()).toEqual([
      ["cut", 0, "Entries 0 to 5 are missing at the end: entry 5 was acknowledged."],
    ]);
    await expect(emptied.open()).rejects.toThrow("`head.json` is there, but no file of the trail.");
  });

  test("a whole trail was put in the place of another: to who kept a receipt, and to nobody else", async () => {
    const folder = await trail();
    const { last: head } = await verifyTrail(folder.path);
    const other = new TestFolder();
    await other.write(1, {}, "2020-01-01T00:00:00.000Z");
    await other.write(7);
    expect(await other.breaches()).toEqual([]);
    expect(await other.breaches({ head })).toEqual([["rewritten", 5, "Entry 5 is not the one that was acknowledged."]]);
    expect(await folder.breaches({ head })).toEqual([]);
  });

  test("a file is gone, empty, or has the name of another", async () => {
    const folder = await trail();
    const emptied = folder.copy();
    emptied.overwrite(second, "");
    expect(await emptied.breaches()).toMatchObject([
      ["unreadable", 3, "The file is empty."],
      ["cut", 3, expect.any(String)],
    ]);
    const renamed = folder.copy();
    renamed.overwrite("0000000000000004.jsonl", renamed.read(second));
    rmSync(renamed.file(second));
    expect(await renamed.breaches()).toEqual([["misplaced", 3, "The file has the name of another."]]);
  });
});

test("one file alone is verified as far as it goes", async () => {
  const folder = await trail();
  const { notes, ...report } = await verifyTrail(folder.file(second));
  expect(report).toMatchObject({ entries: 3, files: 1, after: { index: 2 }, last: { index: 5 }, breaches: [] });
  expect(notes).toEqual([
    "One file alone does not show whether entries are missing at its end: its folder does, or a receipt.",
  ]);
  folder.overwrite(second, folder.text(second).slice(0, -1));
  expect(await verifyTrail(folder.file(second), { head: report.last })).toMatchObject({
    breaches: [
      { kind: "unreadable", line: 4, message: "The file ends within a line." },
      { kind: "cut", index: 5 },
    ],
    notes: [],
  });
});

test("one file alone cannot be held to a key: nothing in it is signed", async () => {
  const folder = await trail();
  const { publicKey } = generateKeyPairSync("ed25519");
  await expect(verifyTrail(folder.file(second), { publicKey })).rejects.toThrow(
    "is one file, which holds nothing that is signed: give the key for its folder",
  );
});

test("what is wrong throughout is told up to a hundred times", async () => {
  const folder = new TestFolder();
  folder.overwrite(first, "nothing\n".repeat(200));
  const { breaches, notes } = await verifyTrail(folder.path);
  expect(breaches).toHaveLength(100);
  expect(notes).toEqual(["More is wrong than is listed here."]);
});

test("a receipt of what was removed in order says nothing, and that is told", async () => {
  const folder = new TestFolder();
  const { last: head } = await verifyTrail((await trail()).path);
  for (const day of ["20", "21", "22"]) await folder.write(1, { daily: true }, `2026-11-${day}T12:00:00.000Z`);
  const open = await folder.open();
  await open.removeBefore(new Date("2026-11-22"));
  await open.close();
  expect(await verifyTrail(folder.path, { head: { ...head, index: 0 } })).toMatchObject({
    breaches: [],
    notes: ["Entry 0 was removed, so its receipt says nothing of what is there."],
  });
  expect(await folder.breaches({ head: { ...head, index: 1 } })).toEqual([
    ["rewritten", 1, "Entry 1 is not the one that was acknowledged."],
  ]);
});

test("a head that was changed before there was an entry is found, and nothing is built on it", async () => {
  const folder = new TestFolder();
  await folder.write(0);
  folder.overwrite("head.json", folder.text("head.json").replace("sha256:0", "sha256:1"));
  expect(await folder.breaches()).toEqual([["rewritten", -1, "The beginning is not the one that was acknowledged."]]);
  await expect(folder.open()).rejects.toThrow("Nothing is added to a broken trail");
});

test("a trail that was kept elsewhere is verified as a file of its lines", async () => {
  const folder = new TestFolder();
  const kept = chain(3);
  folder.overwrite("export.jsonl", headerLine(origin) + kept.map(entryLine).join(""));
  expect(await verifyTrail(folder.file("export.jsonl"), { head: kept[2]! })).toMatchObject({
    entries: 3,
    breaches: [],
  });
});

describe("a folder in the place of", () => {
  async function replaced(name: string): Promise<TestFolder> {
    const folder = await trail();
    rmSync(folder.file(name));
    mkdirSync(folder.file(name));
    return folder;
  }
  const found = async (folder: TestFolder) =>
    (await verifyTrail(folder.path)).breaches.map(({ file, index, message }) => [file, index, message]);

  test("a file is told as its entries are, and what follows is looked at", async () => {
    const folder = await replaced(first);
    folder.overwrite(second, folder.text(second).replace("purpose_4", "purpose_5"));
    expect(await found(folder)).toEqual([
      [first, 0, "It is no file."],
      [second, 4, "Entry 4 does not follow from what stands before it: it, or the one before, was changed."],
      [first, 0, "Entries 0 to 2 are gone, and no checkpoint says that they were removed in order."],
    ]);
    const shown: unknown[] = [];
    for await (const batch of readTrail(folder.path))
      shown.push(...batch.map((one) => ("entry" in one ? one.index : one)));
    expect(shown).toEqual([{ file: folder.file(first), line: 1 }, 3, 4, 5]);
  });

  test("the last file is told, and that entries are missing", async () => {
    expect(await found(await replaced(second))).toEqual([
      [second, 3, "It is no file."],
      [second, 3, "Entries 3 to 5 are missing at the end: entry 5 was acknowledged."],
    ]);
  });

  test("the head, or a checkpoint, is told", async () => {
    const folder = await replaced("head.json");
    mkdirSync(folder.file("checkpoint.json"));
    expect(await found(folder)).toEqual([
      ["head.json", null, "It is not as it was written."],
      ["checkpoint.json", null, "It is not as it was written."],
    ]);
  });
});

describe("what stands behind the acknowledged end", () => {
  const torn = [
    `\`${second}\` ends from line 5 on with what was not acknowledged, as it does after a crash or while it is written.`,
  ];
  /** Puts it there. @returns what verifying says of it, and whether the trail can be opened */
  async function behind(rest: string | Uint8Array) {
    const folder = await trail();
    folder.overwrite(second, Buffer.concat([folder.read(second), Buffer.from(rest)]));
    const { breaches, notes, entries, last } = await verifyTrail(folder.path);
    expect({ entries, last: last.index }).toEqual({ entries: 6, last: 5 });
    const opened = await folder.open().catch((error) => String(error));
    if (typeof opened !== "string") await opened.close();
    return { breaches, notes, opened: typeof opened === "string" ? opened : opened.repair!.bytes };
  }

  test.each([
    ["a part of an entry", '{"index":6,"ha'],
    ["a whole line", "note\n"],
    ["an entry with a page of it missing", entryLine(chain(7)[6]!).replace("purpose_6", "\0".repeat(9))],
    ["lines, as pages got onto the disk", `${"\0".repeat(400)}\n{"index":7,"ha\n\n`],
    ["no more than a write and an entry", "x".repeat(2 ** 21)],
  ])("may be what a crash left, and is set aside: %s", async (_, rest) => {
    expect(await behind(rest)).toEqual({ breaches: [], notes: torn, opened: rest.length });
  });

  test.each([
    ["one line", "x".repeat(2 ** 21 + 1), "The file ends within a line."],
    ["many", "note\n".repeat(2 ** 19), "The line is no entry."],
  ])("is more than a crash leaves, and neither takes it: %s", async (_, rest, message) => {
    const { breaches, notes, opened } = await behind(rest);
    expect({ breaches, notes }).toEqual({
      breaches: [{ kind: "unreadable", file: second, line: 5, index: 6, message }],
      notes: [],
    });
    expect(opened).toContain("Entry 6 cannot be read. Nothing is added to a broken trail");
  });

  test.each([
    [5, "misplaced", "Entry 5 stands after entry 5."],
    [7, "missing", "Entry 6 is missing before entry 7."],
  ])("was put there if it is an entry of another place, and neither takes it: %i", async (index, kind, message) => {
    const folder = await trail();
    folder.overwrite(second, folder.text(second) + entryLine(chain(index + 1)[index]!));
    expect(await folder.breaches()).toMatchObject([[kind, expect.any(Number), message]]);
    await expect(folder.open()).rejects.toThrow(message);
  });

  test("was no crash where a receipt shows that it was acknowledged", async () => {
    const folder = await trail();
    const head = { index: 6, hash: origin.hash };
    folder.overwrite(second, `${folder.text(second)}note\n`);
    expect(await folder.breaches({ head })).toEqual([
      ["unreadable", 6, "The line is no entry."],
      ["cut", 6, "Entry 6 is missing at the end: entry 6 was acknowledged."],
    ]);
  });

  test("is none of a crash in a file that another follows", async () => {
    const folder = await trail();
    folder.overwrite(first, `${folder.text(first)}note\n`);
    expect(await folder.breaches()).toEqual([["unreadable", 3, "The line is no entry."]]);
  });
});

describe("any single change is found:", () => {
  type Files = ReadonlyMap<string, Buffer>;
  /** A change of a file, by its name; made from the files as they are. */
  type Change = (files: Files) => [name: string, content: Buffer];

  async function find(changes: fc.Arbitrary<Change>) {
    const folder = new TestFolder();
    for (const day of ["20", "21", "22"]) await folder.write(2, { daily: true }, `2026-11-${day}T12:00:00.000Z`);
    const open = await folder.open();
    await open.removeBefore(new Date("2026-11-21"));
    await open.close();
    expect(folder.names).toEqual([...trailFiles, "checkpoint.json", "head.json"]);
    const files = new Map(folder.names.map((name) => [name, folder.read(name)]));
    await fc.assert(
      fc.asyncProperty(changes, async (change) => {
        const [name, content] = change(files);
        folder.overwrite(name, content);
        const { breaches } = await verifyTrail(folder.path);
        folder.overwrite(name, files.get(name)!);
        expect(breaches).not.toEqual([]);
      }),
      { numRuns: 150 },
    );
    expect(await folder.breaches()).toEqual([]);
  }
  const trailFiles = ["0000000000000002.jsonl", "0000000000000004.jsonl"] as const;
  const anyFile = fc.constantFrom(...trailFiles, "checkpoint.json", "head.json");
  const place = fc.nat();
  const linesOf = (content: Buffer) => content.toString("utf8").split(/(?<=\n)/);

  test("a byte, anywhere", () =>
    find(
      fc.tuple(anyFile, place, fc.integer({ min: 1, max: 255 })).map(([name, at, mask]) => (files) => {
        const content = Buffer.from(files.get(name)!);
        const i = at % content.length;
        content[i] = content[i]! ^ mask;
        return [name, content];
      }),
    ));

  test("bytes put in, or taken out", () =>
    find(
      fc
        .tuple(anyFile, place, fc.uint8Array({ minLength: 1, maxLength: 3 }), fc.boolean())
        .map(([name, at, bytes, isIn]) => (files) => {
          const content = files.get(name)!;
          const i = at % content.length;
          const rest = content.subarray(isIn ? i : i + bytes.length);
          return [name, Buffer.concat([content.subarray(0, i), ...(isIn ? [bytes] : []), rest])];
        }),
    ));

  test("a line removed, repeated elsewhere, or swapped with another", () =>
    find(
      fc
        .tuple(fc.constantFrom(...trailFiles), fc.nat(2), fc.nat(2), fc.constantFrom("remove", "repeat", "swap"))
        .filter(([, from, to, how]) => how !== "swap" || from !== to)
        .map(([name, from, to, how]) => (files) => {
          const lines = linesOf(files.get(name)!);
          if (how === "remove") lines.splice(from, 1);
          else if (how === "repeat") lines.splice(to, 0, lines[from]!);
          else [lines[from], lines[to]] = [lines[to]!, lines[from]!];
          return [name, Buffer.from(lines.join(""))];
        }),
    ));
});
