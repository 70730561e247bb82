import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The package.json by which Node takes the modules in a folder for CommonJS; null where there is none. Both absolute. */
export function takenForCommonJs(folder: string): string | null {
  for (let current = folder; ; current = dirname(current)) {
    const path = join(current, "package.json");
    const text = readIfThere(path);
    if (text !== null) return saysCommonJs(text) ? path : null;
    if (dirname(current) === current) return null;
  }
}

/** Where nothing is said, Node looks at the code itself. */
function saysCommonJs(text: string): boolean {
  try {
    return JSON.parse(text)?.type === "commonjs";
  } catch {
    return false;
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
