import { writeFile } from "node:fs/promises";
import { TemporaryFolder } from "@scruple/testkit";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import { openBrowser } from "../../unplugin/src/everywhere/browser.ts";

/** A page that is asked for advice four times; it tells what stood there when all had been said. */
const page = `import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { usePreview } from "./react.ts";

const Offer = ({ ask }) => createElement("p", {}, usePreview(ask));
const rest = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

export async function answer() {
  const root = createRoot(document.body);
  const seen = [];
  const show = async (ask) => {
    root.render(createElement(Offer, { ask }));
    for (let i = 0; i < 10; i++) await rest();
    seen.push(document.body.textContent);
  };
  let late;
  await show(() => new Promise((resolve) => (late = resolve)));
  await show(async () => "likely");
  await show(async () => Promise.reject(new Error("The server is gone.")));
  await show(async () => "certainly");
  late("likely");
  await show(async () => "no");
  return seen;
}
`;

test("a page offers what is likely, and nothing before it is known or where it cannot be", async () => {
  const folder = new TemporaryFolder({ "page.html": "<!doctype html><body></body>" }, onTestFinished);
  const stdin = { contents: page, resolveDir: import.meta.dirname, loader: "ts" as const };
  const define = { "process.env.NODE_ENV": '"production"' };
  const { outputFiles } = await build({ stdin, define, bundle: true, format: "esm", write: false });
  await writeFile(folder.path("page.js"), outputFiles[0]?.contents ?? "");
  const browser = await openBrowser(folder.root);
  onTestFinished(() => browser.close());
  expect(await browser.inPage("page.js")).toEqual(["no", "likely", "no", "no", "no"]);
});
