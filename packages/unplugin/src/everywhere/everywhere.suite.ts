import { rename } from "node:fs/promises";
import type { TemporaryFolder } from "@scruple/testkit";
import { beforeAll, describe, expect, test } from "vitest";
import { installRuntime } from "../fixtures/app.ts";
import { bundlers } from "../fixtures/bundlers.ts";
import { answer } from "./answering.ts";
import { application } from "./application.ts";
import { type Browser, openBrowser } from "./browser.ts";
import { subjects } from "./corpus.ts";
import { nodeOf, output } from "./nodes.ts";

/** Guards decide alike, to the byte, wherever they run: the modules that the command builds, and those in bundles. */
const corpus = subjects();
const expected = await answer(
  corpus.map(({ guard }) => guard),
  corpus.map(({ requests }) => requests),
);
const nodes = ["20.20.2", "22.23.3", "24.21.0"];
const names = Object.keys(bundlers);

let app: TemporaryFolder;
let browser: Browser;
beforeAll(async () => {
  const atEnd: (() => void)[] = [];
  app = application(corpus, await installRuntime((remove) => atEnd.push(remove)), (remove) => atEnd.push(remove));
  browser = await openBrowser(app.root);
  return async () => {
    await browser.close();
    for (const remove of atEnd) remove();
  };
});

test("some hundred requests are asked, not all of them refused, and the airline acts", () => {
  expect(expected.length).toBeGreaterThanOrEqual(600);
  expect(expected.filter((line) => line.includes('"decision":"allow"')).length).toBeGreaterThan(100);
  expect(expected.filter((line) => line.includes('"outcome":"done"')).length).toBe(3);
  expect(expected.filter((line) => line.includes('"reason":"limit"')).length).toBe(1);
});

describe("the modules that the command builds decide alike", () => {
  test.each(nodes)("in Node %s", (version) => {
    expect(output(nodeOf(version), app.path("in-node.js"), app.path("emitted.js")).split("\n")).toEqual(expected);
  });
  test("in a worker thread", () => {
    expect(output(process.execPath, app.path("in-thread.js"), app.path("emitted.js")).split("\n")).toEqual(expected);
  });
  test("in Chromium", async () => {
    expect(await browser.inPage("emitted.js")).toEqual(expected);
  });
});

describe.each(names)("in a bundle by %s, they decide alike", (name) => {
  const bundle = `dist/${name}.js`;
  beforeAll(async () => {
    const { failed, output: said } = (await bundlers[name]?.(app)) ?? { failed: true, output: "" };
    if (failed) throw new Error(said);
    await rename(app.path("dist/main.js"), app.path(bundle));
  });

  test.each(nodes)("in Node %s", (version) => {
    expect(output(nodeOf(version), app.path("in-node.js"), app.path(bundle)).split("\n")).toEqual(expected);
  });
  test("in a worker thread", () => {
    expect(output(process.execPath, app.path("in-thread.js"), app.path(bundle)).split("\n")).toEqual(expected);
  });
  test("in Chromium", async () => {
    expect(await browser.inPage(bundle)).toEqual(expected);
  });
  test("in a worker of Chromium", async () => {
    expect(await browser.inWorker(bundle)).toEqual(expected);
  });
});
