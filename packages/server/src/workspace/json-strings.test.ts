import { expect, it } from "vitest";
import { stringsIn } from "./json-strings.ts";

function textsOf(json: string) {
  return Object.fromEntries(
    [...stringsIn(json)].map(([name, strings]) => [
      name,
      strings.map(({ value, start, end }) => [value, json.slice(start, end)]),
    ]),
  );
}

it("tells names, values and lists apart, though they are spelt alike", () => {
  expect(textsOf(`{ "include" : ["include", "out"], "out": "out" }`)).toEqual({
    include: [
      ["include", `"include"`],
      ["out", `"out"`],
    ],
    out: [["out", `"out"`]],
  });
});

it("reads what is escaped", () => {
  expect(textsOf(`{"in\\u0063lude": ["a\\/b", "\\"]"], "out": "}\\\\"}`)).toEqual({
    include: [
      ["a/b", `"a\\/b"`],
      [`"]`, `"\\"]"`],
    ],
    out: [["}\\", `"}\\\\"`]],
  });
});

it("looks no deeper, and takes the last member of a name", () => {
  const json = `{"out": "a", "severity": {"out": "b", "x": ["c"]}, "include": [["d"], {"out": "e"}, "f", 1], "out": "g"}`;
  expect(textsOf(json)).toEqual({ severity: [], include: [["f", `"f"`]], out: [["g", `"g"`]] });
  expect(textsOf(`[{"out": "a"}]`)).toEqual({});
});
