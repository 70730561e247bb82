import { grammarProductions } from "@scruple/syntax";
import { sections, terminals } from "./grammar/outline.mjs";
import { nodesOf, readGrammar } from "./grammar/read-grammar.mjs";
import { writeEbnf } from "./grammar/write-ebnf.mjs";
import { writeRailroad } from "./grammar/write-railroad.mjs";
import { writeTextmate } from "./grammar/write-textmate.mjs";

/** The files in `grammar/` that are made from the parser. Maps paths to texts. */
export function grammarFiles() {
  const rules = readGrammar(grammarProductions());
  checkOutline(rules);
  return new Map([
    ["grammar/scruple.ebnf", writeEbnf(rules)],
    ["grammar/railroad.html", writeRailroad(rules)],
    ["grammar/scruple.tmLanguage.json", writeTextmate(rules)],
  ]);
}

/** The outline has to have each rule and each class of tokens once, and no others. */
function checkOutline(rules) {
  const told = sections.flatMap((section) => Object.keys(section.rules));
  const used = [...rules.values()]
    .flatMap((node) => [...nodesOf(node)])
    .flatMap(({ type, name }) => (type === "terminal" ? [name] : []));
  const faults = [
    ...difference([...rules.keys()], told).map((name) => `${name} has no place in a section`),
    ...difference(told, [...rules.keys()]).map((name) => `${name} is no rule of the parser`),
    ...difference(used, Object.keys(terminals)).map((name) => `the token ${name} is not described`),
    ...difference(Object.keys(terminals), used).map((name) => `the token ${name} is not used`),
  ];
  if (faults.length > 0) throw new Error(`scripts/grammar/outline.mjs: ${faults.join("; ")}.`);
}

function difference(these, those) {
  return [...new Set(these)].filter((name) => !those.includes(name));
}
