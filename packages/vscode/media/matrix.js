/** The page of the decision matrix: draws what the extension sends, and tells it what is chosen and clicked. */
const editor = acquireVsCodeApi();
const main = document.querySelector("main");
const why = document.querySelector("#why");

const signs = { allowed: "✓", denied: "✕", conditional: "◐", unknown: "?" };
const words = {
  allowed: "always allowed",
  denied: "denied",
  conditional: "allowed under conditions",
  unknown: "too much to be looked at",
};
const operations = ["use", "disclose", "collect", "infer", "combine"];

let shown = { by: "channel", operation: "use" };

window.addEventListener("message", ({ data }) => {
  // The extension's own Markdown renderer made it, and the page runs no script but this one.
  if (data.type === "why") why.innerHTML = data.html;
  if (data.type === "matrix") draw(data);
});
editor.postMessage({ type: "ready" });

function draw({ matrix, by, operation }) {
  const focused = document.activeElement?.id;
  const before = `${shown.title} ${shown.by} ${shown.operation}`;
  shown = { by, operation, title: matrix?.interaction };
  if (before !== `${shown.title} ${by} ${operation}`) why.replaceChildren();
  main.replaceChildren(
    element("header", {}, [
      choice("operation", "What is done", operations, operation),
      choice("by", "Columns", ["channel", "purpose"], by),
    ]),
    matrix === null
      ? element("p", {}, ["There is no interaction in this file, or its policy has errors, which come first."])
      : tableOf(matrix),
  );
  if (focused) document.getElementById(focused)?.focus();
}

function choice(name, label, options, chosen) {
  const select = element(
    "select",
    { id: name },
    options.map((option) => element("option", { value: option, selected: option === chosen }, [option])),
  );
  select.addEventListener("change", () =>
    editor.postMessage({ type: "choose", by: shown.by, operation: shown.operation, [name]: select.value }),
  );
  return element("label", {}, [`${label} `, select]);
}

function tableOf({ interaction, operation, columns, rows }) {
  const table = element("table", {}, [
    element("caption", {}, [`${operation} in ${interaction}`]),
    element("thead", {}, [
      element("tr", {}, [element("td", {}, []), ...columns.map(({ name }) => element("th", { scope: "col" }, [name]))]),
    ]),
    element(
      "tbody",
      {},
      rows.map((row, line) =>
        element("tr", {}, [
          element("th", { scope: "row" }, [row.name]),
          ...row.cells.map((cell, place) =>
            element("td", {}, [button(cell, row.name, columns[place].name, line, place)]),
          ),
        ]),
      ),
    ),
  ]);
  table.addEventListener("keydown", moveFocus);
  return table;
}

function button({ verdict, request }, row, column, line, place) {
  const label = `${row}, ${column}: ${words[verdict]}`;
  const made = element("button", { id: idOf(line, place), className: verdict, title: label, ariaLabel: label }, [
    signs[verdict],
  ]);
  made.addEventListener("click", () => editor.postMessage({ type: "why", request }));
  return made;
}

const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function moveFocus(event) {
  const step = steps[event.key];
  const [, line, place] = event.target.id.split("-").map(Number);
  const next = step && document.getElementById(idOf(line + step[0], place + step[1]));
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function idOf(line, place) {
  return `cell-${line}-${place}`;
}

function element(name, properties, children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
