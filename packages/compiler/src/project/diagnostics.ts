import type { Finding, Severity } from "@scruple/syntax";
import { catalogue } from "../diagnostics/catalogue.ts";
import { documentationUrl } from "../diagnostics/documentation-url.ts";
import type { Findings } from "../findings.ts";
import type { CompileOptions } from "../options.ts";
import type { Diagnostic } from "../program.ts";
import { readOptions } from "./severities.ts";

/** Findings with their files and the severities that the options give them, sorted by file, place and code. */
export function makeDiagnostics(findings: Findings, options: CompileOptions): Diagnostic[] {
  const read = readOptions(options);
  const made: Diagnostic[] = [];
  for (const file of [...findings.files()].sort()) {
    const own: Diagnostic[] = [];
    for (const finding of findings.of(file)) {
      const severity = read.severityOf(finding.code);
      if (severity !== "off") own.push(diagnostic(file, finding, severity));
    }
    for (const one of own.sort(byPlace)) made.push(one);
  }
  return made;
}

/** Two sorted lists as one. */
export function joinDiagnostics(one: readonly Diagnostic[], other: readonly Diagnostic[]): readonly Diagnostic[] {
  const joined: Diagnostic[] = [];
  let next = 0;
  for (const each of other) {
    while (next < one.length && inOrder(one[next]!, each) <= 0) joined.push(one[next++]!);
    joined.push(each);
  }
  while (next < one.length) joined.push(one[next++]!);
  return joined;
}

function inOrder(a: Diagnostic, b: Diagnostic): number {
  return a.file === b.file ? byPlace(a, b) : a.file < b.file ? -1 : 1;
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return a.start - b.start || (a.code < b.code ? -1 : a.code > b.code ? 1 : a.end - b.end);
}

/** Findings are kept from one compilation to the next, and what was made of them with them. */
const known = new WeakMap<Finding, Diagnostic>();

function diagnostic(file: string, finding: Finding, severity: Severity): Diagnostic {
  const before = known.get(finding);
  if (before?.severity === severity && before.file === file) return before;
  const { code, message, start, end } = finding;
  const made = {
    file,
    code,
    name: catalogue.get(code)?.name ?? code,
    severity,
    message,
    start,
    end,
    related: (finding.related ?? []).map((related) => Object.assign({}, related, { file: related.file ?? file })),
    fixes: finding.fixes ?? [],
    url: documentationUrl(code),
  };
  known.set(finding, made);
  return made;
}
