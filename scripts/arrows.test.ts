import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { describe, expect, test } from "vitest";

/** Which packages a package may know, as ARCHITECTURE.md draws it. Tests may know more. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  syntax: [],
  model: [],
  analysis: ["model"],
  compiler: ["syntax", "model", "analysis"],
  emit: ["model", "analysis", "runtime"],
  runtime: [],
  testing: ["syntax", "model", "analysis", "compiler"],
  audit: ["runtime"],
  stores: ["runtime", "audit"],
  telemetry: ["runtime"],
  web: ["runtime"],
  reload: ["model", "emit", "runtime"],
  signals: ["model", "runtime"],
  project: ["syntax", "model", "analysis", "compiler"],
  unplugin: ["compiler", "emit", "project"],
  cli: [
    "syntax",
    "model",
    "analysis",
    "compiler",
    "project",
    "emit",
    "runtime",
    "testing",
    "server",
    "audit",
    "reload",
  ],
  testkit: ["syntax", "model", "compiler"],
  service: ["syntax", "model", "analysis", "compiler", "testing"],
  server: ["syntax", "compiler", "service"],
  vscode: ["service"],
};
/** Packages that run where there is no Node. */
const portable = ["syntax", "model", "analysis", "compiler", "emit", "runtime", "testing", "service", "web"];

const packages = readdirSync("packages");

/** What the package is built from: the sources, less what its tsconfig.json leaves to the tests. */
function sources(folder: string): readonly string[] {
  const { exclude } = JSON.parse(readFileSync(join(folder, "tsconfig.json"), "utf8"));
  return globSync(join(folder, "src/**/*.ts"), { ignore: exclude.map((pattern: string) => join(folder, pattern)) });
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, "utf8");
  return [
    ...text.matchAll(/^(?:import|export)\b[^;]*?\bfrom\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\(\s*"([^"]+)"/gm),
  ].map((match) => (match[1] ?? match[2] ?? match[3]) as string);
}

function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

test("every package is drawn", () => expect(packages.filter((name) => !(name in arrows))).toEqual([]));

describe.each(packages)("packages/%s", (name) => {
  const folder = join("packages", name);
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = sources(folder);
  const foreign = files.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => !specifier.startsWith("."))
      .map((specifier) => ({ file, specifier })),
  );

  test("imports only what its arrows allow", () => {
    const allowed = (arrows[name] ?? []).map((other) => `@scruple/${other}`);
    const own = foreign.filter(({ specifier }) => specifier.startsWith("@scruple/"));
    expect(own.filter(({ specifier }) => !allowed.includes(packageOf(specifier)))).toEqual([]);
  });

  test("lists what it imports, and nothing else", () => {
    // What has types alone is gone when the package runs.
    const development = manifest.devDependencies ?? {};
    const hasTypesAlone = (specifier: string) =>
      `@types/${specifier}` in development && !(specifier in (manifest.dependencies ?? {}));
    // What the application brings itself.
    const isPeer = (specifier: string) => specifier in (manifest.peerDependencies ?? {});
    const imported = new Set(
      foreign
        .map(({ specifier }) => packageOf(specifier))
        .filter((specifier) => !specifier.startsWith("node:") && !hasTypesAlone(specifier) && !isPeer(specifier)),
    );
    expect(Object.keys(manifest.dependencies ?? {}).sort()).toEqual([...imported].sort());
  });

  test("reaches no Node API where it must run elsewhere", () => {
    if (!portable.includes(name)) return expect(portable).not.toContain(name);
    expect(foreign.filter(({ specifier }) => specifier.startsWith("node:"))).toEqual([]);
  });
});
