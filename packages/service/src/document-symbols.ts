import { pathText } from "@scruple/compiler";
import type { Annotation, Declaration, Range } from "@scruple/syntax";
import * as lsp from "vscode-languageserver-types";
import { type Text, toRange } from "./positions.ts";
import type { Snapshot } from "./snapshot.ts";

/** The outline of a file: its declarations, and the fields, attributes and rules in them. */
export function documentSymbols({ file }: Snapshot): lsp.DocumentSymbol[] {
  const { policy, declarations } = file.tree.file;
  const outline = new Outline(file);
  const header = policy === null ? [] : [outline.item(policy, policy.name, pathText(policy.name), "policy")];
  return [...header, ...declarations.flatMap((declaration) => outline.declaration(declaration))];
}

const kinds = {
  policy: lsp.SymbolKind.Namespace,
  category: lsp.SymbolKind.Class,
  purpose: lsp.SymbolKind.Enum,
  recipient: lsp.SymbolKind.Interface,
  channel: lsp.SymbolKind.Event,
  source: lsp.SymbolKind.Struct,
  field: lsp.SymbolKind.Field,
  subject: lsp.SymbolKind.Object,
  facts: lsp.SymbolKind.Object,
  member: lsp.SymbolKind.Property,
  condition: lsp.SymbolKind.Boolean,
  duty: lsp.SymbolKind.Function,
  interaction: lsp.SymbolKind.Module,
  rule: lsp.SymbolKind.Method,
  promise: lsp.SymbolKind.Constant,
  test: lsp.SymbolKind.String,
} as const satisfies Record<string, lsp.SymbolKind>;
export type OutlineKind = keyof typeof kinds;

/** How editors draw a kind of declaration. */
export function symbolKind(kind: OutlineKind): lsp.SymbolKind {
  return kinds[kind];
}

interface Node extends Range {
  readonly annotations: readonly Annotation[];
}

class Outline {
  readonly #file: Text;

  constructor(file: Text) {
    this.#file = file;
  }

  item(
    node: Node,
    name: Range,
    label: string,
    kind: OutlineKind,
    children: lsp.DocumentSymbol[] = [],
    detail = kind as string,
  ): lsp.DocumentSymbol {
    const range = toRange(this.#file.lines, node);
    const within = name.start >= node.start && name.end <= node.end;
    return {
      name: label.trim() === "" ? `(${kind})` : label,
      detail,
      kind: kinds[kind],
      range,
      selectionRange: within ? toRange(this.#file.lines, name) : { start: range.start, end: range.start },
      ...(children.length === 0 ? {} : { children }),
    };
  }

  declaration(node: Declaration): lsp.DocumentSymbol[] {
    switch (node.kind) {
      case "use":
        return [];
      case "source":
        return [this.item(node, node.name, node.name.text, "source", this.members(node.fields, "field"))];
      case "subject":
        return [this.item(node, node, "subject", "subject", this.members(node.attributes, "member"), "")];
      case "facts":
        return [this.item(node, node, "facts", "facts", this.members(node.facts, "member"), "")];
      case "interaction":
        return [
          this.item(
            node,
            node.name,
            node.name.text,
            "interaction",
            node.rules.map((rule, place) => this.rule(rule, `#${place + 1}`)),
          ),
        ];
      case "promise":
      case "test":
        return [this.item(node, node.text, node.text.kind === "string" ? node.text.value : "", node.kind)];
      case "rule":
        return [this.rule(node, "")];
      default:
        return [this.item(node, node.name, node.name.text, node.kind)];
    }
  }

  members(
    nodes: readonly (Node & { readonly name: Range & { readonly text: string } })[],
    kind: "field" | "member",
  ): lsp.DocumentSymbol[] {
    return nodes.map((node) => {
      const detail = this.#file.text.slice(node.name.end, node.end).replace(/^\s*\??\s*:\s*/, "");
      return this.item(node, node.name, node.name.text, kind, [], detail);
    });
  }

  rule(node: Extract<Declaration, { readonly kind: "rule" }>, ordinal: string): lsp.DocumentSymbol {
    const detail = this.#file.text.slice(node.effectRange.start, node.data.at(-1)?.end ?? node.effectRange.end);
    const label = node.name?.text || ordinal;
    return this.item(node, node.name ?? node.effectRange, label, "rule", [], detail.replace(/\s+/g, " "));
  }
}
