import { RestrictionType } from "@iabtechlabtcf/core";
import { evaluator } from "@scruple/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asked, magazine, now } from "./fixtures/publisher.ts";
import { type Answer, tcString, vendor } from "./fixtures/tc-string.ts";
import { type TcfOptions, tcfReader } from "./tcf.ts";
import { vendorsNamed } from "./tcf-size.ts";

const model = magazine();
const options: TcfOptions = { reader: vendor, channels: ["web", "app"] };
const read = (text: string | null | undefined, other: Partial<TcfOptions> = {}) =>
  tcfReader(model, { ...options, ...other })(text, now);
const { decide } = evaluator(model);
/** What the policy makes of an answer. */
const decided = (answer: Answer, purpose: string, channel?: string) =>
  decide({ ...asked(purpose, channel), ...read(tcString(answer)) }).decision;
const std = (name: string) => `std.purposes.${name}`;
/** Bare names of the purposes that are consented to, or objected to. */
const purposesIn = (list: readonly { readonly purpose: string }[]) => [
  ...new Set(list.map(({ purpose }) => purpose.slice(purpose.lastIndexOf(".") + 1))),
];
const everything = purposesIn(read(undefined).objections);

describe("a string that somebody's answer was written to", () => {
  test("gives consents for the purposes with its numbers, where the banner was", () => {
    expect(read(tcString({ consents: [4] })).consents).toEqual([
      { purpose: std("targeted_advertising"), channel: "web" },
      { purpose: std("targeted_advertising"), channel: "app" },
    ]);
    expect(decided({ consents: [4] }, "targeted_advertising")).toBe("allow");
    expect(decided({ consents: [3] }, "targeted_advertising")).toBe("deny");
    const only = read(tcString({ consents: [4] }), { channels: ["app"] });
    expect(decide({ ...asked("targeted_advertising", "web"), ...only }).decision).toBe("deny");
  });

  test("counts where it was said at the start that it does, whatever becomes of the list", () => {
    const channels = ["app"];
    const reading = tcfReader(model, { ...options, channels });
    channels.push("web");
    const { consents } = reading(tcString({ consents: [4] }), now);
    expect(consents).toEqual([{ purpose: std("targeted_advertising"), channel: "app" }]);
  });

  test("gives none to a purpose with several numbers before all of them have it", () => {
    expect(decided({ consents: [3] }, "sponsored")).toBe("deny");
    expect(decided({ consents: [3, 4] }, "sponsored")).toBe("allow");
    expect(purposesIn(read(tcString({ consents: [4] })).consents)).not.toContain("adverts_nearby");
  });

  test("makes an objection of legitimate interest that was objected to", () => {
    expect(decided({ interests: [8] }, "usage_analytics")).toBe("allow");
    expect(decided({ interests: [7] }, "usage_analytics")).toBe("deny");
    expect(read(tcString({ interests: [7] })).objections).toContainEqual({
      purpose: std("usage_analytics"),
      channel: "any",
    });
  });

  test("keeps the objection beside a consent where a rule counts on legitimate interest", () => {
    expect(decided({ consents: [8] }, "usage_analytics")).toBe("deny");
    expect(decided({ consents: [8], interests: [8] }, "usage_analytics")).toBe("allow");
  });

  test("and does not turn a consent into an objection where no rule does", () => {
    expect(purposesIn(read(tcString({ consents: [4, 6] })).objections)).not.toContain("recommendations");
    expect(decided({ consents: [6] }, "recommendations")).toBe("allow");
    expect(purposesIn(read(tcString()).objections)).toContain("recommendations");
  });

  test("says nothing of special purposes", () => {
    expect(everything).not.toContain("fraud_prevention");
    expect(everything).not.toContain("delivery_of_adverts");
  });
});

describe("publishers may restrict what vendors do:", () => {
  const answer = { consents: [4, 8], interests: [8] };
  test.each<[string, number, RestrictionType, string]>([
    ["not at all", 4, RestrictionType.NOT_ALLOWED, "targeted_advertising"],
    ["not at all, whatever the basis", 8, RestrictionType.NOT_ALLOWED, "usage_analytics"],
    ["by consent only", 8, RestrictionType.REQUIRE_CONSENT, "usage_analytics"],
    ["by legitimate interest only", 6, RestrictionType.REQUIRE_LI, "recommendations"],
  ])("%s", (_, number, type, purpose) => {
    const given = { ...answer, consents: [4, 6, 8] };
    expect(decided(given, purpose)).toBe("allow");
    expect(decided({ ...given, restrictions: [[number, type]] }, purpose)).toBe("deny");
  });
});

test("the publisher has a part of the string to itself", () => {
  const text = tcString({ consents: [4], publisher: { consents: [6], interests: [8] } });
  const { consents, objections } = read(text, { reader: "publisher" });
  expect(purposesIn(consents)).toEqual(["recommendations"]);
  expect(purposesIn(objections)).not.toContain("usage_analytics");
  expect(purposesIn(objections)).toContain("targeted_advertising");
});

describe("establishes nothing:", () => {
  const full = { consents: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], interests: [2, 7, 8, 9, 10, 11] };
  const former = { ...full, policyVersion: 4, age: 300 };
  test("(while the same, as it should be, does)", () => {
    expect(purposesIn(read(tcString(full)).objections)).toEqual(["adverts_nearby"]);
    expect(purposesIn(read(tcString(full)).consents)).toEqual(
      expect.arrayContaining(["targeted_advertising", "usage_analytics"]),
    );
  });

  test.each<[string, string | null | undefined]>([
    ["no string", undefined],
    ["null", null],
    ["an empty one", ""],
    ["one for another vendor", tcString({ ...full, vendors: [13] })],
    ["one whose reader was not disclosed", tcString({ ...full, told: [13] })],
    ["one of today that does not say who was disclosed", tcString(full).split(".")[0]],
    ["nor does one that goes by former policies", tcString({ ...full, policyVersion: 4 }).split(".")[0]],
    ["one of before that had to be said, which says it of others", tcString({ ...former, told: [13] })],
    ["or of nobody", tcString({ ...former, told: [] })],
    ["one for many services at once", tcString({ ...full, isServiceSpecific: false })],
    ["one of 14 months ago", tcString({ ...full, age: 420 })],
    ["one from the day after tomorrow", tcString({ ...full, age: -2 })],
    ["one of the first version", "BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA"],
    ["a core that comes second", tcString(full).split(".").reverse().join(".")],
    ["two cores", `${tcString(full)}.${tcString(full)}`],
    ["a string in another alphabet", tcString(full).replace(".", "+")],
    ["a number", 7 as unknown as string],
  ])("%s", (_, text) => {
    expect(read(text)).toEqual({ consents: [], objections: expect.anything() });
    expect(purposesIn(read(text).objections)).toEqual(everything);
  });

  test.each<[string, TcfOptions["reader"], Answer]>([
    ["a vendor", vendor, full],
    ["a vendor that was disclosed late in the list", 13, { ...full, vendors: [vendor, 13] }],
    ["a vendor that was not disclosed", 13, { ...full, policyVersion: 4, vendors: [vendor, 13], told: [vendor] }],
    ["the publisher", "publisher", { ...full, publisher: full }],
  ])("what was cut off of a string of today, at any place, for %s", (_, reader, answer) => {
    const text = tcString(answer);
    const whole = read(text, { reader });
    const none = read(null, { reader });
    // All of it where only what concerns others is missing.
    for (let length = 0; length < text.length; length++)
      expect([none, whole], `${length}`).toContainEqual(read(text.slice(0, length), { reader }));
  });

  test("a core that was cut off, at any place", () => {
    const [core = ""] = tcString(full).split(".");
    for (let length = 0; length < core.length - 1; length++)
      expect(read(`${core.slice(0, length)}.IAAo`).consents, `${length}`).toEqual([]);
  });
});

test("a string of before who was disclosed had to be said is read without", () => {
  const saying = (month: number, day: number) => {
    const age = (now - Date.UTC(2026, month - 1, day)) / 86_400_000;
    return purposesIn(read(tcString({ consents: [4], policyVersion: 4, age }).split(".")[0]).consents);
  };
  expect(saying(2, 28)).toEqual(["targeted_advertising"]);
  expect(saying(3, 1)).toEqual([]);
});

describe("whatever comes", () => {
  test("nothing throws, and garbage gives no consent", () => {
    const letters = fc.string({
      unit: fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."),
    });
    const reader = tcfReader(model, options);
    fc.assert(
      fc.property(fc.oneof(fc.string(), letters), (text) => {
        expect(reader(text, now).consents).toEqual([]);
      }),
      { numRuns: 2_000, seed: 7 },
    );
  });

  test("nor does an answer with one letter changed throw", () => {
    const text = tcString({ consents: [4], vendors: [13], told: [13] });
    for (let place = 0; place < text.length; place++) {
      const other = `${text.slice(0, place)}${text[place] === "A" ? "B" : "A"}${text.slice(place + 1)}`;
      expect(() => read(other)).not.toThrow();
    }
  });

  test("a short string that names vendors a hundred million times over is not decoded", () => {
    const genuine = tcString({ consents: [4], policyVersion: 4, age: 300 });
    expect(vendorsNamed(genuine)).toBeLessThan(100);
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const bits = (length: number, value: number) => value.toString(2).padStart(length, "0");
    /** The genuine core with other vendors: so many times all that there can be. */
    const naming = (times: number) => {
      const core = [...(genuine.split(".")[0] as string)].map((letter) => bits(6, alphabet.indexOf(letter)));
      const ranges = `1${bits(16, 1)}${bits(16, 65_535)}`.repeat(times);
      const vendors = `${bits(16, 65_535)}1${bits(12, times)}${ranges}`;
      const long = `${core.join("").slice(0, 213)}${vendors}${bits(17, 0)}${bits(12, 0)}`;
      return `${long}${"0".repeat(5)}`
        .replace(/.{6}/g, (six) => alphabet[Number.parseInt(six, 2)] as string)
        .replace(/[01]{1,5}$/, "");
    };
    expect(purposesIn(read(naming(1)).consents)).toEqual(["targeted_advertising"]);
    expect(vendorsNamed(naming(2_000))).toBe(2_000 * 65_535);
    expect(read(naming(2_000)).consents).toEqual([]);
  });
});

describe("an option that makes no sense is told:", () => {
  test.each<[Partial<TcfOptions>, string]>([
    [{ reader: 0 }, "`reader` is the number of a vendor, or `publisher`."],
    [{ reader: 1.5 }, "`reader` is the number of a vendor, or `publisher`."],
    [{ channels: ["wep"] }, "There is no channel `wep`. Did you mean `web`?"],
  ])("%j", (other, message) => expect(() => read("", other)).toThrow(message));
});
