import type { CompileOptions } from "@scruple/compiler";
import picomatch from "picomatch";

/** What a scruple.json says, as far as an editor cares. */
export interface Config {
  readonly options: Pick<CompileOptions, "severity" | "leastGroupSize">;
  /** Globs, relative to the project. */
  readonly include: readonly string[];
  /** Whether the project has a file of that path, relative to it. */
  readonly matches: (path: string) => boolean;
  /** What is wrong with it, in one sentence; null where nothing is. */
  readonly problem: string | null;
}

/** Reads a scruple.json. What it says wrong is left out, and told: an editor goes on with what is right. */
export function readConfig(text: string | null): Config {
  const { value, problem: unread } = parseJson(text ?? "{}");
  const asked = listOfStrings(value.include) ?? ["**/*.scruple"];
  const include = asked.filter((pattern) => includePattern.test(pattern));
  const refused = asked.find((pattern) => !includePattern.test(pattern));
  const problem = refused === undefined ? unread : `\`include\` cannot hold \`${refused}\`. ${includePatternHint}`;
  const out = typeof value.out === "string" && value.out !== "" ? value.out : "generated";
  const severity = isRecord(value.severity) ? (value.severity as NonNullable<CompileOptions["severity"]>) : {};
  const leastGroupSize = typeof value.leastGroupSize === "number" ? { leastGroupSize: value.leastGroupSize } : {};
  return { options: { severity, ...leastGroupSize }, include, matches: matcher(include, out), problem };
}

/** What the command asks of patterns, and says of others, in the same words; `scripts/include.test.ts` holds them to be the same. */
export const includePattern =
  /^(?![./!]*(?:[^./!].*[/{}(),|]|[{}(),|])\.\.(?:$|[/{}(),|*?+@!]))(?![./!]*\.\.[{}(),|*?+@!])(?!!?[@*?+!]?[{(](?:[^})]*[,|{(])?\/)/u;
export const includePatternHint =
  "Where a pattern leads stands at its beginning: there is no `..` later, and no whole path in `{}` or `()`. Write one pattern for each folder.";

/** What begins a pattern that takes away from what others include; `!(` begins one that includes. */
export const excluding = /^!(?!\()/;

/** As the command line has it: never from `node_modules`, from a folder that begins with a dot, or from `out`. */
function matcher(include: readonly string[], out: string): (path: string) => boolean {
  const built = out.replace(/^\.\//, "").replace(/\/+$/, "");
  const inside = built !== "" && built !== "." && !built.startsWith("../") && !built.startsWith("/");
  const excluded = include.filter((pattern) => excluding.test(pattern)).map((pattern) => pattern.slice(1));
  const matches = picomatch(
    include.filter((pattern) => !excluding.test(pattern)),
    { dot: false, ignore: excluded },
  );
  return (path) =>
    path.endsWith(".scruple") &&
    !/(^|\/)node_modules\//.test(path) &&
    !(inside && path.startsWith(`${built}/`)) &&
    matches(path);
}

function parseJson(text: string): { value: Readonly<Record<string, unknown>>; problem: string | null } {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
    if (isRecord(value)) return { value, problem: null };
    return { value: {}, problem: "The configuration has to be an object between `{` and `}`." };
  } catch (error) {
    return { value: {}, problem: `This is not JSON: ${(error as Error).message}.` };
  }
}

function listOfStrings(value: unknown): readonly string[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  return value.every((one) => typeof one === "string" && one !== "") ? value : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
