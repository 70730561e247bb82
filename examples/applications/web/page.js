import { element } from "./element.js";
import { frame, name } from "./frame.js";

/**
 * Asks the server. What the policy refuses is an answer as well: `{ denial }`.
 *
 * @param {string} path
 * @param {object} [said] what is sent; left out, something is only read
 */
export async function ask(path, said) {
  const answer = await fetch(
    path,
    said && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(said) },
  );
  const content = await answer.json();
  if (answer.headers.get("content-type").startsWith("application/problem+json"))
    return { denial: { ...content, because: [content.detail] } };
  if (!answer.ok) throw new Error(content.message);
  return content;
}

/** A key for one click, so that a click which arrives twice is done once. */
export const newKey = () => crypto.randomUUID();

const words = {
  policy: "Refused by the policy",
  limit: "Often enough",
  repeated: "Done before",
  uncountable: "Nobody to count it for",
  imprecise: "Too precise",
  unavailable: "Not now",
};

/**
 * @param {string} [what] what was refused, where several things were asked for
 * @param {string} [needed] what it would take; said where no rule stands in the way
 */
export function denied(denial, what = "", needed = "") {
  const { reason, because, rules, missing, retryAfter } = denial;
  return element(
    "div",
    { className: "answer no" },
    element("strong", {}, what === "" ? words[reason] : `${what}: ${words[reason].toLowerCase()}`),
    element("p", {}, [...because, ...(reason === "policy" && rules.length === 0 ? [needed] : [])].join(" ").trim()),
    rules.length === 0 ? null : element("p", { className: "small" }, "Rule ", ...codes(rules)),
    missing.length === 0 ? null : element("p", { className: "small" }, "Not known: ", ...codes(missing)),
    retryAfter === null ? null : element("p", { className: "small" }, `Again in ${span(retryAfter)}.`),
  );
}

export function allowed(title, text = "") {
  return element(
    "div",
    { className: "answer yes" },
    element("strong", {}, title),
    text === "" ? null : element("p", {}, text),
  );
}

function codes(names) {
  return names.flatMap((name, index) => [...(index === 0 ? [] : [", "]), element("code", {}, name)]);
}

function span(seconds) {
  const days = Math.ceil(seconds / 86_400);
  if (days > 1) return `${days} days`;
  return seconds > 3_600 ? `${Math.ceil(seconds / 3_600)} hours` : `${Math.ceil(seconds / 60)} minutes`;
}

/** What a person may agree to, in words. */
const asked = {
  "direct_marketing email": "Offers by email",
  "direct_marketing post": "Coupons by post",
  "recommendations web": "Suggestions on our pages",
  "targeted_advertising web": "Adverts by what was bought",
};

/** Sets a page up, and has its stories done. @param {Parameters<typeof frame>[0]} page */
export async function begin(page) {
  frame(page);
  let people = await ask("/api/people");
  let current = people[0];
  const list = document.querySelector("#people");
  const choices = document.querySelector("#choices");

  const draw = () => {
    list.replaceChildren(
      ...people.map((person) => {
        const button = element(
          "button",
          { type: "button", onclick: () => choose(person.id) },
          element("span", { className: "face", ariaHidden: "true" }, initials(person.name)),
          element("span", { className: "name" }, person.name),
          element("span", { className: "small" }, person.about),
        );
        button.setAttribute("aria-pressed", String(person.id === current.id));
        button.dataset.person = person.id;
        return element("li", {}, button);
      }),
    );
    name(current);
    choices.replaceChildren(
      ...current.choices.map(({ purpose, channel, given }) => {
        const box = element("input", { type: "checkbox", checked: given });
        box.dataset.choice = `${purpose} ${channel}`;
        box.addEventListener("change", async () => {
          await ask("/api/consent", { person: current.id, purpose, channel, given: box.checked });
          people = await ask("/api/people");
          current = people.find(({ id }) => id === current.id);
        });
        return element("label", {}, box, ` ${asked[`${purpose} ${channel}`]}`);
      }),
    );
  };
  const choose = (id) => {
    current = people.find((person) => person.id === id);
    draw();
    for (const place of document.querySelectorAll("[data-result]")) place.replaceChildren();
    document.querySelector(`[data-person="${id}"]`).focus();
  };
  draw();

  for (const [story, { run }] of Object.entries(page.stories)) {
    const place = document.querySelector(`[data-result="${story}"]`);
    const option = document.querySelector(`[data-option="${story}"]`);
    for (const button of document.querySelectorAll(`[data-story="${story}"]`)) {
      button.addEventListener("click", async () => {
        button.disabled = true;
        try {
          place.replaceChildren(...(await run(current, { by: button.dataset.by, isTicked: option?.checked === true })));
        } catch (error) {
          place.replaceChildren(element("div", { className: "answer no" }, `It did not work: ${error.message}`));
        } finally {
          button.disabled = false;
        }
        await drawTrail();
      });
    }
  }
  for (const button of document.querySelectorAll("[data-days]")) {
    button.addEventListener("click", async () =>
      drawTime(await ask("/api/later", { days: Number(button.dataset.days) })),
    );
  }
  document.querySelector("#verify").addEventListener("click", async () => {
    const { entries, breaches } = await ask("/api/trail/verified");
    const whole = breaches.length === 0;
    document
      .querySelector("#verified")
      .replaceChildren(
        whole ? `${entries} entries, each follows from the one before.` : `${breaches.length} places do not fit.`,
      );
  });
  drawTime(await ask("/api/now"));
  await drawTrail();
}

function initials(name) {
  return name
    .split(" ")
    .map((part) => part[0])
    .join("");
}

function drawTime({ now }) {
  const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short", timeZone: "UTC" });
  const time = document.querySelector("#now");
  time.textContent = format.format(new Date(now));
  time.setAttribute("datetime", now);
}

const outcomes = {
  decided: "decided",
  withheld: "withheld",
  begun: "begun",
  done: "done",
  exhausted: "often enough",
  repeated: "done before",
  failed: "failed",
};

async function drawTrail() {
  const { entries, sent } = await ask("/api/trail");
  document
    .querySelector("#trail")
    .replaceChildren(
      ...entries.map((entry) =>
        element(
          "li",
          { className: entry.decision === "allow" && entry.outcome !== "exhausted" ? "yes" : "no" },
          element("span", { className: "tag" }, outcomes[entry.outcome] ?? entry.outcome),
          ` ${entry.interaction}: ${entry.operation} `,
          ...codes(entry.data),
          element(
            "span",
            { className: "small" },
            [
              entry.rules.length > 0 ? entry.rules.join(", ") : "no rule",
              entry.basis.join(", "),
              `about ${entry.subject?.slice(-6) ?? "nobody"}`,
              `entry ${entry.index}, ${entry.hash.slice(7, 15)}`,
            ]
              .filter((part) => part !== "")
              .join(" · "),
          ),
        ),
      ),
    );
  document
    .querySelector("#sent")
    .replaceChildren(
      ...(sent.length === 0
        ? [element("li", { className: "small" }, "Nothing yet.")]
        : sent.map(({ to, what }) =>
            element("li", {}, element("strong", {}, to), element("span", { className: "small" }, what)),
          )),
    );
}
