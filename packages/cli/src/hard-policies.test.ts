import { hotelPolicy, tangledFacts, tangledRules } from "@scruple/testkit";
import { expect, test } from "vitest";
import { type Ran, TestProject } from "./fixtures/project.ts";

function range<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

const tangled = hotelPolicy(
  tangledFacts,
  [...tangledRules, "plain: allow use taste for comfort when b0"],
  "never use taste for care when b0 and b11",
);
const request = ["--interaction", "visit", "--operation", "use", "--data", "stays.pillow", "--channel", "desk"];

/** Whatever a command says of a policy that is hard, it is no stack and no bug. */
function expectSaid({ out, err, code }: Ran): string {
  expect(out + err).not.toMatch(/ {4}at |RangeError|a bug/);
  expect([0, 1]).toContain(code);
  return out + err;
}

test("thirty booleans in one interaction: what is too much is said, with the rules, and the rest is answered", async () => {
  const project = new TestProject({ "hotel.scruple": tangled });
  const checked = expectSaid(await project.run(["check"]));
  expect(checked).toMatch(/SCR4013[\s\S]*`visit\.d0`/);
  expect(checked).toContain("SCR5011");
  expect(expectSaid(await project.run(["prove"]))).toContain("✓ never use taste for care when b0 and b11");
  expect(expectSaid(await project.run(["explain", ...request, "--purpose", "comfort"]))).toContain("visit.plain");
  expect(expectSaid(await project.run(["explain", ...request, "--purpose", "care"]))).toContain("visit.r0");
});

test("of rules outside interactions that are too much together nothing is said but that", async () => {
  const project = new TestProject({
    // Nothing is asked of the interaction itself, so that only the rules outside ask it.
    "scruple.json": JSON.stringify({ severity: { untold: "off", "no-basis": "off", "nothing-allowed": "off" } }),
    "hotel.scruple": [hotelPolicy(tangledFacts, ["plain: allow use taste for comfort"]), ...tangledRules].join("\n"),
  });
  const checked = expectSaid(await project.run(["check"]));
  expect(checked).toMatch(/SCR4013[\s\S]*`d0`/);
  expect(new Set(checked.match(/SCR\d+/g))).toEqual(new Set(["SCR4013"]));
});

test("of a condition that is too much it is not said that it is always so", async () => {
  const pairs = range(22, (i) => [`a${i}`, `b${i}`] as const);
  const either = pairs.map(([a]) => a).join(" or ");
  const both = pairs.map(([a, b]) => `(${a} and ${b})`).join(" or ");
  const facts = pairs.map(([a, b]) => `${a} : bool ${b} : bool`).join(" ");
  const text = hotelPolicy(facts, ["plain: allow use taste when a0"]);
  const project = new TestProject({ "hotel.scruple": `${text}condition hard = (${either}) and (${both})\n` });
  const checked = expectSaid(await project.run(["check"]));
  expect(checked).toContain("SCR5011");
  expect(checked).not.toMatch(/SCR400[67]/);
});

test("a difference that is too much to know names the rules", async () => {
  const project = new TestProject({
    "base/hotel.scruple": tangled,
    "head/hotel.scruple": tangled.replace("when b0 and b11\n  d1", "when b0 and b12\n  d1"),
  });
  const said = await project.run(["diff", "base", "head"]);
  expect(said.code).toBe(1);
  expect(expectSaid(said)).toMatch(/The conditions of `visit\.d0`, .*too many facts at once/);
});

test("two hundred rules that overlap are answered, each request that is shown among them", async () => {
  const rules = range(
    200,
    (i) => `r${i}: allow use taste when x in ${i * 10}..${i * 10 + 15} and y in ${i}..${i + 400}`,
  );
  const inner = "inner: allow use taste when x = 101 and y = 60";
  const text = hotelPolicy("x : int 0..5000 y : int 0..5000", [...rules, inner], "never use taste when x > 2005");
  const project = new TestProject({ "hotel.scruple": text });
  expect(expectSaid(await project.run(["check"]))).toMatch(/SCR4004[\s\S]*`visit\.inner`/);
  expect(expectSaid(await project.run(["prove"]))).toContain("✓ never use taste when x > 2005");
});

test("exceptions nested two hundred and fifty deep are read to their end", async () => {
  const row = range(250, (i) => ` except when b${i % 30}`).join("");
  const text = hotelPolicy(tangledFacts, [`r: allow use taste${row}`], "never use taste when b0 and not b1");
  const project = new TestProject({ "hotel.scruple": text });
  expect(expectSaid(await project.run(["check"]))).toContain("SCR5011");
  expect(expectSaid(await project.run(["prove"]))).toContain("never use taste when b0 and not b1");
  expect(expectSaid(await project.run(["explain", ...request, "--purpose", "care"]))).toContain("visit.r");
});
