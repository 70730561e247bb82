/**
 * `npm run generate`: writes every file that is both generated and committed, and removes pages of what there is no
 * longer. `scripts/generated.test.ts` fails where one is not what this would write.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { catalogue } from "@scruple/compiler";
import { stdTextModule } from "../packages/compiler/scripts/embed-std.mjs";
import { diagnosticPages } from "./diagnostic-pages.mjs";
import { grammarFiles } from "./generate-grammar.mjs";

const root = join(import.meta.dirname, "..");
/** In these folders every file is generated: what is not of `generatedFiles` does not belong there. */
const generatedFolders = ["docs/diagnostics"];

/** Maps each path, relative to the root, to the text that the file should have. */
export function generatedFiles() {
  return new Map([
    ["packages/compiler/src/std/std-text.generated.ts", stdTextModule()],
    ...grammarFiles(),
    ...diagnosticPages(catalogue),
  ]);
}

/** The paths of files that are missing, differ from what they should be, or are left over; sorted. */
export function stalePaths(files = generatedFiles()) {
  const changed = [...files].filter(([path, text]) => read(path) !== text).map(([path]) => path);
  const leftOver = generatedFolders.flatMap(filesIn).filter((path) => !files.has(path));
  return [...changed, ...leftOver].sort();
}

function read(path) {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, "utf8").replaceAll("\r\n", "\n") : undefined;
}

function filesIn(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll("\\", "/"),
    );
}

function write(path, text) {
  const file = join(root, path);
  if (text === undefined) return rmSync(file);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const files = generatedFiles();
  const stale = stalePaths(files);
  for (const path of stale) {
    write(path, files.get(path));
    console.log(`${files.has(path) ? "wrote" : "removed"} ${path}`);
  }
  if (stale.length === 0) console.log("nothing has changed");
}
