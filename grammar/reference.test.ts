import { readFileSync } from "node:fs";
import { compile } from "@scruple/compiler";
import { format, parse } from "@scruple/syntax";
import { describe, expect, test } from "vitest";

const reference = readFileSync(new URL("reference.md", import.meta.url), "utf8");
const blocks = [...reference.matchAll(/```scruple\n(.*?)```/gs)].map(([, text]) => text as string);
const whole = blocks.filter((block) => block.startsWith("policy "));
const parts = blocks.filter((block) => !block.startsWith("policy "));

describe("the language reference", () => {
  test.each(whole)("shows policies that compile without a warning: %s", (text) => {
    const { diagnostics } = compile([{ path: "shown.scruple", text }]);
    expect(diagnostics.filter(({ severity }) => severity !== "hint").map(({ message }) => message)).toEqual([]);
  });

  test.each(parts)("shows parts as they may stand in a policy: %s", (text) => {
    expect(parse(`policy shown\n\n${text}`).findings).toEqual([]);
  });

  test.each(blocks)("shows the layout that the formatter gives: %s", (block) => {
    const text = block.startsWith("policy ") ? block : `policy shown\n\n${block}`;
    expect(format(text)).toBe(text);
  });

  test("has a section for each entry of its contents", () => {
    const anchors = [...reference.matchAll(/^- \[.*\]\(#(.*)\)$/gm)].map(([, anchor]) => anchor);
    const headings = [...reference.matchAll(/^## (.*)$/gm)].map(([, title]) =>
      (title as string)
        .toLowerCase()
        .replace(/[^\w\s-]/g, "")
        .replaceAll(" ", "-"),
    );
    expect(headings).toEqual(anchors);
  });
});
