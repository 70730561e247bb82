import { nodesOf } from "./read-grammar.mjs";
import { textmateRules } from "./textmate-rules.mjs";

/** The TextMate grammar, as JSON. `rules` is from `readGrammar`: what is a keyword is read there. */
export function writeTextmate(rules) {
  const { top, repository } = textmateRules(wordsOf(rules));
  const grammar = {
    name: "Scruple",
    scopeName: "source.scruple",
    patterns: top,
    repository: Object.fromEntries(Object.entries(repository).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  return `${JSON.stringify(grammar, undefined, 2)}\n`;
}

/** The keywords, by what they are for. */
function wordsOf(rules) {
  const wordsIn = (name) =>
    [...nodesOf(rules.get(name))]
      .filter(({ type, text }) => type === "literal" && /^\w+$/.test(text))
      .map(({ text }) => text);
  // Other than these, every keyword may stand where no name is called for.
  const values = ["true", "false", ...wordsIn("type"), ...wordsIn("intType")];
  const all = [...new Set([...rules.keys()].flatMap(wordsIn))].filter((word) => !values.includes(word)).sort();
  const choices = (name) => [...nodesOf(rules.get(name))].find(({ type }) => type === "choice").items;
  return {
    all,
    declarations: choices("declaration").flatMap(({ name }) =>
      name === "rule" ? [] : firstWord(rules, rules.get(name)),
    ),
    clauses: choices("clause").flatMap((item) => firstWord(rules, item)),
    operations: wordsIn("operation"),
    origins: choices("origin").flatMap((item) => firstWord(rules, item)),
    types: [...wordsIn("type"), ...wordsIn("intType")],
  };
}

function firstWord(rules, node) {
  if (node.type === "literal") return [node.text];
  return firstWord(rules, node.type === "rule" ? rules.get(node.name) : node.items[0]);
}
