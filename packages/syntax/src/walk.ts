import type * as Tree from "./tree.ts";

/** Any node of the tree: whatever has a `kind` and a range. */
export type Node =
  | Tree.SourceFile
  | Tree.PolicyHeader
  | Tree.Declaration
  | Tree.Rule
  | Tree.Exception
  | Tree.Clause
  | Tree.Expr
  | Tree.Name
  | Tree.Path
  | Tree.Doc
  | Tree.Annotation
  | Tree.OperationWord
  | Tree.DutyCall
  | Tree.DutyArgument
  | Tree.Keep
  | Tree.Quiet
  | Tree.Field
  | Tree.Member
  | Tree.TypeNode
  | Tree.Bound
  | Tree.PromiseLine
  | Tree.Given
  | Tree.Expectation
  | Tree.RulePath;

/**
 * Calls `visit` for a node and everything in it, parents first, in the order of their fields. Where `visit` returns
 * false, what is inside is left out. A loop and no recursion, so depth costs no stack.
 */
export function walk(root: Node, visit: (node: Node, parent: Node | null) => unknown): void {
  const pending: [Node, Node | null][] = [[root, null]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [node, parent] = next;
    if (visit(node, parent) === false) continue;
    const found = childrenOf(node);
    for (let i = found.length - 1; i >= 0; i -= 1) pending.push([found[i] as Node, node]);
  }
}

/** The nodes directly inside a node. */
export function childrenOf(node: Node): Node[] {
  const found: Node[] = [];
  for (const key in node) {
    const value: unknown = node[key as keyof Node];
    if (typeof value !== "object") continue;
    if (Array.isArray(value)) {
      for (const one of value) if (isNode(one)) found.push(one);
    } else if (isNode(value)) found.push(value);
  }
  return found;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "kind" in value && "start" in value;
}
