import type { Range, Token } from "@scruple/syntax";
import type * as lsp from "vscode-languageserver-types";
import type { Entity } from "./names/entity.ts";
import { type Use, usesIn } from "./names/uses-in.ts";
import { toOffsets, toPosition } from "./positions.ts";
import type { Snapshot } from "./snapshot.ts";
import { type TokenModifier, type TokenType, tokenModifiers, tokenTypes } from "./traits.ts";

/**
 * What each token is, as the protocol has it: five numbers a token, relative to the one before. Tokens that a range does not touch
 * are left out.
 */
export function semanticTokens({ program, file }: Snapshot, within?: lsp.Range): number[] {
  const range: Range = within === undefined ? { start: 0, end: file.text.length } : toOffsets(file, within);
  const uses = usesIn(program, file);
  const annotations = annotationNames(file.tree.tokens, file.text);
  const data: number[] = [];
  let line = 0;
  let character = 0;
  let next = 0;
  const push = ({ start, end }: Range, type: TokenType, modifiers: readonly TokenModifier[]) => {
    const at = toPosition(file.lines, start);
    const bits = modifiers.reduce((sum, modifier) => sum | (1 << tokenModifiers.indexOf(modifier)), 0);
    data.push(
      at.line - line,
      at.line === line ? at.character - character : at.character,
      ...[end - start, tokenTypes.indexOf(type), bits],
    );
    ({ line, character } = at);
  };
  for (const token of file.tree.tokens) {
    if (token.end < range.start || token.start > range.end) continue;
    while (next < uses.length && uses[next]!.end <= token.start) next++;
    const use = uses[next];
    const isNamed =
      use !== undefined && use.start <= token.start && token.end <= use.end && token.type !== "punctuation";
    const kind = isNamed ? ofUse(use) : ofToken(token, annotations);
    if (kind === null) continue;
    for (const part of linesOf(token, file.text)) push(part, ...kind);
  }
  return data;
}

type Kind = readonly [TokenType, readonly TokenModifier[]];

const byToken: Readonly<Partial<Record<Token["type"], Kind>>> = {
  keyword: ["keyword", []],
  unit: ["keyword", []],
  int: ["number", []],
  time: ["number", []],
  date: ["number", []],
  string: ["string", []],
  operator: ["operator", []],
  comment: ["comment", []],
  doc: ["comment", ["documentation"]],
};

function ofToken(token: Token, annotations: ReadonlySet<number>): Kind | null {
  return annotations.has(token.start) ? ["decorator", []] : (byToken[token.type] ?? null);
}

const bySymbol = {
  category: "class",
  purpose: "enum",
  recipient: "interface",
  channel: "event",
  source: "struct",
  field: "property",
  attribute: "property",
  fact: "variable",
  condition: "function",
  duty: "function",
  interaction: "namespace",
  rule: "method",
} as const satisfies Record<string, TokenType>;

function ofUse({ entity, declares }: Use): Kind {
  const isStd =
    entity.kind === "symbol" ? entity.symbol.unit.std : entity.kind === "policy" && /^std\./.test(entity.name);
  return [
    typeOf(entity),
    [...(declares ? ["declaration" as const] : []), ...(isStd ? ["defaultLibrary" as const] : [])],
  ];
}

function typeOf(entity: Entity): TokenType {
  if (entity.kind === "symbol") return bySymbol[entity.symbol.kind];
  if (entity.kind === "policy") return "namespace";
  return entity.kind === "parameter" ? "parameter" : "enumMember";
}

/** Where the names behind `@` stand. */
function annotationNames(tokens: readonly Token[], text: string): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [place, token] of tokens.entries()) {
    if (token.type === "punctuation" && text[token.start] === "@") found.add(tokens[place + 1]?.start ?? -1);
  }
  return found;
}

/** Editors take no token that goes over a line's end. */
function* linesOf({ start, end }: Range, text: string): Generator<Range> {
  let from = start;
  for (const { index, 0: lineEnd } of text.slice(start, end).matchAll(/\r\n?|\n/g)) {
    if (start + index > from) yield { start: from, end: start + index };
    from = start + index + lineEnd.length;
  }
  if (end > from) yield { start: from, end };
}
