import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

let folder = "";
let bytes = Buffer.alloc(0);
let extension = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "scruple-vsix-"));
  const { today } = await import(new URL("../../../scripts/build.mjs", import.meta.url).href);
  const { packExtension } = await import(new URL("../../../scripts/package-vscode.mjs", import.meta.url).href);
  extension = join(folder, "extension");
  await today.extension(extension);
  bytes = readFileSync(await packExtension(extension));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The names of a zip file's entries, from its central directory. */
function entriesOf(zip: Buffer): readonly string[] {
  const end = zip.lastIndexOf("PK\x05\x06", undefined, "latin1");
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: zip.readUInt16LE(end + 10) }, () => {
    const [name, extra, comment] = [28, 30, 32].map((place) => zip.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const entry = zip.toString("utf8", at + 46, at + 46 + name);
    at += 46 + name + extra + comment;
    return entry;
  });
}

it("is smaller than 1.5 MB", () => expect(bytes.length).toBeLessThan(1_500_000));

it("holds all that its manifest names, and neither sources nor dependencies", () => {
  const entries = entriesOf(bytes);
  const manifest = JSON.parse(readFileSync(join(extension, "package.json"), "utf8"));
  const named = [...JSON.stringify(manifest).matchAll(/"\.\/([\w./-]+)"/g)].map(([, path]) => `extension/${path}`);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((path) => !entries.includes(path))).toEqual([]);
  expect(entries).toContain(`extension/${manifest.icon}`);
  expect(entries).toEqual(
    expect.arrayContaining(
      ["extension.desktop.js", "server.cjs", "server.session.cjs", "server.web.js"].map((name) => `extension/${name}`),
    ),
  );
  expect(entries.filter((path) => /\.(ts|map)$|node_modules/.test(path))).toEqual([]);
});

it("shows pictures that are in it", () => {
  const readme = readFileSync(join(extension, "README.md"), "utf8");
  const shown = [...readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path]) => `extension/${path}`);
  expect(shown.length).toBeGreaterThan(2);
  expect(entriesOf(bytes)).toEqual(expect.arrayContaining(shown));
});

it("is known by the name that new projects recommend", () => {
  const { publisher, name } = JSON.parse(readFileSync(join(extension, "package.json"), "utf8"));
  expect(`${publisher}.${name}`).toBe("scruple.scruple");
});
