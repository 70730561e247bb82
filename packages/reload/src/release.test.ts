import { emitJson } from "@scruple/emit";
import { hashModel } from "@scruple/model";
import { describe, expect, test } from "vitest";
import { seal } from "./envelope.ts";
import { at, ours, release, shop, theirs, trusted } from "./fixtures/releases.ts";
import { publicKey } from "./keys.ts";
import { Refused } from "./refused.ts";
import { signRelease, verifyRelease } from "./release.ts";

const verification = { keys: [trusted], policy: "shop", now: at(12) };
const verify = (text: string, other: Partial<typeof verification> = {}) =>
  verifyRelease(text, { ...verification, ...other });
type Path = readonly (string | number)[];

/** Puts a value where a path leads; undefined takes away what is there. */
function put(within: object, path: Path, value: unknown): void {
  const at = path.slice(0, -1).reduce((one, key) => Reflect.get(one, key) as object, within);
  const key = path.at(-1) as string;
  if (value === undefined) Reflect.deleteProperty(at, key);
  else Object.defineProperty(at, key, { value, enumerable: true, configurable: true, writable: true });
}

/** The release behind an envelope, with something else in it, signed again by whoever holds the key. */
function resigned(text: string, path: Path, value: unknown, rehash = false): string {
  const content = JSON.parse(Buffer.from(JSON.parse(text).payload, "base64").toString());
  put(content, path, value);
  const { hash: _, ...model } = content.model;
  if (rehash) content.model.hash = hashModel(model);
  return seal(JSON.stringify(content), ours);
}

test("what is signed verifies, and says when it was", () => {
  const model = shop();
  const verified = verify(release(model, 9));
  expect(verified).toEqual({ model, hash: hashModel(model), signed: "2026-11-21T09:00:00.000Z", expires: null });
  expect(hashModel(verified.model)).toBe(hashModel(model));
});

test("any of several keys may have signed", () => {
  const other = publicKey(trusted.export({ type: "spki", format: "pem" }) as string);
  expect(verify(release(shop(), 9), { keys: [other, trusted] }).signed).toContain("T09");
});

describe("is refused:", () => {
  const genuine = release(shop(), 9);

  test("what somebody else has signed", () => {
    expect(() => verify(release(shop(), 9, { key: theirs }))).toThrow("None of the trusted keys");
  });

  test("an envelope that borrows the name of a trusted key", () => {
    const envelope = JSON.parse(release(shop(), 9, { key: theirs }));
    envelope.signatures[0].keyid = JSON.parse(genuine).signatures[0].keyid;
    expect(() => verify(JSON.stringify(envelope))).toThrow("None of the trusted keys");
  });

  test("a text of which any bit was turned", () => {
    const { payload } = JSON.parse(genuine);
    const bytes = Buffer.from(payload, "base64");
    for (let place = 0; place < bytes.length; place += 97) {
      const turned = Buffer.from(bytes);
      turned[place] = (turned[place] as number) ^ (1 << (place % 8));
      const envelope = { ...JSON.parse(genuine), payload: turned.toString("base64") };
      expect(() => verify(JSON.stringify(envelope)), `byte ${place}`).toThrow("None of the trusted keys");
    }
  });

  test("a signature over the text under another type", () => {
    expect(() => verify(JSON.stringify({ ...JSON.parse(genuine), payloadType: "text/plain" }))).toThrow(
      "It is no signed model",
    );
  });

  test("what was cut off, at any place", () => {
    for (let length = 0; length < genuine.length - 2; length += 131)
      expect(() => verify(genuine.slice(0, length)), `${length}`).toThrow("It is no signed model");
  });

  test.each(["", "null", "[]", "{}", '{"payload":1}', "\u0000", emitJson(shop()).code])("%j", (text) => {
    expect(() => verify(text)).toThrow("It is no signed model");
  });

  test("a model of another policy", () => {
    expect(() => verify(release(shop("", "store"), 9))).toThrow(
      "It is of the policy `store`, and this guard of `shop`.",
    );
  });

  test("what was signed in the future, beyond what clocks differ by", () => {
    expect(() => verify(genuine, { now: at(9) - 600_000 })).toThrow("which is still to come");
    expect(verify(genuine, { now: at(9) - 60_000 }).signed).toContain("T09");
  });

  test("what has expired", () => {
    const brief = release(shop(), 9, { expires: new Date(at(11)) });
    expect(() => verify(brief)).toThrow("It has expired at 2026-11-21T11:00:00.000Z.");
    expect(verify(brief, { now: at(10) }).expires).toContain("T11");
  });

  test("whatever it is, where nobody can say how late it is", () => {
    for (const now of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, "0" as unknown as number])
      expect(() => verify(genuine, { now })).toThrow("The clock is broken");
  });

  test("a time that is none, though the signature holds", () => {
    for (const signed of ["later", 7, null, "2026-11-21", "9999999-01-01T00:00:00.000Z"])
      expect(() => verify(resigned(genuine, ["signed"], signed))).toThrow("does not say when");
    for (const expires of ["later", "NaN", 7, "", undefined, "2026-11-22", {}])
      expect(() => verify(resigned(genuine, ["expires"], expires))).toThrow("does not say when");
  });
});

describe("though its signature holds, a model is refused", () => {
  const genuine = release(shop("tired: deny use taste when outbound"), 9);

  test("that is not what its hash says", () => {
    expect(() => verify(resigned(genuine, ["model", "rules", 0, "effect"], "deny"))).toThrow("not what its hash says");
    expect(() => verify(resigned(genuine, ["model", "hash"], undefined))).toThrow("does not say its hash");
  });

  test.each<[string, Path, unknown]>([
    ["lacks a part", ["rules"], undefined],
    ["has a part too many", ["extra"], 1],
    ["has a bound that is code", ["subject"], [age({ kind: "int", min: "0);evil(", max: null })]],
    ["has a name with a space in it", ["purposes", 0, "id"], "shop.care x"],
    ["has a line break in its policy's name", ["policy"], "shop\u2028evil()"],
    ["has an operator that there is not", ["rules", 1, "when", "op"], "eval"],
    ["has `__proto__` for a key", ["__proto__"], {}],
  ])("that %s", (_, path, value) => {
    expect(() => verify(resigned(genuine, ["model", ...path], value, true))).toThrow("It is no built model");
  });

  test("that is nested as no policy is", () => {
    const text = release(shop("tired: deny use taste when outbound"), 9);
    const content = Buffer.from(JSON.parse(text).payload, "base64").toString();
    const deep = `${'{"op":"not","operand":'.repeat(20_000)}{"op":"outbound"}${"}".repeat(20_000)}`;
    const changed = content.replace('{"op":"outbound"}', deep);
    expect(changed.length).toBeGreaterThan(400_000);
    expect(() => verify(seal(changed, ours))).toThrow(Refused);
  });

  test.each<[string, Path, unknown]>([
    ["stands in a circle", ["purposes", 0, "within"], ["shop.care"]],
    ["is within what is not declared", ["channels", 0, "within"], ["shop.gone"]],
    ["denies what is not declared", ["rules", 1, "data"], [{ kind: "field", id: "shop.stays.gone" }]],
    ["denies for a purpose that is not declared", ["rules", 1, "purposes"], ["shop.gone"]],
    ["denies by a fact that is not declared", ["rules", 1, "when"], { op: "fact", fact: "gone" }],
  ])("that %s", (_, path, value) => {
    expect(() => verify(resigned(genuine, ["model", ...path], value, true))).toThrow("contradicts itself");
  });
});

function age(type: object) {
  const at = { file: 0, line: 1, column: 1, endLine: 1, endColumn: 1 };
  return { name: "age", type, optional: false, doc: "", annotations: [], at };
}

describe("nothing is signed that no guard would take:", () => {
  const sign = (text: string) => signRelease(text, ours, { signed: new Date(at(9)) });

  test.each(["", "{", "[]", '{"format":"scruple.model"}'])("%j", (text) => expect(() => sign(text)).toThrow());

  test("a model that was edited by hand", () => {
    const { code } = emitJson(shop());
    expect(() => sign(code.replace('"allow"', '"deny"'))).toThrow("not what its hash says");
  });

  test("a model with a denial that denies nothing, though its hash is right", () => {
    const { hash: _, ...model } = JSON.parse(emitJson(shop("never: deny use stays.pillow")).code);
    model.rules[0].data[0].id = "shop.stays.gone";
    const code = JSON.stringify({ ...model, hash: hashModel(model) });
    expect(() => sign(code)).toThrow(
      "contradicts itself, as if it were cut or edited: `#/rules/0/data/0` names what is not",
    );
  });
});
