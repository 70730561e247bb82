import { expect, it } from "vitest";
import { hover } from "./hover.ts";
import { at, shop } from "./testing/at.ts";
import { countOn } from "./words/rule-numbers.ts";

const letter = (rule: string) => `${shop}
interaction letter started by customer {
  purposes customer_care
  channels email, sms

  ${rule}
}
`;
function said(source: string): string {
  const { snapshot, position } = at(source);
  const contents = hover(snapshot, position)?.contents;
  return contents !== undefined && typeof contents === "object" && "value" in contents ? contents.value : "";
}

it("shows a declaration with its documentation and the terms of other vocabularies", () => {
  const text = said(letter("r: allow use orders for customer_ca$0re"));
  expect(text).toContain("purpose customer_care");
  expect(text).toContain("W3C Data Privacy Vocabulary");
});

it("says why data is special, and which rules name it", () => {
  expect(said(`${shop}\ncategory di$0et within health\nr: deny use diet`)).toMatch(
    /special, since `health` is\.[\s\S]*Named by `r`/,
  );
});

it("says of a rule what it decides, in a sentence and in numbers", () => {
  const text = said(letter("/// Sizes.\n  sizes: al$0low use orders.size under contract when adult"));
  expect(text).toContain(
    "Allows to use `orders.size` for `customer_care` on `email` and `sms` under `contract` `when adult`.",
  );
  expect(text).toContain("It bears on 18 kinds of requests, of which all rules together decide: 18 under conditions.");
  expect(text).toContain("Sizes.");
});

it("leaves out nothing that a rule asks for", () => {
  expect(
    said(letter("sizes: al$0low use orders.size to customer under explicit consent for direct_marketing")),
  ).toContain("to `customer` under `explicit consent` for `direct_marketing`.");
  const precise = (effect: string) =>
    said(`${letter(`r: ${effect}$0 use spot at town`)}\ncategory spot precision exact, town`);
  expect(precise("allow")).toContain("on `email` and `sms` at `town` or coarser.");
  expect(precise("deny")).toContain("on `email` and `sms` at `town` or finer.");
});

it("counts what is always and what is never so", () => {
  expect(said(letter("r: allow use orders.email, orders.size\n  no$0: deny use orders.size on sms"))).toContain(
    "decide: 12 never.",
  );
});

it("counts in a policy of more than a thousand rules as well", () => {
  const many = Array.from(
    { length: 260 },
    (_, place) => `interaction i${place} started by customer {
  purposes customer_care
  channels email
  a: allow use orders.size under contract
  b: allow use orders.email under contract
  c: deny use orders.email when adult
  d: deny disclose orders
}`,
  );
  expect(said(`${shop}${many.join("\n").replace("a: al", "a: al$0")}`)).toContain(
    "It bears on 6 kinds of requests, of which all rules together decide: 6 under",
  );
});

it("goes on counting where a rule bears on more than a hover waits for", () => {
  const many = Array.from(
    { length: 90 },
    (_, place) => `interaction i${place} started by customer {
  purposes customer_care
  channels email, sms
  a: allow use orders.size on email under contract
  b: allow use orders.email under contract when adult
  c: allow disclose orders.size
}`,
  );
  const { snapshot, position } = at(`${shop}\nno: de$0ny use orders.email when nearby\n${many.join("\n")}`);
  const words = () => JSON.stringify(hover(snapshot, position));
  expect(words()).toMatch(/It bears on [\d,]+ kinds of requests so far, counted in \d+ of 90 interactions/);
  for (const _ of countOn(snapshot.program.space("shop")!));
  expect(words()).toContain("It bears on 1,620 kinds of requests, of which all rules together decide: 1,620 under");
});

it("explains keywords and the forms of clauses", () => {
  expect(said(letter("r: allow use orders und$0er contract"))).toContain("legal basis");
  expect(said(letter("r: allow dis$0close orders"))).toContain("`disclose`: ");
  expect(said(`${shop.replace("use std", "us$0e std")}`)).toContain("brings another policy's names");
});

it("has nothing to say of white space", () => expect(said("policy p\n\n$0\n\npurpose a")).toBe(""));
