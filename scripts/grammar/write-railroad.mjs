import railroad from "railroad-diagrams";
import { sections, terminals } from "./outline.mjs";
import { nodesOf } from "./read-grammar.mjs";
import { production } from "./write-ebnf.mjs";

const { Choice, Diagram, NonTerminal, OneOrMore, Optional, Sequence, Terminal } = railroad;

/** The grammar as diagrams: one HTML page that needs no other file. `rules` is from `readGrammar`. */
export function writeRailroad(rules) {
  const users = usersOf(rules);
  const chapters = sections.map(
    (section) => `<h2>${escapeHtml(section.title)}</h2>
${Object.entries(section.rules)
  .map(([name, note]) => article(name, rules.get(name), note, users.get(name) ?? []))
  .join("\n")}`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The grammar of Scruple</title>
<style>
${style}
</style>
</head>
<body>
<nav aria-label="Rules">
${sections.map(contents).join("\n")}
<h2><a href="#tokens">Tokens</a></h2>
</nav>
<main>
<h1>The grammar of Scruple</h1>
<p>Made from the parser by <code>npm run generate</code>. Follow a line from left to right: round boxes are what is
written, square ones are rules and lead to them.</p>
${chapters.join("\n")}
<h2 id="tokens">Tokens</h2>
<dl>
${Object.entries(terminals).map(token).join("\n")}
</dl>
</main>
</body>
</html>
`;
}

function contents({ title, rules }) {
  const items = Object.keys(rules).map((name) => `<li><a href="#${name}">${name}</a></li>`);
  return `<h2>${escapeHtml(title)}</h2>\n<ul>\n${items.join("\n")}\n</ul>`;
}

function article(name, node, note, users) {
  const diagram = new Diagram([draw(node)]);
  Object.assign(diagram.attrs, { role: "img", "aria-label": `Diagram of ${name}` });
  diagram.format(10);
  const by = users.map((user) => `<a href="#${user}">${user}</a>`).join(", ");
  return `<article id="${name}">
<h3>${name}</h3>
${note === "" ? "" : `<p>${prose(note)}</p>\n`}<div class="diagram">
${tidy(`${diagram}`)}</div>
<pre>${escapeHtml(production(name, node))}</pre>
${by === "" ? "" : `<p class="users">in ${by}</p>\n`}</article>`;
}

function token([name, { text, note }]) {
  return `<dt id="${name}">${name}</dt>
<dd><code>${escapeHtml(text)}</code>${note === "" ? "" : `<br>${prose(note)}`}</dd>`;
}

function draw(node) {
  switch (node.type) {
    case "literal":
      return new Terminal(node.text);
    case "terminal":
    case "rule":
      return link(new NonTerminal(node.name), node.name);
    case "choice":
      return new Choice(0, node.items.map(draw));
    case "optional":
      return Optional(draw(node.item));
    case "repeated":
      return Optional(new OneOrMore(draw(node.item)));
    default:
      return new Sequence(joined(node.items));
  }
}

/** The parts of a sequence, with `a (, a)*` drawn as one loop. */
function joined(items) {
  const drawn = [];
  for (const [i, item] of items.entries()) {
    if (i > 0 && isTail(item, items[i - 1])) {
      drawn[drawn.length - 1] = new OneOrMore(draw(items[i - 1]), draw(item.item.items[0]));
    } else drawn.push(draw(item));
  }
  return drawn;
}

function isTail({ type, item }, head) {
  if (type !== "repeated" || item.type !== "sequence" || item.items.length !== 2) return false;
  return JSON.stringify(item.items[1]) === JSON.stringify(head);
}

/** Makes a link of a box. */
function link(box, name) {
  box.tagName = "a";
  box.attrs = { href: `#${name}` };
  return box;
}

/** Lines without length say nothing, and coordinates need no more than a digit behind the point. */
function tidy(svg) {
  return svg.replace(/<path d="M[\d.]+ [\d.]+h0"><\/path>\n/g, "").replace(/(\.\d)\d+/g, "$1");
}

/** Which rules each rule is used by. */
function usersOf(rules) {
  const users = new Map();
  for (const [user, node] of rules) {
    for (const { type, name } of nodesOf(node)) {
      if (type === "rule") users.set(name, new Set(users.get(name)).add(user));
    }
  }
  return new Map([...users].map(([name, set]) => [name, [...set]]));
}

function escapeHtml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function prose(note) {
  return escapeHtml(note).replace(/`([^`]*)`/g, "<code>$1</code>");
}

const style = `:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --line: #57606a; --word: #e2f3e5; --rule: #e8eefc; --soft: #6a737d }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --paper: #0d1117; --line: #8b949e; --word: #173d24; --rule: #1a2b4d; --soft: #8b949e }
}
body { margin: 0; display: flex; color: var(--ink); background: var(--paper); font: 16px/1.5 system-ui, sans-serif }
nav { position: sticky; top: 0; height: 100vh; box-sizing: border-box; padding: 1rem; overflow-y: auto; flex: none }
nav ul { list-style: none; margin: 0; padding: 0 }
nav h2 { font-size: 1rem; margin: 1rem 0 0 }
main { padding: 1rem 2rem; min-width: 0; flex: 1 }
article { margin-bottom: 2.5rem; scroll-margin-top: 1rem }
article h3, dt { font-family: ui-monospace, monospace }
article:target h3 { text-decoration: underline }
.diagram { overflow-x: auto }
.users { color: var(--soft) }
pre, code { font-family: ui-monospace, monospace; font-size: .9em }
pre { overflow-x: auto }
a { color: inherit }
svg { display: block }
svg path { fill: none; stroke: var(--line); stroke-width: 2 }
svg rect { fill: var(--word); stroke: var(--line); stroke-width: 1.5 }
svg a rect { fill: var(--rule) }
svg a:hover rect { stroke-width: 3 }
svg text { font: 600 14px ui-monospace, monospace; text-anchor: middle; fill: var(--ink) }
@media (max-width: 60rem) {
  body { display: block }
  nav { position: static; height: auto }
  nav li { display: inline-block; margin-right: .75rem }
}
@media print {
  nav { display: none }
}`;
