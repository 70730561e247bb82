import { expect, it } from "vitest";
import { childrenOf, parse, stripRanges, walk } from "./index.ts";

const text = "policy a\n@id(3) r: deny use b.c for d when e = 1 except f";

it("walks from the outside in, in the order of the text where nodes have one", () => {
  const kinds: string[] = [];
  walk(parse(text).file, (node) => kinds.push(node.kind));
  expect(kinds.join(" ")).toBe(
    "file policy path name rule annotation name int name operation path name name for path name when compare ref path name int " +
      "except exception path name",
  );
});

it("leaves out what is inside where it is told to", () => {
  const kinds: string[] = [];
  walk(parse(text).file, (node) => {
    kinds.push(node.kind);
    return node.kind !== "rule";
  });
  expect(kinds).toEqual(["file", "policy", "path", "name", "rule"]);
});

it("tells the parent", () => {
  const { file } = parse(text);
  walk(file, (node, parent) => {
    if (parent !== null) expect(childrenOf(parent)).toContain(node);
  });
});

it("without ranges, texts that say the same are equal", () => {
  const said = (written: string) => stripRanges(parse(written).file);
  expect(said(text.replaceAll(" ", "  // c\n"))).toEqual(said(text));
  expect(said(text.replace("= 1", "!= 1"))).not.toEqual(said(text));
  expect(said("policy a category b special")).not.toEqual(said("policy a category b"));
});
