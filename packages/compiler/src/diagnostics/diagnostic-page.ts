import type { CatalogueEntry } from "@scruple/syntax";

/** The page that documents a diagnostic, in Markdown. */
export function diagnosticPage(entry: Pick<CatalogueEntry<never>, "code" | "name" | "severity" | "summary" | "docs">) {
  const { code, name, severity, summary, docs } = entry;
  return `# ${code} ${name}\n\n${summary}\n\nSeverity: ${severity}.\n\n${plain(docs)}\n`;
}

/** Examples are marked as bad or good for the tests; readers see a comment. */
function plain(docs: string): string {
  return docs
    .trim()
    .replace(/^```scruple bad\b.*$/gm, "Not so:\n\n```scruple")
    .replace(/^```scruple good\b.*$/gm, "But so:\n\n```scruple")
    .replace(/\n{3,}/g, "\n\n");
}
