import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "./index.ts";

const onePage = readFileSync(new URL("./fixtures/one-page.scruple", import.meta.url), "utf8");

test("the one-page example parses without a finding", () => {
  const { file, findings } = parse(onePage);
  expect(findings).toEqual([]);
  expect(file.policy?.name.parts.map(({ text }) => text)).toEqual(["airline", "know_me"]);
  expect(file.declarations.map(({ kind }) => kind).join(" ")).toBe(
    "use use use use category source source source source subject condition duty interaction interaction rule promise promise test",
  );
});
