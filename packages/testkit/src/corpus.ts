import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { PolicyFile } from "@scruple/compiler";
import type { Decision } from "@scruple/model";

/** A program that compiles, is in canonical format, passes its own tests and decides its requests as it says. */
export interface GoodProgram {
  /** `topic/name`. */
  readonly name: string;
  readonly files: readonly CorpusFile[];
  readonly decisions: readonly DecisionCase[];
}
export interface CorpusFile {
  readonly path: string;
  readonly text: string;
}
/** A request, and the part of its decision that the case is about. `policy` is needed where the program has several. */
export interface DecisionCase {
  /** `topic/name.decisions.jsonl:3`. */
  readonly at: string;
  readonly policy: string | null;
  readonly request: unknown;
  readonly expect: Partial<Decision>;
}
/** A text, and what formatting makes of it. */
export interface FormatCase {
  readonly name: string;
  readonly input: string;
  readonly output: string;
}
/** A program with the diagnostics that it must give, marked as `readMarked` reads them. */
export interface BadProgram {
  /** `SCR2004-unknown-name/typo`. */
  readonly name: string;
  /** The diagnostic that the case is about. */
  readonly code: string;
  /** Nearly wrong: it must not give the diagnostic. */
  readonly near: boolean;
  readonly source: string;
  /** The source without its marks after the first fix of each diagnostic; null where the case does not say. */
  readonly fixed: string | null;
}
/** A file that is hardly text, and the codes of its diagnostics. */
export interface BytesCase {
  readonly name: string;
  readonly file: PolicyFile;
  readonly codes: readonly string[];
}

export interface Corpus {
  readonly good: readonly GoodProgram[];
  readonly format: readonly FormatCase[];
  readonly bad: readonly BadProgram[];
  readonly bytes: readonly BytesCase[];
}

/** Reads `grammar/corpus`, as its README describes it. Everything is sorted by name. */
export function readCorpus(
  folder: string = fileURLToPath(new URL("../../../grammar/corpus/", import.meta.url)),
): Corpus {
  const list = (path: string): readonly string[] =>
    readdirSync(`${folder}/${path}`, { withFileTypes: true })
      .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
      .sort();
  const bytes = (path: string): Uint8Array => readFileSync(`${folder}/${path}`);
  const text = (path: string): string => readFileSync(`${folder}/${path}`, "utf8");
  const folders = (path: string): readonly string[] =>
    list(path).flatMap((name) => (name.endsWith("/") ? [name.slice(0, -1)] : []));

  return {
    good: folders("good").flatMap((topic) => {
      const entries = list(`good/${topic}`);
      return entries.flatMap((entry) => {
        const name = entry.replace(/\.scruple$|\/$/, "");
        if (name === entry) return [];
        const files = entry.endsWith("/")
          ? list(`good/${topic}/${name}`).map((path) => ({ path, text: text(`good/${topic}/${name}/${path}`) }))
          : [{ path: entry, text: text(`good/${topic}/${entry}`) }];
        const sidecar = `${name}.decisions.jsonl`;
        const decisions = entries.includes(sidecar)
          ? readDecisions(`${topic}/${sidecar}`, text(`good/${topic}/${sidecar}`))
          : [];
        return [{ name: `${topic}/${name}`, files, decisions }];
      });
    }),
    format: folders("format").map((name) => ({
      name,
      input: text(`format/${name}/in.scruple`),
      output: text(`format/${name}/out.scruple`),
    })),
    bad: folders("bad").flatMap((topic) => {
      const entries = list(`bad/${topic}`);
      return entries
        .filter((entry) => /^[^.]+\.scruple$/.test(entry))
        .map((entry): BadProgram => {
          const name = entry.slice(0, -".scruple".length);
          const source = text(`bad/${topic}/${entry}`);
          const sidecar = `${name}.fixed.scruple`;
          return {
            name: `${topic}/${name}`,
            code: topic.slice(0, "SCR0000".length),
            near: name.startsWith("near-"),
            source,
            fixed: entries.includes(sidecar) ? text(`bad/${topic}/${sidecar}`) : null,
          };
        });
    }),
    bytes: readExpected(text("bytes/expected.json")).map(([name, codes]) => ({
      name,
      file: { path: name, text: bytes(`bytes/${name}`) },
      codes,
    })),
  };
}

function readDecisions(path: string, text: string): readonly DecisionCase[] {
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    const { policy = null, request, expect } = JSON.parse(line);
    return [{ at: `${path}:${index + 1}`, policy, request, expect }];
  });
}

function readExpected(json: string): readonly (readonly [string, readonly string[]])[] {
  return Object.entries(JSON.parse(json));
}
