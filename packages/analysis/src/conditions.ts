import { type Condition, type Expr, hierarchy, type Id, type World } from "@scruple/model";

/** What a condition comes down to. */
export type Atom = Exclude<Expr, { readonly op: "and" | "or" } | { readonly op: "not" } | { readonly op: "condition" }>;

const texts = new WeakMap<Atom, string>();

/** The same for atoms that say the same. */
export function atomText(atom: Atom): string {
  const known = texts.get(atom);
  if (known !== undefined) return known;
  const text = JSON.stringify(atom);
  texts.set(atom, text);
  return text;
}

/** Every atom of some expressions and of the conditions that they name, each condition once, in the order of the text. */
export function* atomsOf(world: World, expressions: Iterable<Expr>): Generator<Atom> {
  const seen = new Set<Id>();
  for (const expression of expressions) {
    const waiting: Expr[] = [expression];
    for (let expr = waiting.pop(); expr !== undefined; expr = waiting.pop()) {
      if (expr.op === "not") waiting.push(expr.operand);
      else if ("operands" in expr) waiting.push(...expr.operands.toReversed());
      else if (expr.op !== "condition") yield expr;
      else if (!seen.has(expr.condition)) {
        seen.add(expr.condition);
        waiting.push((world.conditions.get(expr.condition) as Condition).expr);
      }
    }
  }
}

/** Conditions by id, each with a rank above those that it names, and these. Chains of them may be longer than a stack is deep. */
interface ConditionOrder {
  readonly rank: ReadonlyMap<Id, number>;
  readonly named: ReadonlyMap<Id, readonly Id[]>;
}

const orders = new WeakMap<World["conditions"], ConditionOrder>();

function conditionOrder(world: World): ConditionOrder {
  const known = orders.get(world.conditions);
  if (known !== undefined) return known;
  const nodes = [...world.conditions].map(([id, { expr }]) => ({ id, within: namedIn(expr) }));
  const { order, parents } = hierarchy(nodes);
  const result = { rank: new Map(order.map((id, index) => [id, index])), named: parents };
  orders.set(world.conditions, result);
  return result;
}

function namedIn(expression: Expr): readonly Id[] {
  const names = new Set<Id>();
  const waiting: Expr[] = [expression];
  for (let expr = waiting.pop(); expr !== undefined; expr = waiting.pop()) {
    if (expr.op === "condition") names.add(expr.condition);
    else if (expr.op === "not") waiting.push(expr.operand);
    else if (expr.op === "and" || expr.op === "or") waiting.push(...expr.operands);
  }
  return [...names];
}

/** The conditions that a condition rests on, itself last, those first that others rest on; without those already done. */
export function restsOn(world: World, condition: Id, isDone: (id: Id) => boolean): readonly Id[] {
  const { rank, named } = conditionOrder(world);
  const found = new Set<Id>([condition]);
  for (const id of found) for (const other of named.get(id) ?? []) if (!isDone(other)) found.add(other);
  return [...found].sort((a, b) => rank.get(a)! - rank.get(b)!);
}
