import { generateKeyPairSync } from "node:crypto";
import { copyFileSync, renameSync, unlinkSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { setImmediate as turn } from "node:timers/promises";
import type { AuditEntry, Receipt } from "@scruple/runtime/enforce";
import { auditContract } from "@scruple/stores/contract";
import { describe, expect, test } from "vitest";
import { canonicalEntry, longestEntry } from "../canonical-entry.ts";
import { extend, origin } from "../chain.ts";
import { entry } from "../fixtures/entries.ts";
import { TestFolder } from "../fixtures/trail-folder.ts";
import { FileTrail } from "./file-trail.ts";
import { markText } from "./mark.ts";
import { readTrail } from "./read-trail.ts";
import { verifyTrail } from "./verify-trail.ts";

const first = "0000000000000000.jsonl";

async function entriesOf(folder: TestFolder): Promise<AuditEntry[]> {
  const all: AuditEntry[] = [];
  for await (const batch of readTrail(folder.path)) for (const one of batch) if ("entry" in one) all.push(one.entry);
  return all;
}

describe("a trail", () => {
  test("keeps entries in the order in which they were appended, and gives each its receipt", async () => {
    const folder = new TestFolder();
    const trail = await folder.open();
    const written = [0, 1, 2].map((i) => entry({ purpose: `purpose_${i}` }));
    const receipts = await Promise.all(written.map((one) => trail.append(one)));
    await trail.close();
    const expected: Receipt[] = [];
    for (const one of written) expected.push(extend(expected.at(-1) ?? origin, canonicalEntry(one)));
    expect(receipts).toEqual(expected);
    expect(trail.last).toEqual(expected[2]);
    expect(await entriesOf(folder)).toEqual(written);
    expect(await folder.breaches()).toEqual([]);
  });

  test("goes on where it ended when it is opened again", async () => {
    const folder = new TestFolder();
    await folder.write(2);
    const trail = await folder.open();
    expect(trail.repair).toBeNull();
    expect((await trail.append(entry())).index).toBe(2);
    await trail.close();
    expect(await verifyTrail(folder.path)).toMatchObject({ entries: 3, last: trail.last, breaches: [] });
  });

  test("writes together what is appended while the disk is busy", async () => {
    const folder = new TestFolder();
    let syncs = 0;
    const trail = await folder.open({
      open: async (path, flags) => {
        const file = await open(path, flags);
        const sync = file.datasync.bind(file);
        file.datasync = () => {
          syncs += 1;
          return sync();
        };
        return file;
      },
    });
    await Promise.all(Array.from({ length: 500 }, () => trail.append(entry())));
    await trail.close();
    expect(syncs).toBeLessThan(10);
    expect((await verifyTrail(folder.path)).entries).toBe(500);
  });

  test("refuses what is no entry, and is none the worse for it", async () => {
    const folder = new TestFolder();
    const trail = await folder.open();
    await expect(trail.append(entry({ errors: Number.NaN }))).rejects.toThrow("`errors` of an audit entry");
    await expect(trail.append(entry({ purpose: "x".repeat(longestEntry) }))).rejects.toThrow(RangeError);
    expect((await trail.append(entry())).index).toBe(0);
    await trail.close();
    await expect(trail.append(entry())).rejects.toThrow("The trail is closed.");
    expect(await folder.breaches()).toEqual([]);
  });

  test("keeps the longest entry that there can be, in any letters", async () => {
    const folder = new TestFolder();
    const trail = await folder.open();
    const most = longestEntry - canonicalEntry(entry({ purpose: "" })).length;
    await trail.append(entry({ purpose: "€".repeat(most) }));
    await trail.append(entry());
    await trail.close();
    expect(await verifyTrail(folder.path)).toMatchObject({ entries: 2, breaches: [] });
    await (await folder.open()).close();
  });
});

describe("does what every audit trail has to do:", () => {
  // One process has it: who opens it once more gets the same.
  let trail: Promise<FileTrail>;
  for (const { name, run } of auditContract(() => trail)) {
    test(name, async () => {
      trail = new TestFolder().open({ fileBytes: 5_000 });
      await run();
      await (await trail).close();
    });
  }
});

test("what is read while it grows ends where it was when that began", async () => {
  const folder = new TestFolder();
  await folder.write(3, { fileBytes: 1_000 });
  const trail = await folder.open();
  const indices: number[] = [];
  for await (const { index } of trail.read()) {
    indices.push(index);
    await trail.append(entry());
  }
  await trail.close();
  expect(indices).toEqual([0, 1, 2]);
});

test("a trail is made in folders that were not there", async () => {
  const folder = new TestFolder();
  const trail = await FileTrail.open({ folder: folder.file("a/b") });
  await trail.append(entry());
  await trail.close();
  expect((await verifyTrail(folder.file("a/b"))).entries).toBe(1);
});

describe("one process at a time:", () => {
  test("a folder that is written to cannot be opened", async () => {
    const folder = new TestFolder();
    const trail = await folder.open();
    await expect(folder.open()).rejects.toThrow(`The process ${process.pid} writes to \`${folder.path}\` already.`);
    await trail.close();
    await (await folder.open()).close();
  });

  test("of many that come at once no two get it", async () => {
    const folder = new TestFolder();
    const trails = (await Promise.allSettled(Array.from({ length: 8 }, () => folder.open()))).flatMap((one) =>
      one.status === "fulfilled" ? [one.value] : [],
    );
    expect(trails.length).toBeLessThanOrEqual(1);
    for (const trail of trails) await trail.close();
    expect(folder.names.filter((name) => name.includes("lock"))).toEqual([]);
  });

  test("one that is gone is in nobody's way, and neither is another of the same number", async () => {
    const folder = new TestFolder();
    const trail = await folder.open();
    const [lock] = folder.names.filter((name) => name.endsWith(".lock")) as [string];
    const own = JSON.parse(folder.text(lock));
    await trail.close();
    folder.overwrite("writer-1.lock", JSON.stringify({ ...own, pid: 2 ** 22 + 1 }));
    folder.overwrite("writer-2.lock", JSON.stringify({ ...own, boot: "another" }));
    if (own.started !== "") folder.overwrite("writer-3.lock", JSON.stringify({ ...own, started: "1" }));
    await (await folder.open()).close();
    expect(folder.names).toEqual([first, "head.json"]);
  });

  test("one on another machine, or whose lock is unreadable, counts as there", async () => {
    const folder = new TestFolder();
    folder.overwrite("writer-1.lock", JSON.stringify({ pid: 1, machine: "elsewhere", boot: "", started: "" }));
    await expect(folder.open()).rejects.toThrow(
      "The process 1 on the machine `elsewhere` writes to `" +
        folder.path +
        "`. If that machine is gone, remove `writer-1.lock`.",
    );
    folder.overwrite("writer-1.lock", "");
    await expect(folder.open()).rejects.toThrow("Whose lock `writer-1.lock` is cannot be read.");
  });

  test("what somebody else writes past the lock ends it", async () => {
    const folder = new TestFolder();
    const trail = await folder.open();
    await trail.append(entry());
    folder.overwrite(first, `${folder.text(first)}\n`);
    await expect(trail.append(entry())).rejects.toThrow("something else writes to it. Nothing more is added.");
    await trail.close();
  });

  test("nothing is written to a file that was moved away, removed or replaced", async () => {
    const folder = new TestFolder();
    const trail = await folder.open();
    await trail.append(entry());
    renameSync(folder.file(first), folder.file("moved"));
    await expect(trail.append(entry())).rejects.toThrow("ENOENT");
    copyFileSync(folder.file("moved"), folder.file(first));
    await expect(trail.append(entry())).rejects.toThrow("is not the file any more that was written to.");
    renameSync(folder.file("moved"), folder.file(first));
    expect((await trail.append(entry())).index).toBe(1);
    await trail.close();
    expect(await folder.breaches()).toEqual([]);
  });

  test("nothing is acknowledged in a head that was moved away, removed or replaced", async () => {
    const folder = new TestFolder();
    const trail = await folder.open({ fileBytes: 1 });
    await trail.append(entry());
    renameSync(folder.file("head.json"), folder.file("moved"));
    await expect(trail.append(entry())).rejects.toThrow("ENOENT");
    copyFileSync(folder.file("moved"), folder.file("head.json"));
    await expect(trail.append(entry())).rejects.toThrow("head.json` is not the file any more that was written to.");
    renameSync(folder.file("moved"), folder.file("head.json"));
    expect((await trail.append(entry())).index).toBe(1);
    await trail.close();
    expect(await folder.breaches()).toEqual([]);
  });
});

describe("a disk that fails", () => {
  /** Fails the next call of a method that is armed, after it did as much as a full disk does. */
  function failing(armed: { method: "write" | "datasync" | "truncate" | null; times: number }) {
    const full = () => Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    return async (path: string, flags: string): Promise<FileHandle> => {
      const file = await open(path, flags);
      for (const method of ["write", "datasync", "truncate"] as const) {
        const whole = (file[method] as (...args: unknown[]) => Promise<unknown>).bind(file);
        Object.assign(file, {
          [method]: async (...args: unknown[]) => {
            if (armed.method !== method || armed.times === 0) return whole(...args);
            armed.times -= 1;
            // Half of it gets onto the disk.
            if (method === "write" && flags === "a") await whole(args[0], args[1], Math.floor((args[2] as number) / 2));
            throw full();
          },
        });
      }
      return file;
    };
  }

  test.each(["write", "datasync"] as const)(
    "in %s rejects the entry, and the trail goes on without it",
    async (method) => {
      const folder = new TestFolder();
      const armed = { method, times: 0 };
      const trail = await folder.open({ open: failing(armed) });
      await trail.append(entry({ purpose: "before" }));
      for (let i = 0; i < 2; i++) {
        armed.times = 1;
        await expect(trail.append(entry({ purpose: "lost" }))).rejects.toThrow("ENOSPC");
      }
      expect((await trail.append(entry({ purpose: "after" }))).index).toBe(1);
      await trail.close();
      expect((await entriesOf(folder)).map(({ purpose }) => purpose)).toEqual(["before", "after"]);
      expect(await folder.breaches()).toEqual([]);
    },
  );

  test("and what a failed write left cannot be cut off at once: it is before the next write", async () => {
    const folder = new TestFolder();
    const armed: Parameters<typeof failing>[0] = { method: "write", times: 1 };
    const opened: FileHandle[] = [];
    const trail = await folder.open({
      open: async (path, flags) => {
        const file = await failing(armed)(path, flags);
        if (flags === "a") opened.push(file);
        return file;
      },
    });
    const [file] = opened as [FileHandle];
    const truncate = file.truncate;
    file.truncate = () => Promise.reject(new Error("EIO: i/o error, ftruncate"));
    await expect(trail.append(entry({ purpose: "lost" }))).rejects.toThrow("ENOSPC");
    await expect(trail.append(entry({ purpose: "lost" }))).rejects.toThrow("EIO");
    file.truncate = truncate;
    expect((await trail.append(entry())).index).toBe(0);
    await trail.close();
    expect(await folder.breaches()).toEqual([]);
  });

  test("while a new file is begun", async () => {
    const folder = new TestFolder();
    let fails = false;
    const trail = await folder.open({
      fileBytes: 1,
      open: (path, flags) => (fails ? Promise.reject(new Error("EMFILE: too many open files")) : open(path, flags)),
    });
    await trail.append(entry());
    fails = true;
    await expect(trail.append(entry())).rejects.toThrow("EMFILE");
    fails = false;
    expect((await trail.append(entry())).index).toBe(1);
    await trail.close();
    expect(await folder.breaches()).toEqual([]);
  });

  test.each(["jsonl", "new"])(
    "while a file is begun for the next day, of which one of the day before knows nothing: %s",
    async (ending) => {
      const folder = new TestFolder();
      let fails = false;
      const trail = await folder.open({
        daily: true,
        open: (path, flags) =>
          fails && path.endsWith(ending) ? Promise.reject(new Error("EMFILE: too many open files")) : open(path, flags),
      });
      const at = (moment: string) => trail.append(entry({ at: `2026-11-${moment}Z` })).catch(() => null);
      await at("21T23:59:59.000");
      fails = true;
      const begun = await at("22T00:00:00.100");
      fails = false;
      await at("21T23:59:59.900");
      await at("22T00:00:00.200");
      await trail.close();
      expect(await folder.breaches()).toEqual([]);
      expect((await verifyTrail(folder.path)).entries).toBe(begun === null ? 3 : 4);
      await (await folder.open()).close();
    },
  );

  test("and what a failed write left is cut off before a new file is begun", async () => {
    const folder = new TestFolder();
    const armed: Parameters<typeof failing>[0] = { method: null, times: 0 };
    const opened: FileHandle[] = [];
    const trail = await folder.open({
      daily: true,
      open: async (path, flags) => {
        const file = await failing(armed)(path, flags);
        if (flags === "a") opened.push(file);
        return file;
      },
    });
    await trail.append(entry({ at: "2026-11-21T12:00:00.000Z" }));
    const [file] = opened as [FileHandle];
    const truncate = file.truncate;
    file.truncate = () => Promise.reject(new Error("EIO: i/o error, ftruncate"));
    Object.assign(armed, { method: "write", times: 1 });
    await expect(trail.append(entry({ at: "2026-11-21T13:00:00.000Z" }))).rejects.toThrow("ENOSPC");
    await expect(trail.append(entry({ at: "2026-11-22T00:00:00.000Z" }))).rejects.toThrow("EIO");
    file.truncate = truncate;
    expect((await trail.append(entry({ at: "2026-11-22T00:00:00.000Z" }))).index).toBe(1);
    await trail.close();
    expect(await folder.breaches()).toEqual([]);
  });

  test("too slow for what is asked of it: what cannot wait is refused, what was let in is written", async () => {
    const folder = new TestFolder();
    let go = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const trail = await folder.open({
      open: async (path, flags) => {
        const file = await open(path, flags);
        const sync = file.datasync.bind(file);
        file.datasync = () => gate.then(sync);
        return file;
      },
    });
    const one = entry();
    const early = [trail.append(one)];
    await turn();
    for (let i = 0; i < 1 << 14; i++) early.push(trail.append(one));
    await expect(trail.append(one)).rejects.toThrow("16384 entries wait for the disk already.");
    go();
    expect((await Promise.all(early)).at(-1)?.index).toBe(1 << 14);
    await trail.close();
  });
});

describe("rotation", () => {
  test("begins a new file by size, with the hash where the last one ended", async () => {
    const folder = new TestFolder();
    await folder.write(5, { fileBytes: 1200 });
    const files = folder.names.filter((name) => name.endsWith(".jsonl"));
    expect(files).toEqual([first, "0000000000000002.jsonl", "0000000000000004.jsonl"]);
    const { hash } = JSON.parse(folder.text(first).trimEnd().split("\n").at(-1)!);
    expect(JSON.parse(folder.text(files[1]!).split("\n")[0]!).after).toEqual({ index: 1, hash });
    expect(await verifyTrail(folder.path)).toMatchObject({ entries: 5, files: 3, breaches: [] });
    expect(await verifyTrail(folder.file(files[1]!))).toMatchObject({ entries: 2, after: { index: 1 }, breaches: [] });
    await folder.write(1, { fileBytes: 1200 });
    expect(await verifyTrail(folder.path)).toMatchObject({ entries: 6, files: 3, breaches: [] });
  });

  test("begins a new file with each later day, and none for an entry that comes late", async () => {
    const folder = new TestFolder();
    const trail = await folder.open({ daily: true });
    const days = ["2026-11-21", "2026-11-22", "2026-11-21", "2026-11-22", "2026-11-24"];
    await Promise.all(days.map((day) => trail.append(entry({ at: `${day}T23:59:59.999Z` }))));
    await trail.close();
    await folder.write(1, { daily: true }, "2026-11-24T00:00:00.000Z");
    await folder.write(1, { daily: true }, "2026-11-25T00:00:00.000Z");
    expect(folder.names.filter((name) => name.endsWith(".jsonl")).map((name) => Number(name.split(".")[0]))).toEqual([
      0, 1, 4, 6,
    ]);
    expect(await folder.breaches()).toEqual([]);
  });
});

describe("retention", () => {
  async function threeDays(options = {}) {
    const folder = new TestFolder();
    for (const day of ["20", "21", "22"])
      await folder.write(2, { daily: true, ...options }, `2026-11-${day}T12:00:00.000Z`);
    return folder;
  }
  const remove = async (folder: TestFolder, moment: string, options = {}) => {
    const trail = await folder.open(options);
    return await trail.removeBefore(new Date(moment)).finally(() => trail.close());
  };

  test("removes files that are older throughout, and the rest still holds", async () => {
    const folder = await threeDays();
    expect(await remove(folder, "2026-11-20T12:00:00.000Z")).toBeNull();
    const receipt = await remove(folder, "2026-11-21T12:00:00.001Z");
    expect(receipt?.index).toBe(3);
    expect(await remove(folder, "2026-11-22T12:00:00.000Z")).toEqual(receipt);
    const report = await verifyTrail(folder.path);
    expect(report).toMatchObject({ entries: 2, after: receipt, since: "2026-11-22T12:00:00.000Z", breaches: [] });
    await folder.write(1);
    expect(await folder.breaches()).toEqual([]);
  });

  test("keeps the file that is written to, however old", async () => {
    const folder = await threeDays();
    expect((await remove(folder, "2030-01-01"))?.index).toBe(3);
    expect((await verifyTrail(folder.path)).entries).toBe(2);
  });

  test("that was cut short by a crash has left more than it says, and is done again", async () => {
    const folder = await threeDays();
    const before = folder.copy();
    await remove(folder, "2026-11-23");
    before.overwrite("checkpoint.json", folder.read("checkpoint.json"));
    expect(await before.breaches()).toEqual([]);
    await remove(before, "2026-11-23");
    expect(before.names).toEqual(folder.names);
  });

  test("is not what somebody does who takes files away", async () => {
    const folder = await threeDays();
    unlinkSync(folder.file(first));
    expect(await folder.breaches()).toEqual([
      ["missing", 0, "Entries 0 to 1 are gone, and no checkpoint says that they were removed in order."],
    ]);
  });

  test("does not vouch for files that somebody else took away", async () => {
    for (const [gone, message] of [
      [0, "`0000000000000002.jsonl` does not follow entry -1"],
      [1, "`0000000000000004.jsonl` does not follow entry 1"],
    ] as const) {
      const folder = await threeDays();
      await folder.write(2, { daily: true }, "2026-11-23T12:00:00.000Z");
      unlinkSync(folder.file(folder.names.filter((name) => name.endsWith("jsonl"))[gone] as string));
      const breaches = await folder.breaches();
      expect(breaches).not.toEqual([]);
      await expect(remove(folder, "2026-11-24")).rejects.toThrow(message);
      expect(await folder.breaches()).toEqual(breaches);
    }
  });

  test("does not go on behind a checkpoint that is none, or is somebody else's", async () => {
    const { privateKey: signWith } = generateKeyPairSync("ed25519");
    const { privateKey: other } = generateKeyPairSync("ed25519");
    const receipt = { index: 1, hash: origin.hash };
    for (const [text, message] of [
      ["{}", "`checkpoint.json` cannot be read."],
      [markText("checkpoint", receipt), "`checkpoint.json` is not signed"],
      [markText("checkpoint", receipt, other), "`checkpoint.json` is not signed"],
    ] as const) {
      const folder = await threeDays({ signWith });
      await remove(folder, "2026-11-21T00:00:00.000Z", { signWith });
      folder.overwrite("checkpoint.json", text);
      await expect(remove(folder, "2026-11-24", { signWith })).rejects.toThrow(message);
      const trail = await folder.open({ signWith });
      await expect(trail.start()).rejects.toThrow(message);
      await trail.close();
    }
  });

  test("cannot be forged where marks are signed", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const folder = await threeDays({ signWith: privateKey });
    await remove(folder, "2026-11-22T00:00:00.000Z", { signWith: privateKey });
    expect((await verifyTrail(folder.path, { publicKey })).notes).toEqual([]);
    expect(await folder.breaches({ publicKey })).toEqual([]);
    const other = generateKeyPairSync("ed25519");
    expect(await folder.breaches({ publicKey: other.publicKey })).toMatchObject(
      ["unsigned", "unsigned"].map((kind) => [kind, null, "It is not signed with this key."]),
    );
    const unsigned = folder
      .text("head.json")
      .replace(/"signature":"[^"]*"/, '"signature":null')
      .trimEnd();
    folder.overwrite("head.json", `${unsigned.padEnd(511)}\n`);
    expect(await folder.breaches({ publicKey })).toEqual([["unsigned", null, "It is not signed with this key."]]);
    await expect(folder.open({ signWith: privateKey })).rejects.toThrow(
      "`head.json` is not signed with the key of this trail.",
    );
  });
});
