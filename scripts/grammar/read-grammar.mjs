/**
 * The parser's productions as small nodes: what is written as text and drawn as diagrams.
 *
 *   { type: "literal", text }   { type: "terminal" | "rule", name }
 *   { type: "sequence" | "choice", items }   { type: "optional" | "repeated", item }
 *
 * @returns rule names with their nodes, in the parser's order
 */
export function readGrammar(productions) {
  return new Map(productions.map(({ name, definition }) => [name, sequence(definition)]));
}

/** A word before a colon is a name by its place; to readers it is one like any other. */
const renamed = new Map([["PLAIN_NAME", "NAME"]]);

function read(part) {
  switch (part.type) {
    case "Terminal":
      return terminal(part);
    case "NonTerminal":
      return { type: "rule", name: part.name };
    case "Alternative":
      return sequence(part.definition);
    case "Alternation":
      return { type: "choice", items: part.definition.map(read) };
    case "Option":
      return { type: "optional", item: sequence(part.definition) };
    case "Repetition":
      return { type: "repeated", item: sequence(part.definition) };
    default:
      throw new Error(`The parser uses ${part.type}, which scripts/grammar/read-grammar.mjs does not read.`);
  }
}

function sequence(definition) {
  const items = definition.map(read);
  return items.length === 1 ? items[0] : { type: "sequence", items };
}

/** Classes of tokens are labelled in capitals; every other token by its text. */
function terminal({ label }) {
  if (/^[A-Z_]+$/.test(label)) return { type: "terminal", name: renamed.get(label) ?? label };
  return { type: "literal", text: label };
}

/** All nodes of one, itself first. */
export function* nodesOf(node) {
  yield node;
  for (const part of node.items ?? (node.item === undefined ? [] : [node.item])) yield* nodesOf(part);
}
