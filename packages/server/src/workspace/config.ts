import type { CompileOptions } from "@scruple/compiler";
import { type CheckedConfig, checkConfig, completed, namesSeen, withoutLineEnds } from "@scruple/project/config";
import picomatch from "picomatch";
import { below, relativePath } from "./addresses.ts";

/** What a scruple.json says, as far as an editor cares. */
export interface Config {
  readonly options: Pick<CompileOptions, "severity" | "leastGroupSize">;
  /** Globs, relative to the project. */
  readonly include: readonly string[];
  /** Whether the project has a file of that path, relative to it. */
  readonly matches: (path: string) => boolean;
  /** What is wrong with it, a sentence each. */
  readonly problems: readonly string[];
}

/**
 * Reads a scruple.json as the command does. What it says wrong is left out, and told: an editor goes on with what is right.
 *
 * @param folder URI of the project's folder: `../*` names it as well
 */
export function readConfig(text: string | null, folder: string): Config {
  const { config, problems } = checked(text ?? "{}");
  const { include, out, severity, leastGroupSize } = completed(config);
  return { options: { severity, leastGroupSize }, include, matches: matcher(include, out, folder), problems };
}

function checked(text: string): CheckedConfig {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    return { config: {}, problems: [`This is not JSON: ${(error as Error).message}.`] };
  }
  return checkConfig(value);
}

/** What begins a pattern that takes away from what others include; `!(` begins one that includes. */
export const excluding = /^!(?!\()/;

/** As the command line has it: never from `node_modules`, from a folder that begins with a dot, or from `out`. */
function matcher(include: readonly string[], out: string, folder: string): (path: string) => boolean {
  const built = out.replace(/^\.\//, "").replace(/\/+$/, "");
  const inside = built !== "" && built !== "." && !built.startsWith("../") && !built.startsWith("/");
  // As seen from the outermost folder that a pattern begins in.
  const ups = include.map((pattern) => joined("", pattern.replace(excluding, "")).split("../").length - 1);
  const up = Math.max(0, ...ups);
  const place = up === 0 ? "" : (relativePath(below(folder, "../".repeat(up)), folder) ?? "");
  const fromThere = (pattern: string) => joined(place.replace(/[\\*?[\]{}()!|+@]/g, "\\$&"), pattern);
  const matching = (patterns: readonly string[]) =>
    picomatch(
      patterns.map((pattern) => withoutLineEnds(fromThere(pattern))),
      { dot: false },
    );
  const includes = matching(include.filter((pattern) => !excluding.test(pattern)));
  const excludes = matching(include.filter((pattern) => excluding.test(pattern)).map((pattern) => pattern.slice(1)));
  return (path) => {
    if (!path.endsWith(".scruple") || /(^|\/)node_modules\//.test(path)) return false;
    if (inside && path.startsWith(`${built}/`)) return false;
    const seen = namesSeen(joined(place, path));
    return seen.some((name) => includes(name)) && !seen.some((name) => excludes(name));
  };
}

/** A path, or a pattern, that begins in a folder. */
function joined(folder: string, path: string): string {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of path.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}
