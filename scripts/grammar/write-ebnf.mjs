import { sections, terminals, trivia } from "./outline.mjs";

const width = 110;

/** The grammar as text, in the notation of the XML recommendation. `rules` is from `readGrammar`. */
export function writeEbnf(rules) {
  const parts = [
    "/* The grammar of Scruple, made from its parser by `npm run generate`. Words between quotes stand for themselves,\n" +
      "   `?` means once or not at all, `*` any number of times, `|` or. Between any two tokens there may be white space\n" +
      "   and comments. */",
  ];
  for (const { title, rules: names } of sections) {
    parts.push(heading(title), ...Object.entries(names).map(([name, note]) => production(name, rules.get(name), note)));
  }
  for (const [title, group] of Object.entries({ Tokens: terminals, "Between tokens": trivia })) {
    parts.push(heading(title));
    for (const [name, { text, note }] of Object.entries(group)) parts.push(`${comment(note)}${name} ::= ${text}`);
  }
  return `${parts.join("\n\n")}\n`;
}

/** One rule as text, on one line where that is short enough. */
export function production(name, node, note = "") {
  const flat = `${name} ::= ${writeNode(node)}`;
  if (flat.length <= width) return comment(note) + flat;
  return `${comment(note)}${name} ::=\n${broken(node, "  ").join("\n")}`;
}

function heading(title) {
  return `/* ${title} ${"-".repeat(width - title.length - 7)} */`;
}

function comment(note) {
  if (note === "") return "";
  const lines = [""];
  for (const word of note.replaceAll("`", "'").split(" ")) {
    const line = lines.at(-1);
    if (line !== "" && line.length + word.length > width - 7) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return `/* ${lines.join("\n   ")} */\n`;
}

/** A node on one line. `within` tells what is around it, so that it gets parentheses where it needs them. */
export function writeNode(node, within = "rule") {
  switch (node.type) {
    case "literal":
      return node.text.includes("'") ? `"${node.text}"` : `'${node.text}'`;
    case "terminal":
    case "rule":
      return node.name;
    case "sequence":
      return group(node.items.map((item) => writeNode(item, "sequence")).join(" "), within === "postfix");
    case "choice":
      return group(
        node.items.map((item) => writeNode(item, "choice")).join(" | "),
        !["rule", "choice"].includes(within),
      );
    default:
      return writeNode(node.item, "postfix") + mark(node);
  }
}

const mark = ({ type }) => (type === "optional" ? "?" : "*");
const group = (text, needed) => (needed ? `( ${text} )` : text);

/** A node on several lines: the items of a choice each on its own, those of a sequence packed. */
function broken(node, indent, within = "rule") {
  switch (node.type) {
    case "choice": {
      const [first, last] = within === "rule" ? ["  ", ""] : ["( ", " )"];
      const lines = node.items.map((item, i) => `${indent}${i === 0 ? first : "| "}${writeNode(item, "choice")}`);
      return [...lines.slice(0, -1), lines.at(-1) + last];
    }
    case "sequence":
      return packed(node.items, indent);
    default:
      return [`${indent}(`, ...broken(node.item, `${indent}  `), `${indent})${mark(node)}`];
  }
}

/** As many items of a sequence a line as fit; a block's braces begin and end a line. */
function packed(items, indent) {
  const lines = [];
  let line = indent;
  const end = () => {
    if (line !== indent) lines.push(line.trimEnd());
    line = indent;
  };
  for (const item of items) {
    const text = writeNode(item, "sequence");
    if (line.length + text.length > width || text === "'{'") end();
    if (indent.length + text.length > width) lines.push(...broken(item, indent, "sequence"));
    else line += `${text} `;
  }
  end();
  return lines;
}
