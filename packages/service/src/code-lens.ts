import type { NamedSymbol } from "@scruple/compiler";
import type { Declaration } from "@scruple/syntax";
import type * as lsp from "vscode-languageserver-types";
import { useLocations, usesOf } from "./locations.ts";
import { nameAt } from "./names/name-at.ts";
import { toRange } from "./positions.ts";
import { fileOf, type Snapshot, scopeOf } from "./snapshot.ts";
import { interactionReached } from "./test-runs/run.ts";
import { commands, showReferences } from "./traits.ts";
import { listed } from "./words/listed.ts";

/** What a lens carries until it is seen. */
export interface LensData {
  readonly kind: "references" | "coverage";
  readonly uri: string;
  readonly path: string;
  readonly offset: number;
}

export function isLensData(data: unknown): data is LensData {
  const { kind, uri, path, offset } = (data ?? {}) as Partial<LensData>;
  return [kind, uri, path].every((one) => typeof one === "string") && typeof offset === "number";
}

const counted: ReadonlySet<Declaration["kind"]> = new Set([
  ...(["category", "source", "purpose", "recipient", "channel", "condition", "duty"] as const),
]);

/** Above tests, what they do and why; above declarations, how often they are named; above interactions, what tests reach. */
export function codeLenses({ file, addresses }: Snapshot): lsp.CodeLens[] {
  const uri = addresses.uriOf(file.path, false);
  if (uri === null) return [];
  return file.tree.file.declarations.flatMap((node): lsp.CodeLens[] => {
    const lazily = (kind: LensData["kind"], at: { readonly start: number; readonly end: number }): lsp.CodeLens => ({
      range: toRange(file.lines, at),
      data: { kind, uri, path: file.path, offset: at.start } satisfies LensData,
    });
    if (node.kind === "test" && node.text.kind === "string") {
      const range = toRange(file.lines, node.text);
      const args = [uri, node.text.value];
      return [
        { range, command: { title: "▷ Run", command: commands.runTests, arguments: args } },
        { range, command: { title: "Why", command: commands.explainTest, arguments: args } },
      ];
    }
    if (node.kind === "interaction" && node.name.text !== "" && node.rules.length > 0)
      return [lazily("coverage", node.name)];
    return counted.has(node.kind) && "name" in node && node.name !== null ? [lazily("references", node.name)] : [];
  });
}

/** Counts what a lens is about, once it is seen, in pieces of work between which something else can be done. */
export function* resolveCodeLens(snapshot: Snapshot, lens: lsp.CodeLens): Generator<void, lsp.CodeLens> {
  if (!isLensData(lens.data)) return lens;
  const { kind, path, offset, uri } = lens.data;
  const file = fileOf(snapshot.program, path);
  const use = file === undefined ? null : nameAt({ ...snapshot, file }, offset);
  if (file === undefined || use?.entity.kind !== "symbol") return { ...lens, command: { title: "", command: "" } };
  if (kind === "coverage")
    return { ...lens, command: { title: yield* coverage({ ...snapshot, file }, use.entity.symbol), command: "" } };
  const uses = usesOf(snapshot.program, use.entity).filter(({ use: { declares } }) => !declares);
  const title = uses.length === 1 ? "1 reference" : `${uses.length} references`;
  const args = [uri, toRange(file.lines, use).start, useLocations(snapshot, uses)];
  return { ...lens, command: { title, command: showReferences, arguments: args } };
}

function* coverage(snapshot: Snapshot, symbol: NamedSymbol): Generator<void, string> {
  const policy = scopeOf(snapshot)?.name;
  if (symbol.kind !== "interaction" || policy === undefined) return "";
  const reached = yield* interactionReached(snapshot.program, policy, symbol);
  if (reached === null) return "";
  const { rules, branches, cells } = reached;
  const parts = [
    share(rules, "rule", "rules"),
    ...(branches === null || branches[1] === 0 ? [] : [share(branches, "branch", "branches")]),
    ...(cells === null ? [] : [share(cells, "cell", "cells")]),
  ];
  return `tests reach ${listed(parts)}`;
}

function share([covered, total]: readonly [number, number], one: string, many: string): string {
  return `${covered} of ${total} ${total === 1 ? one : many}`;
}
