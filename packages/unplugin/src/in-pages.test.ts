import type { TemporaryFolder } from "@scruple/testkit";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";
import { describe, expect, test } from "vitest";
import webpack from "webpack";
import { apps } from "./fixtures/app.ts";
import { webpackOptions } from "./fixtures/bundlers.ts";
import { shop } from "./fixtures/policies.ts";
import { type ScrupleOptions, scruple } from "./index.ts";

const app = apps();
const main = 'import { decide } from "./policies/shop.scruple";\nconsole.log(decide);\n';
const page = '<script type="module" src="./main.js"></script>\n';

interface Place {
  readonly for: "page" | "server";
  readonly options?: ScrupleOptions;
}

/** What each bundler warns of when it builds for a place. */
const warnings: Readonly<Record<string, (one: TemporaryFolder, place: Place) => Promise<readonly string[]>>> = {
  vite: async (one, place) => {
    const told: string[] = [];
    await vite({
      root: one.root,
      configFile: false,
      logLevel: "silent",
      plugins: [scruple.vite(place.options)],
      build: {
        ssr: place.for === "server" && "main.js",
        rolldownOptions: { onLog: (level, { message }) => void (level === "warn" && told.push(message)) },
      },
    });
    return told;
  },
  esbuild: async (one, place) => {
    const result = await esbuild({
      entryPoints: [one.path("main.js")],
      bundle: true,
      write: false,
      ...(place.for === "server" && { platform: "node" }),
      logLevel: "silent",
      plugins: [scruple.esbuild(place.options)],
    });
    return result.warnings.map(({ text }) => text);
  },
  webpack: (one, place) => {
    const target = place.for === "server" ? "node" : "web";
    const compiler = webpack({ ...webpackOptions(one), target, plugins: [scruple.webpack(place.options)] });
    return new Promise((told) => {
      compiler?.run((_, stats) => compiler.close(() => told(stats?.compilation.warnings.map(String) ?? [])));
    });
  },
};

describe.each(Object.entries(warnings))("%s warns of a guard", (_name, warningsFor) => {
  const { "policies/shop-more.scruple": _, ...quiet } = shop;
  const files = { ...quiet, "main.js": main, "index.html": page };
  test("that goes into a page, and says what to do", async () => {
    const told = await warningsFor(app(files), { for: "page" });
    expect(told).toEqual([expect.stringContaining("The guard of `shop` goes into a page")]);
    expect(told[0]).toContain("`@scruple/runtime/preview`");
  });
  test("neither on a server nor where it is meant to be in a page", async () => {
    expect(await warningsFor(app(files), { for: "server" })).toEqual([]);
    expect(await warningsFor(app(files), { for: "page", options: { inPages: true } })).toEqual([]);
  });
});
