import type { ExpectedTokens } from "@scruple/syntax";
import * as lsp from "vscode-languageserver-types";
import type { CompletionOptions, Item } from "./completion.ts";
import { keywordMeanings } from "./keyword-meanings.ts";
import { snippets } from "./snippets.ts";

/** The keywords that may stand there, and what is usually written with them. `true` and `false` are values of a type. */
export function keywordItems({ expected, before }: ExpectedTokens, options: CompletionOptions): readonly Item[] {
  const effect = before.findLast(({ text, type }) => type === "keyword" && (text === "allow" || text === "deny"))?.text;
  const isValue = expected.some(({ rules }) => rules.includes("operand") || rules.includes("elements"));
  const words = new Map(
    expected
      .filter(({ isKeyword, token }) => isKeyword && !(isValue && (token === "true" || token === "false")))
      .filter(({ token, rules }) => !rules.includes("clause") || (clausesOf.get(token) ?? effect) === effect)
      .map(({ token, rules }) => [token, rules] as const),
  );
  const items: Item[] = [...words].map(([word, rules]) => {
    const detail = keywordMeanings.get(`${rules.at(-1)} ${word}`) ?? keywordMeanings.get(word);
    return {
      label: word,
      kind: lsp.CompletionItemKind.Keyword,
      sortText: `5${word}`,
      ...(detail === undefined ? {} : { detail }),
      ...snippetOf(word, rules, options),
    };
  });
  const takesUnit = expected.some(({ token }) => token === "UNIT");
  return takesUnit ? [...items, ...unitItems(before.at(-1)?.text !== "1")] : items;
}

/** Clauses of allows alone, and of denials alone. */
const clausesOf: ReadonlyMap<string, string> = new Map([
  ...["under", "until", "then", "told"].map((word) => [word, "allow"] as const),
  ["after", "deny"],
]);

function snippetOf(word: string, rules: readonly string[], options: CompletionOptions): Partial<Item> {
  const text = snippets.get(`${rules.at(-1)} ${word}`);
  if (text === undefined || !options.snippets) return {};
  return { text, insertTextFormat: lsp.InsertTextFormat.Snippet, kind: lsp.CompletionItemKind.Snippet };
}

function unitItems(isPlural: boolean): readonly Item[] {
  const units = ["second", "minute", "hour", "day", "week", "month", "year"];
  return units.map((unit, place) => ({
    label: isPlural ? `${unit}s` : unit,
    kind: lsp.CompletionItemKind.Unit,
    sortText: `1${place}`,
  }));
}
