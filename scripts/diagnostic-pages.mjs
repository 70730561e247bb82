import { diagnosticPage } from "@scruple/compiler";

/** The pages of docs/diagnostics, from the catalogue: one a diagnostic, and the list of all. Maps paths to texts. */
export function diagnosticPages(catalogue) {
  const kinds = [...catalogue.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  const pages = new Map(kinds.map((kind) => [`docs/diagnostics/${kind.code}.md`, diagnosticPage(kind)]));
  pages.set("docs/diagnostics/README.md", index(kinds));
  return pages;
}

const families = {
  1: "Syntax",
  2: "Names",
  3: "Types",
  4: "Logic",
  5: "Privacy",
  6: "Promises",
  7: "Tests",
  8: "Project",
};

function index(kinds) {
  const lines = [
    "# Diagnostics",
    "",
    "Everything that Scruple reports. `scruple rules CODE` shows the same in a terminal.",
  ];
  for (const [digit, family] of Object.entries(families)) {
    const members = kinds.filter(({ code }) => code[3] === digit);
    if (members.length === 0) continue;
    lines.push("", `## ${family}`, "", "| code | name | severity | what it says |", "|---|---|---|---|");
    for (const { code, name, severity, summary } of members) {
      lines.push(`| [${code}](${code}.md) | ${name} | ${severity} | ${summary.replaceAll("|", "\\|")} |`);
    }
  }
  return `${lines.join("\n")}\n`;
}
