import { expect, it } from "vitest";
import { definition, typeDefinition } from "./definition.ts";
import { documentHighlight } from "./document-highlight.ts";
import { references } from "./references.ts";
import { at, shop } from "./testing/at.ts";
import { textAt } from "./testing/text.ts";

const rule = (name: string) =>
  `${shop}\ncondition here = adult and subject.region = uk\nr: allow use ${name} when here`;
const targets = (source: string, find: typeof definition = definition) => {
  const { snapshot, position } = at(source);
  return find(snapshot, position).map(({ targetUri, targetSelectionRange: range }) =>
    targetUri.startsWith("file:") ? textAt(snapshot.file, range) : targetUri,
  );
};

it("leads from a name to where it is declared", () => {
  expect(targets(rule("or$0ders.size"))).toEqual(["orders"]);
  expect(targets(rule("orders.si$0ze"))).toEqual(["size"]);
  expect(targets(rule("orders").replace("= uk", "= u$0k"))).toEqual(["uk"]);
  expect(targets(rule("orders").replace("adult and", "adu$0lt and"))).toEqual(["adult"]);
});

it("leads into the standard vocabulary, and from a `use` to the policy", () => {
  expect(targets(rule("orders for customer_c$0are"))).toEqual(["scruple:/std/purposes.scruple"]);
  expect(targets(shop.replace("std.purposes", "std.purp$0oses"))).toEqual(["scruple:/std/purposes.scruple"]);
});

it("leads from a thing to what it is a kind of", () => {
  expect(targets(rule("orders").replace("= uk", "= u$0k"), typeDefinition)).toEqual(["region"]);
  expect(targets(rule("orders.si$0ze"), typeDefinition)).toEqual(["scruple:/std/categories.scruple"]);
});

it("leads nowhere from what means nothing", () => {
  for (const source of ["$0", `${shop}// or$0ders`, "policy p\nr: allow use nowh$0ere"])
    expect(targets(source)).toEqual([]);
});

it("finds every reference, with the declaration or without", () => {
  const { snapshot, position } = at(rule("ord$0ers.size, orders.email"));
  const found = (includeDeclaration: boolean) =>
    references(snapshot, position, { includeDeclaration }).map(({ range }) => range.start.line);
  expect(found(false)).toEqual([29, 29]);
  expect(found(true)).toEqual([6, 29, 29]);
});

it("highlights the declaration as what writes", () => {
  const { snapshot, position } = at(rule("ord$0ers.size"));
  expect(documentHighlight(snapshot, position).map(({ kind }) => kind)).toEqual([3, 2]);
});
