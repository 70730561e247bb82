import type { Declaration, Decorated, SourceFile } from "@scruple/syntax";

/** Everything in a file that documentation and annotations may stand before, in the order of the text. */
export function* decoratedIn({ policy, declarations }: SourceFile): Generator<Decorated> {
  if (policy) yield policy;
  for (const node of declarations) {
    yield node;
    yield* partsOf(node);
  }
}

function partsOf(node: Declaration): readonly Decorated[] {
  switch (node.kind) {
    case "source":
      return node.fields;
    case "subject":
      return node.attributes;
    case "facts":
      return node.facts;
    case "duty":
      return node.parameters;
    case "interaction":
      return node.rules;
    case "promise":
      return node.lines;
    case "test":
      return node.expectations;
    default:
      return [];
  }
}
