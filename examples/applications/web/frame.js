import { element } from "./element.js";

/**
 * A story that a person can click through.
 *
 * @typedef {object} Story
 * @property {string} title
 * @property {(name: string) => string} text what it is about, for whoever is chosen
 * @property {{ label: string, by?: string }[]} buttons the first is the one to press
 * @property {string} [option] what may be ticked beside
 * @property {(person: { id: string }, given: { by: string | undefined, isTicked: boolean }) => Promise<Node[]>} run does it,
 *   and says what came of it
 */

/**
 * The parts that every page has: the clock, the people, the stories, and the audit trail beside them.
 *
 * @param {{ title: string, about: string, people: string, stories: Record<string, Story> }} page
 */
export function frame({ title, about, people, stories }) {
  document.body.replaceChildren(
    element(
      "header",
      {},
      element("div", {}, element("h1", {}, title), element("p", {}, about)),
      element(
        "div",
        { className: "clock" },
        element("time", { id: "now" }),
        later("A day passes", 1),
        later("A week passes", 7),
      ),
    ),
    element(
      "main",
      {},
      section(
        "who",
        people,
        element("ul", { id: "people" }),
        element(
          "h3",
          {},
          named((name) => `${name} agreed to`),
        ),
        element("div", { id: "choices" }),
      ),
      element("div", { className: "stage" }, ...Object.entries(stories).map(([name, story]) => storyOf(name, story))),
      section(
        "audit",
        "Audit trail",
        element(
          "p",
          { className: "small" },
          "What was decided, and by which rule: fields and rules, never values or names.",
        ),
        element(
          "div",
          { className: "actions" },
          element("button", { type: "button", id: "verify" }, "Verify the chain"),
          labelled(element("span", { id: "verified", className: "small" }), { role: "status" }),
        ),
        element("h3", {}, "What left the house"),
        element("ul", { id: "sent" }),
        element("h3", {}, "Latest entries"),
        labelled(element("ol", { id: "trail", tabIndex: 0 }), { "aria-label": "Latest entries of the audit trail" }),
      ),
    ),
  );
}

/** Says of every part that is about the chosen person what it says of this one. */
export function name(person) {
  for (const { node, text } of parts) node.textContent = text(person.name);
}

/** @type {{ node: Node, text: (name: string) => string }[]} */
const parts = [];
function named(text) {
  const node = document.createTextNode("");
  parts.push({ node, text });
  return node;
}

function later(label, days) {
  return labelled(element("button", { type: "button" }, label), { "data-days": String(days) });
}

function section(id, title, ...children) {
  return labelled(element("section", {}, element("h2", { id }, title), ...children), { "aria-labelledby": id });
}

function storyOf(name, { title, text, buttons, option }) {
  const result = labelled(element("div", {}), { "data-result": name, role: "status" });
  const actions = buttons.map(({ label, by }, index) => {
    const button = element("button", { type: "button", className: index === 0 ? "main" : "" }, label);
    return labelled(button, { "data-story": name, ...(by && { "data-by": by }) });
  });
  const ticked =
    option === undefined
      ? []
      : [element("label", {}, labelled(element("input", { type: "checkbox" }), { "data-option": name }), ` ${option}`)];
  const story = section(
    name,
    title,
    element("p", {}, named(text)),
    element("div", { className: "actions" }, ...actions, ...ticked),
    result,
  );
  story.className = "story";
  return story;
}

function labelled(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
