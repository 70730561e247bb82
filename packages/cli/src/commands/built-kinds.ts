import { readFileSync, statSync } from "node:fs";
import type { Target } from "@scruple/project";

/** Where a built file says that it comes from. */
export interface Origin {
  readonly policy: string;
  /** What leads from the folder of a built file to that of its project. */
  readonly sourceRoot: string;
  /** The files that it was built from, as far as it names them: relative to the project, with `/`. */
  readonly sources: readonly string[];
}

interface Kind {
  readonly suffix: string;
  readonly target: Target;
  /** Where a text says that it comes from; null, or an error, where it is none of ours. */
  readonly origin: (text: string) => Promise<Origin | null>;
}

const inComment = async (text: string) => {
  const origin = (await import("@scruple/emit")).originIn(text);
  return origin && { ...origin, sources: [] };
};

const kinds: readonly Kind[] = [
  { suffix: ".guard.js", target: "javascript", origin: inComment },
  { suffix: ".guard.d.ts", target: "javascript", origin: inComment },
  {
    suffix: ".guard.js.map",
    target: "javascript",
    origin: async (text) => {
      const { file, sourceRoot, sources } = JSON.parse(text);
      // Others have guards as well, and compilers write maps of them.
      const isOurs = sources.length > 0 && sources.every((source: string) => source.endsWith(".scruple"));
      return isOurs ? { policy: file.replace(/\.guard\.js$/, ""), sourceRoot, sources } : null;
    },
  },
  {
    suffix: ".model.json",
    target: "json",
    origin: async (text) => {
      const { format, policy, sourceRoot, files } = JSON.parse(text);
      return format === "scruple.model" ? { policy, sourceRoot, sources: files } : null;
    },
  },
];

/** What is built under such a name; undefined where nothing is. */
export function kindOf(name: string): Kind | undefined {
  return kinds.find(({ suffix }) => name.endsWith(suffix));
}

/** Null where a file is none of ours, or cannot be read. */
export async function originOf(path: string, { origin }: Kind): Promise<Origin | null> {
  try {
    // Whoever reads a pipe waits for somebody who writes it.
    return statSync(path).isFile() ? await origin(readFileSync(path, "utf8")) : null;
  } catch {
    return null;
  }
}
