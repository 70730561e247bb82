import type { TokenType } from "chevrotain";
import { Grammar } from "./grammar.ts";
import { clauseTypes } from "./operation-grammar.ts";
import type { SyntaxTree } from "./parse.ts";
import { neverBeforeName } from "./parser-base.ts";
import type { SourceToken } from "./source-token.ts";
import * as T from "./token-types.ts";
import type { Bound, Clause, Declaration, Expectation, Field, Member, PromiseLine, Range, Rule } from "./tree.ts";

/** What the grammar lets stand at a place. */
export interface Expected {
  /** A keyword or a mark as it is written; for other tokens what they are: `NAME`, `INTEGER`, `UNIT`, `STRING`, … */
  readonly token: string;
  readonly isKeyword: boolean;
  /** The rules of the grammar that are open there, the innermost last: `file`, `declaration`, `rule`, `clause`, … */
  readonly rules: readonly string[];
}

/** What may stand at an offset, and the word that is written there already. */
export interface ExpectedTokens extends Range {
  /** The word up to the offset and behind it; empty where there is none. */
  readonly expected: readonly Expected[];
  /** The tokens before the word, the last one last, without comments. */
  readonly before: readonly { readonly text: string; readonly type: SourceToken["type"]; readonly start: number }[];
}

let grammar: Grammar | undefined;

/**
 * What the grammar lets stand at an offset after what stands before it. What is wrong before the offset takes away as little as
 * can be: parts that are complete are left out, and where the grammar still does not get there, the innermost part is asked alone.
 */
export function expectedAt(tree: SyntaxTree, offset: number): ExpectedTokens | null {
  const tokens = tree.tokens as readonly SourceToken[];
  const at = tokens.find(({ start, end }) => start < offset && offset <= end);
  const isWord = at !== undefined && /^[\w`#]/.test(at.image) && at.type !== "string" && at.type !== "int";
  if (at !== undefined && !isWord && isInside(at, offset)) return null;
  const word = at !== undefined && isWord ? at : { start: offset, end: offset };
  const before = tokens.filter(
    ({ end, type }) => end <= word.start && type !== "comment" && type !== "doc" && type !== "error",
  );
  grammar ??= new Grammar("describe");
  for (const { rule, from } of startsOf(tree, before, word.start)) {
    const expected = ask(grammar, rule, from);
    if (expected.length === 0) continue;
    return {
      start: word.start,
      end: word.end,
      expected,
      // What begins a clause is its keyword, also where it was taken for a name.
      before: before.slice(-lookBack).map((token) => ({
        text: token.image,
        type: rule === "clause" && token === from[0] ? "keyword" : token.type,
        start: token.start,
      })),
    };
  }
  return null;
}

/** Tokens that whoever asks may look back at. */
const lookBack = 64;

/** Comments and strings hold no words of the language; what is half written counts as well. */
function isInside({ type, end, tokenType }: SourceToken, offset: number): boolean {
  if (type === "comment" || type === "doc") return true;
  return type === "string" && (offset < end || tokenType === T.OpenText);
}

function ask(asked: Grammar, rule: string, tokens: readonly SourceToken[]): readonly Expected[] {
  return asked.computeContentAssist(rule, [...tokens]).map(({ nextTokenType, ruleStack }) => ({
    token: nextTokenType.LABEL ?? nextTokenType.name,
    isKeyword: isKeyword(nextTokenType),
    rules: ruleStack,
  }));
}

function isKeyword(type: TokenType): boolean {
  return T.keywordTypes.get(type.LABEL ?? "") === type;
}

/**
 * From where to ask, best first: the declaration with what is complete in it left out, then the part of it that is being
 * written, then its last clause, then anything.
 */
function* startsOf(
  tree: SyntaxTree,
  before: readonly SourceToken[],
  offset: number,
): Generator<{ readonly rule: string; readonly from: readonly SourceToken[] }> {
  const declaration = last(
    tree.file.policy ? [tree.file.policy, ...tree.file.declarations] : tree.file.declarations,
    offset,
  );
  const since = (start: number, end = Number.POSITIVE_INFINITY) =>
    before.filter((token) => token.start >= start && token.start < end);
  const anew = { rule: "file", from: [] };
  if (declaration === null) return yield anew;
  const items = declaration.kind === "policy" ? [] : itemsOf(declaration);
  const item = last(items, offset);
  const clauses =
    item !== null && "clauses" in item ? item.clauses : "clauses" in declaration ? declaration.clauses : [];
  const clause = last(clauses, offset);
  const head = since(declaration.start, Math.min(items[0]?.start ?? Number.POSITIVE_INFINITY, item?.start ?? offset));
  const itemHead = since(item?.start ?? declaration.start, clauses[0]?.start ?? offset);
  const lastClause = clause === null ? [] : since(clause.start);
  const whole = item === null ? [...itemHead, ...lastClause] : [...head, ...itemHead, ...lastClause];
  yield { rule: "file", from: whole };
  yield { rule: "file", from: since(declaration.start) };
  if (item !== null)
    yield {
      rule: item.kind === "purposes" || item.kind === "channels" ? "bounds" : item.kind,
      from: since(item.start),
    };
  for (const inner of innerClauses(clauses, offset)) yield { rule: "clause", from: since(inner.start) };
  const stray = before.findLast(({ tokenType }) => clauseTypes.has(tokenType));
  if (stray !== undefined && stray.start > (item ?? declaration).start)
    yield { rule: "clause", from: since(stray.start) };
  // A new item, if all that comes before it is broken.
  if (item !== null) yield { rule: "file", from: head };
  if (/^[ \t]*$/.test(tree.text.slice(tree.text.lastIndexOf("\n", offset - 1) + 1, offset))) yield anew;
}

/** The part that is being written at an offset: the last that begins before it. */
function last<Part extends Range>(parts: readonly Part[], offset: number): Part | null {
  return parts.findLast(({ start, end }) => start < offset && end > start) ?? null;
}

type Item = Bound | Expectation | Field | Member | PromiseLine | Rule;

function itemsOf(declaration: Declaration): readonly Item[] {
  switch (declaration.kind) {
    case "source":
      return declaration.fields;
    case "subject":
      return declaration.attributes;
    case "facts":
      return declaration.facts;
    case "interaction":
      return [...declaration.bounds, ...declaration.rules].sort((a, b) => a.start - b.start);
    case "promise":
      return declaration.lines;
    case "test":
      return declaration.expectations;
    default:
      return [];
  }
}

/** The last clause at an offset and the clauses in its exceptions, outermost first. */
function* innerClauses(clauses: readonly Clause[], offset: number): Generator<Clause> {
  const clause = last(clauses, offset);
  if (clause === null) return;
  yield clause;
  if (clause.kind !== "except") return;
  const exception = last(clause.exceptions, offset);
  if (exception !== null) yield* innerClauses(exception.clauses, offset);
}

/** Whether a word may be taken for one of the language's keywords where it is meant as a name, and so may need backticks. */
export function isReserved(word: string): boolean {
  const type = T.keywordTypes.get(word);
  return type !== undefined && !neverBeforeName.has(type);
}
