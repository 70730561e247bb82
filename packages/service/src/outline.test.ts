import { expect, it } from "vitest";
import { documentLinks } from "./document-links.ts";
import { documentSymbols } from "./document-symbols.ts";
import { foldingRanges } from "./folding.ts";
import { inlayHints } from "./inlay-hints.ts";
import { selectionRanges } from "./selection-ranges.ts";
import { at, shop } from "./testing/at.ts";
import { callTo } from "./testing/calls.ts";
import { textAt } from "./testing/text.ts";
import { workspaceSymbols } from "./workspace-symbols.ts";

const letter = `${shop}
/// What we write.
interaction letter {
  purposes customer_care, direct_marketing
  channels email
  sizes: allow disclose orders.size for customer_care
    under consent
  deny use orders
}
private: deny use orders.email
`;

it("outlines a file", () => {
  const { snapshot } = at(letter);
  const symbols = documentSymbols(snapshot);
  expect(symbols.map(({ name }) => name)).toEqual([
    ...["shop", "orders", "subject", "facts", "adult", "record_contact", "letter", "private"],
  ]);
  expect(symbols.find(({ name }) => name === "letter")?.children?.map(({ name, detail }) => [name, detail])).toEqual([
    ["sizes", "allow disclose orders.size"],
    ["#2", "deny use orders"],
  ]);
  for (const { range, selectionRange, children = [] } of symbols)
    for (const one of [{ range, selectionRange }, ...children]) {
      expect(textAt(snapshot.file, one.range)).toContain(textAt(snapshot.file, one.selectionRange));
    }
});

it("finds symbols of the workspace by letters in their order", () => {
  const { snapshot } = at(letter);
  const found = (query: string) =>
    workspaceSymbols(snapshot.program, snapshot.addresses, query).map(({ name }) => name);
  expect(found("siz")).toEqual(["size", "sizes"]);
  expect(found("rcnt")).toEqual(["record_contact"]);
  expect(found("nothing of the kind")).toEqual([]);
});

it("folds declarations, rules, runs of `use` and comments", () => {
  const { snapshot } = at(`// one\n// two\n\n// three\n${letter}`);
  const folded = foldingRanges(snapshot).map(({ startLine, endLine, kind }) => [startLine, endLine, kind ?? ""]);
  expect(folded).toContainEqual([5, 8, "imports"]);
  expect(folded).toContainEqual([0, 1, "comment"]);
  expect(folded).toContainEqual([33, 39, ""]);
  expect(folded).toContainEqual([36, 37, ""]);
});

it("grows a selection from the word to the file", () => {
  const { snapshot, position } = at(letter.replace("orders.size for", "orders.si$0ze for"));
  const texts: string[] = [];
  for (let one = selectionRanges(snapshot, [position])[0]; one !== undefined; one = one.parent!)
    texts.push(textAt(snapshot.file, one.range));
  expect(texts.slice(0, 2)).toEqual(["size", "orders.size"]);
  expect(texts.at(-1)).toBe(snapshot.file.text);
  expect(texts.some((text) => text.startsWith("sizes: allow"))).toBe(true);
});

it("shows what rules take over, and what operations and bases bring", () => {
  const { snapshot } = at(letter);
  const all = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  expect(inlayHints(snapshot, all).map(({ label }) => label)).toEqual([
    "and use",
    "on email",
    "and no objection",
    "and disclose",
    "for customer_care, direct_marketing on email",
    "and disclose",
    "in every interaction",
  ]);
});

it("shows what an interaction leaves of a purpose that is more general", () => {
  const { snapshot } = at(letter.replace("size for customer_care", "size for marketing"));
  const all = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  expect(inlayHints(snapshot, all).map(({ label }) => label)).toContain("here direct_marketing");
});

it("links `use` to policies, and terms to where they are explained", () => {
  const { snapshot } = at(`${shop}\n@dpv("dpv:Marketing")\npurpose x`);
  expect(documentLinks(snapshot).map(({ target }) => target)).toEqual([
    "scruple:/std/categories.scruple",
    "scruple:/std/purposes.scruple",
    "scruple:/std/recipients.scruple",
    "scruple:/std/channels.scruple",
    "https://w3id.org/dpv#Marketing",
  ]);
});

it("tells what uses a source or a category, and what a rule uses", () => {
  expect(callTo(letter.replace("source orders", "source ord$0ers"))).toEqual({
    incoming: ["sizes", "#2", "private"],
    outgoing: ["customer_care", "preference", "contact_point"],
  });
  expect(callTo(letter.replace("  sizes:", "  si$0zes:")).outgoing).toEqual(["orders", "size", "customer_care"]);
  expect(callTo(letter.replace("for customer_care\n", "for customer_ca$0re\n")).incoming).toEqual([
    ...["orders", "letter", "sizes", "complaint_handling", "feedback"],
  ]);
});
