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
  for (const finding of read.findings) findings.add({ path: "scruple.json" }, finding);
  const made: Diagnostic[] = [];
  for (const file of [...findings.files()].sort()) {
    const own = findings.of(file).flatMap((finding) => {
      const severity = read.severityOf(finding.code);
      return severity === "off" ? [] : [diagnostic(file, finding, severity)];
    });
    made.push(...own.sort((a, b) => a.start - b.start || (a.code < b.code ? -1 : a.code > b.code ? 1 : a.end - b.end)));
  }
  return made;
}

function diagnostic(file: string, finding: Finding, severity: Severity): Diagnostic {
  const { code, message, start, end } = finding;
  return {
    file,
    code,
    name: catalogue.get(code)?.name ?? code,
    severity,
    message,
    start,
    end,
    related: (finding.related ?? []).map((related) => ({ ...related, file: related.file ?? file })),
    fixes: finding.fixes ?? [],
    url: documentationUrl(code),
  };
}
