import { pathText } from "@scruple/compiler";
import { walk } from "@scruple/syntax";
import type * as lsp from "vscode-languageserver-types";
import { declarationsOf } from "./locations.ts";
import { toRange } from "./positions.ts";
import type { Snapshot } from "./snapshot.ts";

/** Links from each `use` to the policy's file, and from terms of other vocabularies to where they are explained. */
export function documentLinks({ program, file, addresses }: Snapshot): lsp.DocumentLink[] {
  const links: lsp.DocumentLink[] = [];
  walk(file.tree.file, (node) => {
    if (node.kind === "use") {
      const [declared] = declarationsOf(program, { kind: "policy", name: pathText(node.policy) });
      const target = declared && addresses.uriOf(declared.file.path, declared.file.std);
      if (target) links.push({ range: toRange(file.lines, node.policy), target, tooltip: "Open the policy" });
    } else if (node.kind === "annotation" && node.name.text === "dpv") {
      const [term] = node.args;
      const target = term?.kind === "string" ? dpvAddress(term.value) : null;
      if (term && target !== null) links.push({ range: toRange(file.lines, term), target, tooltip: "Open the term" });
    }
    return node.kind !== "path";
  });
  return links;
}

/** Where the W3C explains a term: `dpv:Marketing`, `pd:Name`. */
function dpvAddress(term: string): string | null {
  const [prefix, name] = term.split(":");
  if (name === undefined || !/^[A-Za-z-]+$/.test(name)) return null;
  if (prefix === "dpv") return `https://w3id.org/dpv#${name}`;
  return prefix === "pd" ? `https://w3id.org/dpv/pd#${name}` : null;
}
