// Writes the standard vocabulary into src/std/std-text.generated.ts, so that the compiler needs no file system.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const std = new URL("../std/", import.meta.url);
const out = new URL("../src/std/std-text.generated.ts", import.meta.url);

/** The text of the generated module, as std/ is now. */
export function stdTextModule() {
  const files = readdirSync(std)
    .filter((name) => name.endsWith(".scruple"))
    .sort();
  const entries = files.map((name) => {
    const text = readFileSync(new URL(name, std), "utf8").replaceAll("\r\n", "\n");
    return `  ${JSON.stringify(`std/${name}`)}: ${JSON.stringify(text)},\n`;
  });
  return `// Made by scripts/embed-std.mjs from packages/compiler/std. Do not edit.\n/** The texts of the standard vocabulary, by path. */\nexport const stdText: Readonly<Record<string, string>> = {\n${entries.join("")}};\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(out, stdTextModule());
