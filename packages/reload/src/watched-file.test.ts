import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { watchedFile } from "./watched-file.ts";

/** A file that says when it was changed as a copy that keeps times does, or what comes out of an image. */
function written(path: string, text: string): string {
  writeFileSync(path, text);
  utimesSync(path, 0, 0);
  return text;
}

test.each([
  ["at once", 0],
  ["long afterwards", 3_600_000],
])("a file is read again when it is written over %s, be it as long and as old as before", async (_, later) => {
  const folder = mkdtempSync(join(tmpdir(), "scruple-watched-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "model.json");
  const first = written(path, "one");
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + later });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const read = watchedFile(path);
  const { signal } = new AbortController();
  expect(await read(signal)).toBe(first);
  // File systems count in milliseconds, some in more.
  await new Promise((done) => setTimeout(done, later === 0 ? 0 : 50));
  const second = written(path, "two");
  expect(await read(signal)).toBe(second);
  expect(await read(signal)).toBe(second);
});
