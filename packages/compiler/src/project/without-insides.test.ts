import { expect, it } from "vitest";
import { withoutInsides } from "./without-insides.ts";

const blank = (text: string) => withoutInsides(text).replaceAll(/ {2,}/g, (run) => `<${run.length}>`);

it("empties interactions and tests, and moves nothing", () => {
  const text = `policy shop
purpose care
interaction letter {
  purposes care

  r: deny use any
}
test "a" {
  in letter
}
source orders provided {
  size : preference
}
`;
  expect(withoutInsides(text)).toHaveLength(text.length);
  expect(blank(text)).toBe(`policy shop
purpose care
interaction letter {<36>}
test "a" {<13>}
source orders provided {
<2>size : preference
}
`);
});

it.each([
  ["a comment that might go on behind", "interaction a {\n  /* \n}\ncategory b\n*/\n}\n"],
  ["a brace that is not closed before a declaration", "interaction a {\n  purposes b\n  category c\n}\n"],
  ["what stands at the margin", "interaction a {\npurposes b\n}\n"],
  ["what stands in one line", "interaction a { purposes b }\n"],
  ["what is never closed", "interaction a {\n  purposes b\n"],
])("leaves %s as it is", (_, text) => {
  expect(withoutInsides(text)).toBe(text);
});
