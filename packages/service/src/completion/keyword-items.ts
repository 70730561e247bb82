import { boundFits, clauseFits, type Expected, type ExpectedTokens } from "@scruple/syntax";
import * as lsp from "vscode-languageserver-types";
import type { Snapshot } from "../snapshot.ts";
import type { CompletionOptions, Item } from "./completion.ts";
import { keywordMeanings } from "./keyword-meanings.ts";
import { snippets } from "./snippets.ts";

/** The keywords that may stand there, and what is usually written with them. `true` and `false` are values of a type. */
export function keywordItems(
  snapshot: Pick<Snapshot, "file">,
  expectation: ExpectedTokens,
  options: CompletionOptions,
): readonly Item[] {
  const { expected, before } = expectation;
  const isValue = expected.some(({ rules }) => rules.includes("operand") || rules.includes("elements"));
  const words = new Map(
    expected
      .filter(({ isKeyword, token }) => isKeyword && !(isValue && (token === "true" || token === "false")))
      .filter((one) => isRight(snapshot, one, expectation))
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

/** The grammar takes more than the language does, so that it can say what is wrong. */
function isRight({ file }: Pick<Snapshot, "file">, one: Expected, place: ExpectedTokens): boolean {
  const { token } = one;
  if (token === "purposes" || token === "channels") return boundFits(file.tree.file, token, place);
  return !beginsClause(one) || clauseFits(file.tree.file, file.text, token, place);
}

/** After `consent` and `objection`, `for` belongs to them. */
function beginsClause({ token, rules }: Expected): boolean {
  if (token === "covertly") return true;
  return rules.includes("clause") && (token !== "for" || rules.at(-1) === "clause");
}

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
