import { expect, test } from "vitest";
import { fixMarked } from "./fix-marked.ts";
import { checkMarked, readMarked } from "./marked.ts";

test("fixes are made in the source without its marks, in each of its files", () => {
  expect(fixMarked("policy a\nsubject { x : integer }\n//            ^^^^^^^ SCR3006\n")).toBe(
    "policy a\nsubject { x : int }\n",
  );
  expect(fixMarked("//- a.scruple\npolicy a;\n//- b.scruple\npolicy b\ncategory x;;\n")).toBe(
    "//- a.scruple\npolicy a\n//- b.scruple\npolicy b\ncategory x\n",
  );
});

test("where the slashes are in the way, dashes mark from their column on", () => {
  const { marks } = readMarked("  kind: x\n  //<---- SCR2001 twice\n");
  expect(marks).toEqual([
    { file: "main.scruple", line: 1, column: 3, endColumn: 7, code: "SCR2001", message: "twice" },
  ]);
  expect(() => checkMarked("policy a\n@b\n //<- SCR2015\ncategory x\n")).not.toThrow();
  expect(() => checkMarked("policy a\n@b\n //<-- SCR2015\ncategory x\n")).toThrow("marked, but not found");
});

test("a file `scruple.json` holds the project's settings, and is not compiled", () => {
  const source = '//- scruple.json\n{ "leastGroupSize": 0 }\n//<- SCR8005\n//- a.scruple\npolicy a\n';
  const { files, options } = readMarked(source);
  expect(files.map(({ path }) => path)).toEqual(["a.scruple"]);
  expect(options).toEqual({ leastGroupSize: 0 });
  expect(() => checkMarked(source)).not.toThrow();
});
