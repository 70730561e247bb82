import { compile } from "@scruple/compiler";
import { evaluator } from "@scruple/model";
import { expect, test } from "vitest";
import { readDigitsOf } from "../fixtures/read-digits.ts";
import { instantiate } from "./instantiate.ts";
import { buildTables } from "./tables.ts";

const names = (what: string, count: number) => Array.from({ length: count }, (_, i) => `${what}_${i}`);
const [categories, purposes, channels] = [names("cat", 10), names("purpose", 9), names("channel", 6)];

/** One interaction with many rules, each about much data and some purposes and channels: no two of them alike. */
function crowded(count: number): string {
  const pick = (list: readonly string[], bits: number) => list.filter((_, i) => (bits >> i) & 1).join(", ");
  const rules = Array.from({ length: count }, (_, i) => {
    const effect = i % 5 === 0 ? "deny" : "allow";
    const data = pick(categories, 1 + ((i * 291) % 1023));
    return `  r${i}: ${effect} use ${data} for ${pick(purposes, 1 + ((i * 137) % 511))} on ${pick(channels, 1 + ((i * 11) % 63))} when age >= ${i % 9}`;
  });
  return `policy crowd
${[...categories.map((name) => `category ${name}`), ...purposes.map((name) => `purpose ${name}`)].join("\n")}
recipient all
${channels.map((name) => `channel ${name} reaches all`).join("\n")}
source data provided {
${categories.map((name, i) => `  f${i} : ${name}, ${categories[(i + 1) % 10]}`).join("\n")}
}
facts { age : int 0..10 }
interaction everything {
  purposes ${purposes.join(", ")}
  channels ${channels.join(", ")}
${rules.join("\n")}
}
`;
}

const model = compile([{ path: "crowd.scruple", text: crowded(300) }]).model("crowd");
if (model === null) throw new Error("The crowded policy does not compile.");

test("rules that would multiply in one diagram are laid over several, and decide the same", () => {
  const [, , , , diagrams = ""] = buildTables(model).tables.interactions[0] ?? [];
  const [, , count = 0] = readDigitsOf(diagrams);
  expect(count).toBeGreaterThan(1);

  const reference = evaluator(model);
  const { decide } = instantiate(model);
  for (const purpose of purposes)
    for (const channel of channels)
      for (const data of ["data.f0", "data.f3", ["data.f1", "data.f5"]])
        for (const age of [0, 4, null]) {
          const request = { interaction: "everything", operation: "use", data, purpose, channel, facts: { age } };
          expect(decide(request)).toEqual(reference.decide(request));
        }
});

test("a guard grows with the number of rules, not with their combinations", () => {
  const size = (count: number) => {
    const larger = compile([{ path: "crowd.scruple", text: crowded(count) }]).model("crowd");
    return JSON.stringify(larger === null ? "" : buildTables(larger).tables.interactions).length;
  };
  expect(size(600)).toBeLessThan(3 * size(300));
});
