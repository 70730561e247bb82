import { type PolicyScope, type Program, spellRulePath } from "@scruple/compiler";
import type { ExpectedTokens } from "@scruple/syntax";
import * as lsp from "vscode-languageserver-types";
import type { Item } from "./completion.ts";

/** The rules, and the denials that declarations imply, by which a decision can be told. */
export function rulePathItems(program: Program, scope: PolicyScope, before: ExpectedTokens["before"]): readonly Item[] {
  const head = before.at(-1)?.text === "." ? before.at(-2)?.text.replaceAll("`", "") : undefined;
  const own = [...paths(scope, true)];
  const used = [...program.scopes.values()]
    .filter(({ name }) => scope.uses.has(name))
    .flatMap((other) => [...paths(other, false)].map((path) => `${other.name}/${path}`));
  return [...own, ...(head === undefined ? used : [])].flatMap((path) => {
    if (head !== undefined && !path.startsWith(`${head}.`)) return [];
    const label = head === undefined ? path : path.slice(head.length + 1);
    const whole = spellRulePath(path);
    const text = head === undefined ? whole : whole.slice(whole.indexOf(".") + 1);
    return [{ label, text, kind: lsp.CompletionItemKind.Method, sortText: `1${label}` }];
  });
}

function* paths(scope: PolicyScope, isOwn: boolean): Generator<string> {
  for (const [name, head] of scope.tables.head) {
    if (head.kind === "rule" && (isOwn || head.node.effect === "deny")) yield name;
    else if (head.kind === "interaction" && isOwn) for (const rule of head.rules.keys()) yield `${name}.${rule}`;
    else if (head.kind === "channel" && head.node.quiet !== null) yield `${name}.quiet`;
    else if (head.kind === "source") {
      if (head.node.keep !== null) yield `${name}.keep`;
      if (head.node.consentFor !== null) yield `${name}.consent`;
    }
  }
}
