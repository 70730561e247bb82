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
      ? element("p", {}, [
          "Put the cursor into an interaction of a policy. Where the policy has errors, they come first.",
        ])
      : matrix.rows.length === 0
        ? element("p", {}, [`No rule allows to ${operation} any data in ${matrix.interaction}.`])
        : gridOf(matrix),
  );
  const again = focused && document.getElementById(focused);
  if (again?.role === "gridcell") enter(again);
  again?.focus();
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

/** A grid, which is one stop of the Tab key: arrow keys, Home and End move in it, Enter and a click ask why. */
function gridOf({ interaction, operation, columns, rows, more }) {
  const caption = `${operation} in ${interaction}${more ? `: the first ${rows.length} of what a rule allows` : ""}`;
  const grid = element("table", { role: "grid", ariaLabel: caption }, [
    element("caption", {}, [caption]),
    element("thead", { role: "rowgroup" }, [
      element("tr", { role: "row" }, [
        element("td", {}, []),
        ...columns.map(({ name }) => element("th", { scope: "col", role: "columnheader" }, [name])),
      ]),
    ]),
    element(
      "tbody",
      { role: "rowgroup" },
      rows.map((row, line) =>
        element("tr", { role: "row" }, [
          element("th", { scope: "row", role: "rowheader" }, [row.name]),
          ...row.cells.map((cell, place) => cellOf(cell, row.name, columns[place].name, line, place)),
        ]),
      ),
    ),
  ]);
  grid.querySelector("[role=gridcell]")?.setAttribute("tabindex", "0");
  grid.addEventListener("keydown", moveFocus);
  grid.addEventListener("focusin", ({ target }) => enter(target));
  return grid;
}

function cellOf({ verdict, request }, row, column, line, place) {
  const label = `${row}, ${column}: ${words[verdict]}`;
  const cell = element(
    "td",
    { id: idOf(line, place), role: "gridcell", className: verdict, title: label, ariaLabel: label, tabIndex: -1 },
    [signs[verdict]],
  );
  const ask = () => editor.postMessage({ type: "why", request });
  cell.addEventListener("click", () => {
    cell.focus();
    ask();
  });
  cell.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    ask();
  });
  return cell;
}

/** Makes a cell the one that Tab leads to. */
function enter(cell) {
  for (const other of document.querySelectorAll("[role=gridcell]")) other.tabIndex = other === cell ? 0 : -1;
}

const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function moveFocus(event) {
  const cells = [...document.querySelectorAll("[role=gridcell]")];
  const ofRow = event.ctrlKey ? cells : cells.filter((cell) => cell.parentNode === event.target.parentNode);
  const [, line, place] = event.target.id.split("-").map(Number);
  const step = steps[event.key];
  const next =
    event.key === "Home"
      ? ofRow[0]
      : event.key === "End"
        ? ofRow.at(-1)
        : step && document.getElementById(idOf(line + step[0], place + step[1]));
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
