import type { NamedSymbol, Program } from "@scruple/compiler";
import type * as lsp from "vscode-languageserver-types";
import { symbolKey } from "../names/entity.ts";
import type { Snapshot } from "../snapshot.ts";
import { describeEntity } from "../words/describe-entity.ts";
import { scopeNamed } from "./visible.ts";

/** What an item carries for its documentation to be found. */
export interface CompletionData {
  readonly uri: string;
  readonly key: string;
  readonly policy: string;
}

export function isCompletionData(data: unknown): data is CompletionData {
  const { uri, key, policy } = (data ?? {}) as Partial<CompletionData>;
  return [uri, key, policy].every((one) => typeof one === "string");
}

/** Adds what an item stands for, which is worked out only for the one that is looked at. */
export function resolveCompletion(snapshot: Snapshot, item: lsp.CompletionItem): lsp.CompletionItem {
  const data: unknown = item.data;
  const symbol = isCompletionData(data) ? find(snapshot.program, data) : undefined;
  if (symbol === undefined) return item;
  const value = describeEntity(snapshot, { kind: "symbol", symbol });
  return { ...item, documentation: { kind: "markdown", value } };
}

function find(program: Program, { key, policy }: CompletionData): NamedSymbol | undefined {
  return scopeNamed(program, policy)?.symbols.find((symbol) => symbolKey(symbol) === key);
}
