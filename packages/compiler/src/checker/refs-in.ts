import type { Expr, Path } from "@scruple/syntax";

/** The names in a condition, in the order of the text. */
export function refsIn(expr: Expr): Path[] {
  const found: Path[] = [];
  const stack: Expr[] = [expr];
  for (let node = stack.pop(); node; node = stack.pop()) {
    switch (node.kind) {
      case "ref":
        found.push(node.path);
        break;
      case "paren":
        stack.push(node.inner);
        break;
      case "not":
        stack.push(node.operand);
        break;
      case "and":
      case "or":
        stack.push(...node.operands.toReversed());
        break;
      case "compare":
        stack.push(node.right, node.left);
        break;
      case "in":
        stack.push(node.left);
        break;
    }
  }
  return found;
}
