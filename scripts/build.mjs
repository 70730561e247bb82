/**
 * `npm run build`: types and modules of every package (`tsc -b`, which knows what has changed), then the `scruple`
 * command and the language servers in one file each, and the extension for VS Code. Does nothing where no input has changed since the last time.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, join, relative } from "node:path";
import { pathToFileURL } from "node:url";

const root = join(import.meta.dirname, "..");
const stamp = join(root, "node_modules/.scruple-setup/build");
const bundle = join(root, "packages/cli/dist/scruple.js");
const serverBundle = join(root, "packages/server/dist/server.cjs");
const webServerBundle = join(root, "packages/server/dist/server.web.js");
/** A whole extension, as VS Code loads and `vsce` packs it. */
export const extensionFolder = join(root, "packages/vscode/dist/extension");

/** Builds what has changed. @returns whether there was anything to do */
export async function build() {
  const inputs = fingerprint();
  if (isBuilt(inputs)) return false;
  rmSync(stamp, { force: true });
  compileModules();
  await bundleRuntime();
  await bundleCommand();
  await bundleServer();
  await bundleWebServer();
  await assembleExtension();
  mkdirSync(join(stamp, ".."), { recursive: true });
  writeFileSync(stamp, inputs);
  return true;
}

function isBuilt(inputs = fingerprint()) {
  return (
    existsSync(bundle) &&
    existsSync(serverBundle) &&
    existsSync(webServerBundle) &&
    existsSync(join(extensionFolder, "package.json")) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === inputs
  );
}

/** For tests: outputs of today's sources, copied from what is built, or bundled where something has changed since. */
export const today = {
  command: (outfile) => (isBuilt() ? cpSync(bundle, outfile) : bundleCommand(outfile)),
  webServer: (outfile) => (isBuilt() ? cpSync(webServerBundle, outfile) : bundleWebServer(outfile)),
  extension: (folder) => (isBuilt() ? cpSync(extensionFolder, folder, { recursive: true }) : assembleExtension(folder)),
  /** @param outfile Named `server.cjs`; the rest of it comes to be beside it. */
  server: (outfile) => {
    if (!isBuilt()) return bundleServer(outfile);
    for (const path of [serverBundle, sessionOf(serverBundle)]) cpSync(path, join(outfile, "..", basename(path)));
  },
};

/** A hash over all that the outputs are made from, and over which outputs are there. */
function fingerprint() {
  const hash = createHash("sha256");
  const files = ["package-lock.json", "tsconfig.base.json", "tsconfig.json", "scripts/build.mjs", "LICENSE"];
  files.push(
    ...extensionFiles.map(([from]) => from),
    ...filesIn("packages/vscode/media"),
    ...filesIn("packages/vscode/pictures"),
  );
  for (const name of readdirSync(join(root, "packages"))) {
    const folder = join("packages", name);
    files.push(join(folder, "package.json"), join(folder, "tsconfig.json"), ...filesIn(join(folder, "src")));
    hash.update(`${folder} ${existsSync(join(root, folder, "dist/.tsbuildinfo"))}\n`);
  }
  for (const file of files.sort()) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(`${file} ${createHash("sha256").update(readFileSync(path)).digest("hex")}\n`);
  }
  return hash.digest("hex");
}

/** Every file in a folder that goes into an output, relative to the root. */
function filesIn(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function compileModules() {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { status, error } = spawnSync(process.execPath, [tsc, "-b"], { cwd: root, stdio: "inherit" });
  if (error !== undefined) throw error;
  if (status !== 0) {
    console.error("The packages do not compile; what is wrong is listed above.");
    process.exit(1);
  }
}

/** One file without a dependency; the parts that few commands need are evaluated when they are asked for. */
export async function bundleCommand(outfile = bundle, isSmall = false) {
  await bundleFor("packages/cli/src/bin.ts", outfile, {
    format: "esm",
    minifySyntax: true,
    minifyWhitespace: true,
    // Names are what a report of a mistake needs, and a fifth of the size.
    minifyIdentifiers: isSmall,
    banner: {
      // Some dependencies are CommonJS, and ask for Node's own modules by `require`.
      js: '#!/usr/bin/env node\nimport { createRequire as createRequire__ } from "node:module";const require = createRequire__(import.meta.url);',
    },
  });
  chmodSync(outfile, 0o755);
}

/**
 * The language server for Node. CommonJS, which editors can fork as well as run. All but the answer to `initialize` is in a file beside
 * it, `server.session.cjs`, which is read after that.
 */
export async function bundleServer(outfile = serverBundle) {
  const session = sessionOf(outfile);
  const common = {
    format: "cjs",
    minify: true,
    // A dependency asks where it is.
    define: { "import.meta.url": "importMetaUrl__" },
    banner: { js: 'const importMetaUrl__ = require("node:url").pathToFileURL(__filename).href;' },
  };
  const beside = [besides("./index.ts", `./${basename(session)}`)];
  await bundleFor("packages/server/src/node/main.ts", outfile, {
    format: "cjs",
    minify: true,
    plugins: beside,
    // To import CommonJS has Node read it for its exports first, which takes longer than to load it.
    supported: { "dynamic-import": false },
  });
  const lazy = [lazyModules("child_process", "crypto", "net")];
  await bundleFor("packages/server/src/node/index.ts", session, { ...common, plugins: lazy });
}

function sessionOf(server) {
  return server.replace(/\.cjs$/, ".session.cjs");
}

/** Leaves a module to another bundle. */
function besides(module, bundle) {
  return {
    name: "besides",
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ path }) => (path === module ? { path: bundle, external: true } : undefined));
    },
  };
}

/** Has some of Node's own modules loaded when something in them is first used: many dependencies ask for more than they use. */
function lazyModules(...names) {
  return {
    name: "lazy-modules",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^(node:)?(${names.join("|")})$`) }, ({ path, namespace }) =>
        namespace === "lazy" ? { path, external: true } : { path, namespace: "lazy" },
      );
      onLoad({ filter: /.*/, namespace: "lazy" }, ({ path }) => ({
        contents: `module.exports = new Proxy({}, { get: (_, key) => require(${JSON.stringify(path)})[key] });`,
      }));
    },
  };
}

/**
 * The runtime in one file: what every guard imports is opened, read and linked once. What acts is in another, and takes from
 * that one what decides, so that nothing is there twice.
 */
async function bundleRuntime() {
  const common = { format: "esm", platform: "neutral", sourcemap: "linked" };
  const output = (name) => join(root, `packages/runtime/dist/${name}.js`);
  await bundleFor("packages/runtime/src/index.ts", output("runtime"), common);
  const plugins = [besides("../index.ts", "./runtime.js")];
  await bundleFor("packages/runtime/src/enforce/index.ts", output("enforce"), { ...common, plugins });
}

/** The language server for a web worker, which reaches files by way of the editor. */
export async function bundleWebServer(outfile = webServerBundle) {
  await bundleFor("packages/server/src/browser/main.ts", outfile, {
    format: "iife",
    minify: true,
    platform: "browser",
    target: "es2022",
    // The schema validator begins with the address of the page; that of a worker from a blob makes none.
    define: { "self.location": "undefined" },
  });
}

/** What the extension takes over as it is: from the root, and in the extension. */
const extensionFiles = [
  ["packages/vscode/README.md", "README.md"],
  ["packages/vscode/CHANGELOG.md", "CHANGELOG.md"],
  ["LICENSE", "LICENSE"],
  ["grammar/scruple.tmLanguage.json", "scruple.tmLanguage.json"],
  ["grammar/language-configuration.json", "language-configuration.json"],
  ["packages/cli/schema/scruple.schema.json", "scruple.schema.json"],
];

/** Puts the extension together, for desktop and browser. */
export async function assembleExtension(folder = extensionFolder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const inEditor = { format: "cjs", minify: true, external: ["vscode"] };
  // What VS Code waits for is a file of its own; all the rest is read after that.
  await bundleFor("packages/vscode/src/extension.ts", join(folder, "extension.js"), {
    ...inEditor,
    plugins: [besides("./desktop.ts", "./extension.desktop.js")],
    supported: { "dynamic-import": false },
  });
  await bundleFor("packages/vscode/src/desktop.ts", join(folder, "extension.desktop.js"), inEditor);
  await bundleFor("packages/vscode/src/web.ts", join(folder, "web.js"), {
    ...inEditor,
    platform: "browser",
    target: "es2022",
  });
  await bundleServer(join(folder, "server.cjs"));
  await bundleWebServer(join(folder, "server.web.js"));
  await bundleCommand(join(folder, "scruple.mjs"), true);
  for (const [from, to] of extensionFiles) copyFileSync(join(root, from), join(folder, to));
  cpSync(join(root, "packages/vscode/media"), folder, { recursive: true });
  cpSync(join(root, "packages/vscode/pictures"), join(folder, "pictures"), { recursive: true });
  // Bundles have no dependencies, and are CommonJS: not every editor loads modules.
  const manifest = JSON.parse(readFileSync(join(root, "packages/vscode/package.json"), "utf8"));
  for (const key of ["private", "type", "dependencies", "devDependencies"]) delete manifest[key];
  const own = { ...manifest, name: "scruple", files: ["**"] };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(own, null, 2)}\n`);
}

async function bundleFor(entry, outfile, options) {
  const { build: esbuild } = await import("esbuild");
  const { metafile } = await esbuild({
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20.19",
    conditions: ["source", "module"],
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    ...options,
  });
  const licenses = licensesOf(Object.keys(metafile.inputs));
  if (licenses !== "") writeFileSync(`${outfile}.licenses.txt`, licenses);
}

/** What the authors of bundled packages ask to be passed on. @param inputs files, relative to the working directory */
function licensesOf(inputs) {
  const folders = new Set(inputs.flatMap((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []));
  return [...folders]
    .filter((folder) => existsSync(join(folder, "package.json")))
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file === undefined ? "" : `\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
      return `${name} ${version}, ${license}\n${text}`;
    })
    .join("\n----------------------------------------\n\n");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  console.log((await build()) ? "built" : "nothing has changed");
}
