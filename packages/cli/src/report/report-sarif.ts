import { pathToFileURL } from "node:url";
import type { Located, LocatedFix, Report, Span } from "@scruple/project/report";
import type { CatalogueEntry, Severity } from "@scruple/syntax";
import type { Log, Region, ReportingDescriptor, Result } from "sarif";

const levels = { error: "error", warning: "warning", info: "note", hint: "note" } as const satisfies Record<
  Severity,
  string
>;
const base = "PROJECT";

export interface SarifTool {
  readonly version: string;
  /** The catalogue's entry of a code; undefined where there is none. */
  readonly kindOf: (code: string) => Pick<CatalogueEntry<never>, "name" | "severity" | "summary" | "docs"> | undefined;
}

/** A SARIF 2.1.0 log with one run: the findings, and what each code is about. */
export function reportSarif(report: Report, tool: SarifTool): string {
  const codes = [...new Set(report.diagnostics.map((diagnostic) => diagnostic.code))].sort();
  const indexOf = new Map(codes.map((code, index) => [code, index]));
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Scruple",
            semanticVersion: tool.version,
            rules: codes.map((code) => describe(code, report.diagnostics, tool)),
          },
        },
        originalUriBaseIds: { [base]: { uri: `${pathToFileURL(report.root).href.replace(/\/$/, "")}/` } },
        columnKind: "utf16CodeUnits",
        artifacts: report.files.map((file) => ({ location: { uri: encodeFile(file), uriBaseId: base } })),
        results: report.diagnostics.map((diagnostic) => toResult(diagnostic, indexOf.get(diagnostic.code)!)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function describe(code: string, diagnostics: readonly Located[], tool: SarifTool): ReportingDescriptor {
  const kind = tool.kindOf(code);
  const example = diagnostics.find((diagnostic) => diagnostic.code === code)!;
  if (kind === undefined) return { id: code, name: example.name };
  return {
    id: code,
    name: kind.name,
    shortDescription: plainMessage(kind.summary),
    help: {
      ...plainMessage(kind.docs === "" ? kind.summary : kind.docs),
      markdown: `# ${kind.summary}\n\n${kind.docs}`,
    },
    defaultConfiguration: { level: levels[kind.severity] },
    ...helpUri(example.url),
  };
}

/** A message without links: `[text](target)` would be one in plain text as well, unless it is escaped (SARIF 2.1.0, 3.11.6). */
function plainMessage(text: string): { text: string } {
  return { text: text.replace(/[[\]\\]/g, "\\$&") };
}

function helpUri(url: string): { helpUri?: string } {
  return URL.canParse(url) ? { helpUri: url } : {};
}

function toResult(diagnostic: Located, ruleIndex: number): Result {
  return {
    ruleId: diagnostic.code,
    ruleIndex,
    level: levels[diagnostic.severity],
    message: plainMessage(diagnostic.message),
    locations: [{ physicalLocation: place(diagnostic.file, diagnostic.range) }],
    ...(diagnostic.related.length > 0 && {
      relatedLocations: diagnostic.related.map(({ file, range, message }, id) => ({
        id,
        physicalLocation: place(file, range),
        message: plainMessage(message),
      })),
    }),
    ...(diagnostic.fixes.length > 0 && { fixes: diagnostic.fixes.map((fix) => toFix(fix, diagnostic.file)) }),
  };
}

function toFix(fix: LocatedFix, file: string): NonNullable<Result["fixes"]>[number] {
  return {
    description: plainMessage(fix.title),
    artifactChanges: [
      {
        artifactLocation: { uri: encodeFile(file), uriBaseId: base },
        replacements: fix.edits.map(({ range, text }) => ({ deletedRegion: region(range), insertedContent: { text } })),
      },
    ],
  };
}

function place(file: string, range: Span) {
  return { artifactLocation: { uri: encodeFile(file), uriBaseId: base }, region: region(range) };
}

function region({ start, end }: Span): Region {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function encodeFile(file: string): string {
  return file.split("/").map(encodeURIComponent).join("/");
}
