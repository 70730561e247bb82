import { evaluator } from "@scruple/model";
import { describe, expect, test } from "vitest";
import { asked, magazine } from "./fixtures/publisher.ts";
import { gpcPurposes, gpcReader } from "./gpc.ts";

const model = magazine();
const read = gpcReader(model);

test("the signal objects to what sells, shares and follows people about, on every channel", () => {
  expect(gpcPurposes(model)).toEqual([
    "magazine.adverts_nearby",
    "magazine.sponsored",
    "std.purposes.ad_profiling",
    "std.purposes.data_sale",
    "std.purposes.targeted_advertising",
    "std.purposes.third_party_sharing",
  ]);
  expect(read("1")).toEqual(gpcPurposes(model).map((purpose) => ({ purpose, channel: "any" })));
});

test("an objection outweighs a consent that was given before", () => {
  const { decide } = evaluator(model);
  const consents = [{ purpose: "targeted_advertising", channel: "any" }];
  const request = { ...asked("targeted_advertising"), consents };
  expect(decide({ ...request, objections: read(undefined) }).decision).toBe("allow");
  expect(decide({ ...request, objections: read("1") }).decision).toBe("deny");
});

test.each(["1", " 1 ", "0, 1", ["1"], ["0", "1"]])("%j is a signal", (header) => expect(read(header)).not.toEqual([]));
test.each([undefined, null, "", "0", "true", "11", "?1", []])("%j is none", (header) =>
  expect(read(header)).toEqual([]),
);

describe("the application may say what the signal is about", () => {
  test("by name", () => {
    expect(gpcReader(model, { purposes: ["marketing", "magazine.sponsored"] })("1")).toEqual([
      { purpose: "magazine.sponsored", channel: "any" },
      { purpose: "std.purposes.marketing", channel: "any" },
    ]);
  });

  test("but not by one that there is not", () => {
    expect(() => gpcReader(model, { purposes: ["marketting"] })).toThrow(
      "There is no purpose `marketting`. Did you mean `marketing`?",
    );
  });
});
