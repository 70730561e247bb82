import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { globSync } from "tinyglobby";
import { describe, expect, test } from "vitest";

const packages = readdirSync("packages");

/** Which packages a package may know, as the table of ARCHITECTURE.md says. Tests may know more. */
const arrows: ReadonlyMap<string, readonly string[]> = new Map(
  [...readFileSync("ARCHITECTURE.md", "utf8").matchAll(/^\| `(\w+)` +\|[^|\n]*\|([^|\n]*)\|$/gm)].map(
    ([, name, knows]) => [
      name as string,
      (knows as string).match(/\w+(?![^(]*\))/g)?.filter((other) => packages.includes(other)) ?? [],
    ],
  ),
);

/** What runs where there is no Node. */
const portable = [
  ...["syntax", "model", "analysis", "compiler", "emit", "runtime", "testing", "service", "web", "server"],
  "project/src/config",
].map((place) => join("packages", place, "/"));
const forNodeAlone = join("packages/server/src/node/");
const isPortable = (file: string) => portable.some((place) => file.startsWith(place)) && !file.startsWith(forNodeAlone);

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

test("every package is drawn", () => expect([...arrows.keys()].sort()).toEqual(packages));

describe.each(packages)("packages/%s", (name) => {
  const folder = join("packages", name);
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = sources(folder);
  const imports = files.flatMap((file) => importsOf(file).map((specifier) => ({ file, specifier })));
  const foreign = imports.filter(({ specifier }) => !specifier.startsWith("."));

  test("knows what its arrows say, and no more", () => {
    const known = Object.keys(manifest.dependencies ?? {}).filter((other) => other.startsWith("@scruple/"));
    expect(known.sort()).toEqual(
      arrows
        .get(name)
        ?.map((other) => `@scruple/${other}`)
        .sort(),
    );
  });

  test("reaches into no other package", () => {
    const isOutside = ({ file, specifier }: (typeof imports)[number]) =>
      specifier.startsWith(".") && !join(dirname(file), specifier).startsWith(join(folder, "/"));
    expect(imports.filter(isOutside)).toEqual([]);
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

  if (!files.some(isPortable)) return;
  test("reaches no Node API where it must run elsewhere", () => {
    expect(foreign.filter(({ file, specifier }) => specifier.startsWith("node:") && isPortable(file))).toEqual([]);
  });
});
