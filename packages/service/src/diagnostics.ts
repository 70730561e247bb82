import type { Diagnostic, Program } from "@scruple/compiler";
import type { Severity } from "@scruple/syntax";
import * as lsp from "vscode-languageserver-types";
import { toLocation } from "./locations.ts";
import { type Text, toRange } from "./positions.ts";
import { type Addresses, fileOf } from "./snapshot.ts";

const severities: Readonly<Record<Severity, lsp.DiagnosticSeverity>> = {
  error: lsp.DiagnosticSeverity.Error,
  warning: lsp.DiagnosticSeverity.Warning,
  info: lsp.DiagnosticSeverity.Information,
  hint: lsp.DiagnosticSeverity.Hint,
};

/** About what could as well be taken away: editors fade it. */
const unused: ReadonlySet<string> = new Set([
  ...["unused-declaration", "rule-never-applies", "rule-selects-nothing", "condition-always-true"],
  ...["exception-never-bites", "unneeded-accept", "needless-semicolon", "needless-comma"],
]);
/** About what something else has taken the place of: editors strike it through. */
const superseded: ReadonlySet<string> = new Set(["redundant-rule", "rule-cancelled", "overdue"]);

/** What is found in one file, as an editor shows it. `diagnostics` are those of the file alone. */
export function toLspDiagnostics(
  program: Program,
  file: Text,
  diagnostics: readonly Diagnostic[],
  addresses: Addresses,
): lsp.Diagnostic[] {
  return diagnostics.map((diagnostic) => {
    const { code, message, severity, name } = diagnostic;
    const documentation = addresses.documentationOf(code);
    const tags = [
      ...(unused.has(name) ? [lsp.DiagnosticTag.Unnecessary] : []),
      ...(superseded.has(name) ? [lsp.DiagnosticTag.Deprecated] : []),
    ];
    const related = relatedOf(program, diagnostic, addresses);
    return {
      range: toRange(file.lines, diagnostic),
      severity: severities[severity],
      code,
      source: "scruple",
      message,
      ...(documentation === null ? {} : { codeDescription: { href: documentation } }),
      ...(tags.length === 0 ? {} : { tags }),
      ...(related.length === 0 ? {} : { relatedInformation: related }),
      data: { name },
    };
  });
}

function relatedOf(
  program: Program,
  { related }: Diagnostic,
  addresses: Addresses,
): lsp.DiagnosticRelatedInformation[] {
  return related.flatMap(({ file, start, end, message }) => {
    const other = fileOf(program, file);
    const location = other && toLocation(other, { start, end }, addresses);
    return location ? [{ location, message }] : [];
  });
}
