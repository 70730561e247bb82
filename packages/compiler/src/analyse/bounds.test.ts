import { hotelPolicy, tangledFacts, tangledRules } from "@scruple/testkit";
import { describe, expect, it } from "vitest";
import { compile } from "../compile.ts";

function range<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** What logic has to say, by rule. */
function logic(text: string): readonly string[] {
  return compile([{ path: "hotel.scruple", text }])
    .diagnostics.filter(({ code }) => /^SCR([1-3]|4)/.test(code))
    .map(({ name, start, end }) => `${name} ${text.slice(start, end)}`);
}

describe("policies that are hard to analyse", () => {
  it("says which rules are too much together, and all there is to say of the others", () => {
    const text = hotelPolicy(tangledFacts, [...tangledRules, "plain: allow use taste for comfort when b0 or not b0"]);
    const program = compile([{ path: "hotel.scruple", text }]);
    const complex = program.diagnostics.filter(({ name }) => name === "too-complex");
    expect(complex).toHaveLength(1);
    expect(complex[0]!.message).toContain("`visit.d0`");
    expect(complex[0]!.related.length).toBeGreaterThan(0);
    expect(logic(text)).toContain("condition-always-true when b0 or not b0");
    expect(program.diagnostics.filter(({ name }) => name === "untold").length).toBeGreaterThan(0);
    // Of what is not known nothing is said.
    expect(logic(text).filter((one) => /redundant|cancelled|guards|nothing-allowed/.test(one))).toEqual([]);
  });

  it("finds the one rule that another covers among two hundred that overlap", () => {
    const rules = range(
      200,
      (i) => `r${i}: allow use taste when x in ${i * 10}..${i * 10 + 15} and y in ${i}..${i + 400}`,
    );
    const text = hotelPolicy("x : int 0..5000 y : int 0..5000", [
      ...rules,
      "inner: allow use taste when x = 101 and y = 60",
    ]);
    expect(logic(text)).toEqual(["redundant-rule inner"]);
  });

  it("finds what is never so at the end of a row of exceptions, however long the row", () => {
    const nested = (depth: number): string =>
      depth === 0 ? "" : ` except when ${depth === 1 ? "b0 and not b0" : `b${depth % 30}`}${nested(depth - 1)}`;
    const found = logic(hotelPolicy(tangledFacts, [`r: allow use taste${nested(20)}`]));
    expect(found.some((one) => one.startsWith("condition-always-false"))).toBe(true);
    expect(() => logic(hotelPolicy(tangledFacts, [`r: allow use taste${nested(200)}`]))).not.toThrow();
  });

  it("parts fifty purposes, fifty channels and a hundred fields by what rules name of them", () => {
    const text = `policy hotel
recipient guest
${range(50, (i) => `purpose p${i}\nchannel c${i} reaches guest`).join("\n")}
${range(10, (i) => `category k${i}`).join("\n")}
${range(10, (i) => `source s${i} provided { ${range(10, (j) => `f${j} : k${j}`).join(" ")} }`).join("\n")}
interaction visit {
  purposes ${range(50, (i) => `p${i}`)}
  channels ${range(50, (i) => `c${i}`)}
  ${range(50, (i) => `a${i}: allow use s${i % 10}, k${(i * 3) % 10} for p${i} on c${i}`).join("\n  ")}
  twice: allow use s7.f0 for p7 on c7
  never: deny use s3 for p3 on c4
}
`;
    const found = logic(text);
    expect(found).toContain("redundant-rule twice");
    expect(found).toContain("guards-against-nothing never");
    expect(found.filter((one) => /redundant|guards|too-complex/.test(one))).toHaveLength(2);
  });

  it("compares thirty pairs of attributes in one condition", () => {
    const facts = range(60, (i) => `x${i} : int 0..1000`).join(" ");
    const pairs = range(30, (i) => `x${i} < x${i + 30}`).join(" and ");
    expect(
      logic(hotelPolicy(facts, [`r: allow use taste when ${pairs}`, `s: allow use taste when ${pairs} and x0 < 5`])),
    ).toEqual(["redundant-rule s"]);
  });
});
