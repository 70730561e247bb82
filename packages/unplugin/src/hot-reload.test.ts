import { rmSync } from "node:fs";
import type { TemporaryFolder } from "@scruple/testkit";
import { context } from "esbuild";
import { watch } from "rollup";
import { createServer, build as viteBuild } from "vite";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import webpack from "webpack";
import { apps } from "./fixtures/app.ts";
import { resolving, webpackOptions } from "./fixtures/bundlers.ts";
import { denial, misspelt, request, shop } from "./fixtures/policies.ts";
import { scruple } from "./index.ts";

const app = apps();
const files = { ...shop, "main.js": 'export { decide } from "./policies/shop.scruple";\n' };
/** Long enough for a busy machine; whoever waits goes on as soon as it is so. */
const patience = { timeout: 60_000, interval: 50 };

describe("Vite's server", () => {
  async function serve(one: TemporaryFolder, root = ".") {
    const server = await createServer({
      root: one.path(root),
      configFile: false,
      logLevel: "silent",
      appType: "custom",
      plugins: [scruple.vite()],
      server: { middlewareMode: true, ws: false },
      optimizeDeps: { noDiscovery: true },
    });
    onTestFinished(() => server.close());
    const watches = (folder: string, file: string) => {
      // Its own event for that may have come already, or never come.
      const watched = () => server.watcher.getWatched()[one.path(folder)];
      return vi.waitFor(() => expect(watched()).toContain(file), patience);
    };
    return { watches, decide: async () => (await server.ssrLoadModule("/main.js")).decide(request).decision };
  }

  test("gives the guard of the policies as they are, whichever of them is changed, comes new or goes", async () => {
    const one = app(files);
    const { decide, watches } = await serve(one);
    await watches("policies", "shop.scruple");
    expect(await decide()).toBe("allow");
    one.write("policies/denial.scruple", denial);
    await vi.waitFor(async () => expect(await decide()).toBe("deny"), patience);
    rmSync(one.path("policies/denial.scruple"));
    await vi.waitFor(async () => expect(await decide()).toBe("allow"), patience);
    one.write("policies/shop-more.scruple", denial);
    await vi.waitFor(async () => expect(await decide()).toBe("deny"), patience);
  });

  test("notices what comes new or goes above its root as well, in a new folder too", async () => {
    const one = app({ ...shop, "pages/main.js": 'export { decide } from "../policies/shop.scruple";\n' });
    const { decide, watches } = await serve(one, "pages");
    expect(await decide()).toBe("allow");
    await watches("policies", "shop.scruple");
    for (const path of ["policies/denial.scruple", "elsewhere/deep/denial.scruple"]) {
      await written(one, path, denial, async () => expect(await decide()).toBe("deny"));
      rmSync(one.path(path));
      await vi.waitFor(async () => expect(await decide()).toBe("allow"), patience);
    }
    await written(one, "scruple.json", '{"include":["policies/*.scruple"]}', () => undefined);
    await written(one, "scruple.json", '{"include":["**/*.scruple"]}', () => undefined);
    await written(one, "denial.scruple", denial, async () => expect(await decide()).toBe("deny"));
  });

  test("has no guard while there is an error, and one again when it is mended", async () => {
    const one = app(files);
    const { decide, watches } = await serve(one);
    await watches("policies", "shop.scruple");
    expect(await decide()).toBe("allow");
    await written(one, "policies/shop.scruple", misspelt, () =>
      expect(decide()).rejects.toThrow("No category or source is named `nots` here."),
    );
    // Vite's watcher drops what is saved within a few milliseconds of an earlier event of the same file.
    const mended = shop["policies/shop.scruple"];
    await written(one, "policies/shop.scruple", mended, async () => expect(await decide()).toBe("allow"));
  });
});

test("Rollup builds again when another file of the project is changed or comes new, and when scruple.json is mended", async () => {
  const one = app(files);
  const watcher = watch({
    input: one.path("main.js"),
    plugins: [scruple.rollup(), resolving(one)],
    output: { file: one.path("dist/main.js") },
    onLog: () => {},
  });
  onTestFinished(() => watcher.close());
  const codes: string[] = [];
  watcher.on("event", (event) => {
    codes.push(event.code);
    if (event.code === "BUNDLE_END") event.result.close();
  });
  await rebuilds(one);
  await rebuildsForNew(one);
  await written(one, "scruple.json", "{", () => expect(codes).toContain("ERROR"));
  codes.length = 0;
  await written(one, "scruple.json", "{}", () => expect(codes).toContain("BUNDLE_END"));
});

test("a build by Vite that watches is made again when another file of the project is changed or comes new", async () => {
  const one = app(files);
  const watcher = await viteBuild({
    root: one.root,
    configFile: false,
    logLevel: "silent",
    plugins: [scruple.vite()],
    ssr: { noExternal: true },
    build: { ssr: "main.js", outDir: "dist", minify: false, watch: {} },
  });
  if (!("close" in watcher)) throw new Error("Vite does not watch.");
  onTestFinished(() => watcher.close());
  await rebuilds(one);
  await rebuildsForNew(one);
});

test("esbuild builds again when another file of the project is changed or comes new", async () => {
  const one = app(files);
  const building = await context({
    entryPoints: [one.path("main.js")],
    outdir: one.path("dist"),
    bundle: true,
    format: "esm",
    logLevel: "silent",
    plugins: [scruple.esbuild()],
  });
  onTestFinished(() => building.dispose());
  await building.watch();
  await rebuilds(one);
  await rebuildsForNew(one);
});

test("webpack builds again when another file of the project is changed or comes new, and never from its cache", async () => {
  const one = app(files);
  const options = { ...webpackOptions(one), cache: { type: "filesystem" as const, cacheDirectory: one.path("cache") } };
  const watching = webpack(options);
  watching?.watch({}, () => {});
  await rebuilds(one);
  await rebuildsForNew(one);
  await new Promise((done) => watching?.close(done));
  // While nobody watches, the denial goes and comes back in a file that the cache has never seen.
  rmSync(one.path("policies/new"), { recursive: true });
  const build = () =>
    new Promise((done) => {
      const compiler = webpack(options);
      compiler?.run(() => compiler.close(done));
    });
  await build();
  expect(one.read("dist/main.js")).not.toContain("no_notes");
  one.write("policies/denial.scruple", denial);
  await build();
  expect(one.read("dist/main.js")).toContain("no_notes");
});

/** Waits for a first build, changes a policy file that nobody imports, and waits for a build that has the change. */
async function rebuilds(one: TemporaryFolder): Promise<void> {
  const built = () => one.read("dist/main.js");
  await vi.waitFor(() => expect(built()).toContain("talk"), patience);
  expect(built()).not.toContain("no_notes");
  await written(one, "policies/shop-more.scruple", denial, () => expect(built()).toContain("no_notes"));
}

/** Moves the denial to a file that comes new, in a folder that comes new. Nothing else is written meanwhile. */
async function rebuildsForNew(one: TemporaryFolder): Promise<void> {
  const built = () => one.read("dist/main.js");
  const more = shop["policies/shop-more.scruple"];
  await written(one, "policies/shop-more.scruple", more, () => expect(built()).not.toContain("no_notes"));
  let times = 0;
  const comes = () => {
    rmSync(one.path("policies/new"), { recursive: true, force: true });
    times += 1;
    one.write(`policies/new/denial-${times}.scruple`, denial);
  };
  await saved(comes, () => expect(built()).toContain("no_notes"));
}

/** Writes a file until that shows. */
function written(one: TemporaryFolder, path: string, text: string, shows: () => unknown): Promise<void> {
  return saved(() => one.write(path, text), shows);
}

/**
 * Saves until that shows: what is written in the moment between a build and the watching of its files is seen by no
 * bundler, and a person would save once more.
 */
async function saved(save: () => void, shows: () => unknown): Promise<void> {
  for (const until = Date.now() + patience.timeout; Date.now() < until; ) {
    save();
    try {
      await vi.waitFor(shows, { timeout: 3_000, interval: 50 });
      return;
    } catch {
      // Not yet.
    }
  }
  await shows();
}
