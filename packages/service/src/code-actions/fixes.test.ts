import { expect, it } from "vitest";
import { at } from "../testing/at.ts";
import { edited } from "../testing/text.ts";
import { fixAll } from "./fixes.ts";

it("makes all fixes at once that leave no choice and do not get in each other's way", () => {
  const { snapshot } = at("policy shop\npurpose car\npurpose repare\n");
  const fix = (title: string, start: number, end: number, text: string) => ({
    title,
    edits: [{ start, end, text }],
  });
  const none = { ...at("policy shop\nuse nothing").snapshot.findings()[0]!, fixes: [] };
  const findings = [
    { ...none, fixes: [fix("first", 20, 23, "care")] },
    { ...none, fixes: [fix("of the same range", 20, 23, "cart")] },
    { ...none, fixes: [fix("one", 32, 38, "repair"), fix("or the other", 32, 38, "repeat")] },
    { ...none, fixes: [fix("elsewhere", 7, 11, "store")] },
  ];
  const [action] = fixAll({ ...snapshot, findings: () => findings });
  expect(edited(snapshot, action!.edit!)).toEqual({ "main.scruple": "policy store\npurpose care\npurpose repare\n" });
});
