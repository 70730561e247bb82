import { execFileSync, spawn } from "node:child_process";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Receipt } from "@scruple/runtime/enforce";
import { build } from "esbuild";
import { describe, expect, onTestFinished, test } from "vitest";
import { entry } from "../fixtures/entries.ts";
import { TestFolder } from "../fixtures/trail-folder.ts";
import { FileTrail } from "./file-trail.ts";
import { readMark } from "./mark.ts";
import { findEnd } from "./trail-end.ts";
import { verifyTrail } from "./verify-trail.ts";

const first = "0000000000000000.jsonl";

/** One of the programs in fixtures, in a file that Node runs. */
async function bundled(name: string): Promise<string> {
  const outfile = join(new TestFolder().path, `${name}.mjs`);
  const entryPoints = [join(import.meta.dirname, `../fixtures/${name}.ts`)];
  await build({ entryPoints, outfile, bundle: true, platform: "node", format: "esm", conditions: ["source"] });
  return outfile;
}

describe("a process that is killed at any moment", () => {
  const kills = 8;

  test(`loses no acknowledged entry, ${kills} times in a row`, async () => {
    const program = await bundled("appender");
    const folder = new TestFolder();
    let acknowledged = 0;
    let repairs = 0;
    for (let i = 0; i < kills; i++) {
      const receipts = await killed(program, folder.path);
      const [last] = receipts.slice(-1);
      acknowledged += receipts.length;
      const report = await verifyTrail(folder.path, last && { head: last });
      expect(report.breaches).toEqual([]);
      // What the next process finds.
      const trail = await FileTrail.open({ folder: folder.path });
      if (trail.repair !== null) repairs += 1;
      if (last) expect(trail.last.index).toBeGreaterThanOrEqual(last.index);
      await trail.append(entry());
      await trail.close();
      expect((await verifyTrail(folder.path, last && { head: last })).breaches).toEqual([]);
    }
    expect(acknowledged).toBeGreaterThan(0);
    console.log(`${kills} kills, ${acknowledged} acknowledged entries, none lost; ${repairs} torn ends set aside`);
  });

  /** Runs the program and kills it some milliseconds after its trail is open. @returns what it said was acknowledged */
  async function killed(program: string, folder: string): Promise<Receipt[]> {
    const child = spawn(process.execPath, [program, folder], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (said === "") sleep(Math.random() * 60).then(() => child.kill("SIGKILL"));
      said += text;
    });
    await new Promise((resolve) => child.on("close", resolve));
    return [...said.matchAll(/^(\d+) (sha256:\w{64})\n/gm)].map(([, index, hash]) => ({
      index: Number(index),
      hash: hash!,
    }));
  }
});

test("while one process writes, others may verify, and may not write", async () => {
  const folder = new TestFolder();
  const child = spawn(process.execPath, [await bundled("appender"), folder.path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = new Promise((resolve) => child.on("close", resolve));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  child.stdout.resume();
  for (let i = 0; i < 5; i++) {
    expect((await verifyTrail(folder.path)).breaches).toEqual([]);
    await expect(folder.open()).rejects.toThrow(`The process ${child.pid} writes to \`${folder.path}\` already.`);
  }
  child.kill("SIGKILL");
  await ended;
  await folder.write(1);
  expect(await folder.breaches()).toEqual([]);
});

test.runIf(process.platform !== "win32")("a system that takes half of a write and no more leaves no half", async () => {
  const program = await bundled("filler");
  const folder = new TestFolder();
  // Files may have that many blocks: what goes beyond is cut off in the middle, as on a full disk.
  const shell = 'ulimit -f 150; exec "$0" "$1" "$2"';
  const told = execFileSync("sh", ["-c", shell, process.execPath, program, folder.path], { encoding: "utf8" });
  const { acknowledged, last, reasons } = JSON.parse(told);
  expect(reasons).toEqual(["EFBIG"]);
  expect(acknowledged).toBeGreaterThan(0);
  expect(await verifyTrail(folder.path, { head: last })).toMatchObject({
    entries: acknowledged,
    breaches: [],
    notes: [],
  });
  await folder.write(1);
  expect(await verifyTrail(folder.path, { head: last })).toMatchObject({ entries: acknowledged + 1, breaches: [] });
});

describe("a trail whose last write was cut off", () => {
  /** One acknowledged entry, and two that a write was about to add. */
  async function written() {
    const folder = new TestFolder();
    await folder.write(1);
    const head = folder.read("head.json");
    const safe = folder.read(first).length;
    await folder.write(2);
    return { folder, head, safe, whole: folder.read(first) };
  }

  test("at any byte is whole up to the last entry that is", async () => {
    const { folder, head, whole } = await written();
    const acknowledged = readMark("head", head.toString())!.receipt;
    const ends = [...whole.entries()].filter(([, byte]) => byte === 0x0a).map(([i]) => i + 1);
    for (let length = ends.at(-2)! - 3; length <= whole.length; length++) {
      folder.overwrite(first, whole.subarray(0, length));
      const size = ends.filter((end) => end <= length).at(-1)!;
      const found = await findEnd(folder.path, first, acknowledged);
      expect(found).toMatchObject({ last: { index: ends.indexOf(size) - 1 }, size, torn: length - size });
    }
  });

  test("goes on from there, and the rest is kept aside", async () => {
    const { folder, head, safe, whole } = await written();
    for (const torn of [1, 80, whole.length - safe - 1]) {
      folder.overwrite("head.json", head);
      folder.overwrite(first, whole.subarray(0, safe + torn));
      const trail = await folder.open();
      expect(folder.read(basename(trail.repair!.setAside))).toEqual(
        whole.subarray(safe + torn - trail.repair!.bytes, safe + torn),
      );
      await trail.append(entry());
      await trail.close();
      expect(await folder.breaches()).toEqual([]);
    }
    expect(folder.names.filter((name) => name.includes("torn"))).toEqual([1, 2, 3].map((n) => `${first}.torn-${n}`));
  });

  test("by a power failure, whose pages got onto the disk in no order", async () => {
    const { folder, head, safe, whole } = await written();
    folder.overwrite("head.json", head);
    folder.overwrite(first, Buffer.concat([whole.subarray(0, safe), Buffer.alloc(400), whole.subarray(safe + 400)]));
    const trail = await folder.open();
    expect(trail.repair).toMatchObject({ bytes: whole.length - safe, last: { index: 0 } });
    await trail.close();
    expect(await folder.breaches()).toEqual([]);
    expect((await verifyTrail(folder.path)).notes).toEqual([
      `A crash left unfinished entries, none of them acknowledged: \`${first}.torn-1\`.`,
    ]);
  });

  test("never sets aside what was acknowledged", async () => {
    const { folder, safe, whole } = await written();
    for (const length of [whole.length - 1, safe + 10, safe, safe - 1, 20, 0]) {
      folder.overwrite(first, whole.subarray(0, length));
      await expect(folder.open()).rejects.toThrow("Nothing is added to a broken trail");
      expect(folder.read(first)).toEqual(whole.subarray(0, length));
    }
  });

  test("in the middle of beginning a file has begun none", async () => {
    const { folder } = await written();
    folder.overwrite("0000000000000003.jsonl.new", '{"trail":"scr');
    await folder.write(2, { fileBytes: 1 });
    expect(await folder.breaches()).toEqual([]);
    const fresh = new TestFolder();
    fresh.overwrite(`${first}.new`, "");
    await fresh.write(1);
    expect(await fresh.breaches()).toEqual([]);
  });
});
