import { expect, test } from "vitest";
import { treeOf } from "./names.ts";
import { permissionsOf } from "./permissions.ts";
import { blankRequest } from "./request.ts";

// Purposes: a; b and c within a; d within b and c; e within b and x. Channels: mail, desk.
const purposes = treeOf({ names: "a x b c d e", owners: "#%", parents: "##$#$#%%&%%$" }, ["shop"], [1]);
const channels = treeOf({ names: "mail desk", owners: "#%", parents: "##" }, ["shop"], [1]);
const { begin, consent, explicit, objection } = permissionsOf(purposes, channels, new Float64Array(16));
const [a, b, c, d, x] = [0, 2, 3, 4, 1];

/** For the purpose `d` on the channel `mail`. */
function ask(lists: { readonly consents?: unknown; readonly objections?: unknown }): void {
  const own = { purpose: "d", purposeNumber: d, channel: "mail", channelNumber: 0 };
  begin({ ...blankRequest(), consents: [], objections: [], ...own, ...lists });
}
const on = (purpose: string, more: object = {}) => ({ purpose, channel: "mail", ...more });

test("a consent is one to what is within its purpose, an objection to what shares something with it", () => {
  ask({ consents: [on("a")], objections: [on("e")] });
  expect([consent(), consent(b), consent(x)]).toEqual([3, 3, 0]);
  expect([objection(), objection(b), objection(c)]).toEqual([0, 3, 0]);
  ask({ consents: [on("b"), on("c")], objections: [on("any")] });
  expect([consent(), consent(a), objection(), objection(x)]).toEqual([3, 0, 3, 3]);
});

test("what counts on another channel does not count here", () => {
  ask({ consents: [{ purpose: "d", channel: "desk" }], objections: [{ purpose: "d", channel: "desk" }] });
  expect([consent(), objection()]).toEqual([0, 0]);
});

test("explicit is a consent that says so, to that purpose alone", () => {
  ask({ consents: [on("b", { explicit: true }), on("d", { explicit: false }), on("any", { explicit: true })] });
  expect([explicit(), explicit(b), explicit(x)]).toEqual([0, 3, 0]);
});

test("one that is none leaves all of its list unknown, wherever it stands, and the other list as it is", () => {
  for (const none of [on("f"), { purpose: "d" }, on("d", { by: 1 }), on("d", { explicit: "yes" }), [], "d", null]) {
    for (const consents of [
      [none, on("d")],
      [on("d"), none],
    ]) {
      ask({ consents, objections: [on("d")] });
      expect([consent(), consent(b), explicit(), objection()]).toEqual([2, 2, 2, 3]);
    }
  }
});

test("lists of any length say what they say, and nothing of one is left for the next", () => {
  const many = Array.from({ length: 1_000 }, (_, i) => on(i % 2 ? "b" : "x", { explicit: true }));
  ask({ consents: [...many, on("c", { explicit: true })], objections: many.map(({ purpose }) => on(purpose)) });
  expect([consent(), consent(c), consent(a), explicit(c), objection(), objection(c)]).toEqual([3, 3, 0, 3, 3, 0]);
  ask({ consents: many, objections: many.slice(0, 1).map(({ purpose }) => on(purpose)) });
  expect([consent(), consent(c), explicit(c), objection(), objection(x)]).toEqual([0, 0, 0, 0, 3]);
  ask({});
  expect([consent(), consent(b), explicit(b), objection(), objection(x)]).toEqual([0, 0, 0, 0, 0]);
});
