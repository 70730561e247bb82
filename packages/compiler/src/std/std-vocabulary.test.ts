import type { Model } from "@scruple/model";
import { expect, test } from "vitest";
import { compile } from "../compile.ts";

const text = `policy everything
use std.categories
use std.purposes
use std.recipients
use std.channels
source nothing provided { name : name }
interaction none { purposes customer_care channels email }`;
const model = compile([{ path: "everything.scruple", text }]).model("everything") as Model;
const std = <T extends { readonly id: string }>(list: readonly T[]) => list.filter(({ id }) => id.startsWith("std."));

test("every name of the vocabulary says what it means", () => {
  const names = [...std(model.categories), ...std(model.purposes), ...std(model.recipients), ...std(model.channels)];
  expect(names.filter(({ doc }) => doc.trim() === "").map(({ id }) => id)).toEqual([]);
  expect(names.length).toBeGreaterThan(200);
});

test("no special category stands within a plain one, nor a picture within what is special", () => {
  const byId = new Map(model.categories.map((category) => [category.id, category]));
  const special = (id: string): boolean => byId.get(id)!.special || byId.get(id)!.within.some(special);
  const mixed = std(model.categories).filter(({ id, within }) => special(id) && !within.every(special));
  expect(mixed.map(({ id }) => id)).toEqual([]);
  const plain = ["photo", "household", "food_preference", "mood", "private_message", "voice_recording", "age"];
  expect(plain.filter((name) => special(`std.categories.${name}`))).toEqual([]);
  const delicate = ["pregnancy", "face_print", "religion", "sexual_orientation", "genetic", "criminal", "disability"];
  expect(delicate.filter((name) => !special(`std.categories.${name}`))).toEqual([]);
});

test("the vocabulary holds no rule, no promise and no quiet hours", () => {
  expect([...model.rules, ...model.promises]).toEqual([]);
  expect(model.channels.filter(({ quiet }) => quiet !== null)).toEqual([]);
});

test("a letter reaches the household, and a lock screen those who stand by", () => {
  const reaches = (name: string) => model.channels.find(({ id }) => id === `std.channels.${name}`)!.reaches;
  expect(reaches("post")).toContain("std.recipients.household");
  expect(reaches("push")).toContain("std.recipients.bystanders");
  expect(reaches("social_media")).toContain("std.recipients.public");
  expect(reaches("email")).toEqual(["std.recipients.customer"]);
  expect(reaches("in_person")).toEqual(["std.recipients.customer"]);
  expect(reaches("kiosk")).toContain("std.recipients.bystanders");
  expect(reaches("health_record_exchange")).toEqual(["std.recipients.health_provider"]);
});

test("to be paid is not to collect a debt", () => {
  const purpose = model.purposes.find(({ id }) => id === "std.purposes.debt_collection")!;
  expect(purpose.within).toEqual([]);
});
