import type { Expr, Id, World } from "@scruple/model";
import { restsOn } from "./conditions.ts";

/**
 * What a condition asks beyond facts: consents and objections, each for a declared purpose or (null) the request's own, and
 * who started the interaction. Only this makes its diagram differ from request to request.
 */
export interface Mention {
  readonly kind: "consent" | "explicit" | "objection" | "outbound";
  readonly purpose: Id | null;
}
/** By their keys. */
export type Mentions = ReadonlyMap<string, Mention>;

const none: Mentions = new Map();

interface Memo {
  readonly conditions: Map<Id, Mentions>;
  readonly expressions: WeakMap<Expr, Mentions>;
  readonly lists: WeakMap<readonly Expr[], Mentions>;
}
/** By conditions, which outlive worlds. */
const memos = new WeakMap<World["conditions"], Memo>();

export function mentionsOf(world: World, expr: Expr): Mentions {
  return find(world, memoOf(world), expr);
}

/** The union of those of many expressions, by their keys in order. A list is remembered, and must not be changed. */
export function mentionsOfAll(world: World, expressions: readonly Expr[]): Mentions {
  const memo = memoOf(world);
  const known = memo.lists.get(expressions);
  if (known !== undefined) return known;
  const all = new Map<string, Mention>();
  for (const expr of expressions) for (const [key, mention] of find(world, memo, expr)) all.set(key, mention);
  const made = all.size < 2 ? all : new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
  memo.lists.set(expressions, made);
  return made;
}

/** Whether a purpose is named, so that it matters which one a request is for. */
export function namesPurpose(mentions: Mentions): boolean {
  for (const { purpose } of mentions.values()) if (purpose !== null) return true;
  return false;
}

function memoOf({ conditions }: World): Memo {
  const known = memos.get(conditions);
  if (known !== undefined) return known;
  const made: Memo = { conditions: new Map(), expressions: new WeakMap(), lists: new WeakMap() };
  memos.set(conditions, made);
  return made;
}

function find(world: World, memo: Memo, expr: Expr): Mentions {
  switch (expr.op) {
    case "consent":
      return one({ kind: expr.explicit ? "explicit" : "consent", purpose: expr.purpose });
    case "objection":
      return one({ kind: "objection", purpose: expr.purpose });
    case "outbound":
      return one({ kind: "outbound", purpose: null });
    case "condition":
      for (const id of restsOn(world, expr.condition, (done) => memo.conditions.has(done))) {
        if (!memo.conditions.has(id)) memo.conditions.set(id, find(world, memo, world.conditions.get(id)!.expr));
      }
      return memo.conditions.get(expr.condition)!;
    case "not":
      return find(world, memo, expr.operand);
    case "and":
    case "or": {
      const known = memo.expressions.get(expr);
      if (known !== undefined) return known;
      const result = expr.operands.map((operand) => find(world, memo, operand)).reduce(union, none);
      memo.expressions.set(expr, result);
      return result;
    }
    default:
      return none;
  }
}

function one(mention: Mention): Mentions {
  return new Map([[`${mention.kind} ${mention.purpose ?? ""}`, mention]]);
}

function union(one: Mentions, other: Mentions): Mentions {
  if (one.size === 0 || one === other) return other;
  if (other.size === 0) return one;
  return new Map([...one, ...other]);
}
