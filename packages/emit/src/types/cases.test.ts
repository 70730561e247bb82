import { DecisionSpace } from "@scruple/analysis";
import type { Operation } from "@scruple/model";
import { expect, test } from "vitest";
import { frontDesk } from "../fixtures/front-desk.ts";
import { Scales } from "./levels.ts";
import { possibleIn } from "./possible.ts";
import { shortNames } from "./short-names.ts";

/** What could be allowed in an interaction of the small hotel, in the names of the policy. */
function casesOf(interaction: string, operation: Operation) {
  const space = new DecisionSpace(frontDesk());
  const found = space.world.model.interactions.find(({ name }) => name === interaction);
  if (found === undefined) throw new Error(interaction);
  const { fields, purposes, channels, recipients } = shortNames(space.world.names);
  const scales = new Scales(space.world, space.ground.places);
  return (possibleIn(space.of(found), scales).get(operation)?.cases ?? []).map((one) => [
    one.data.map((id) => fields.get(id)).join(),
    one.purposes.map((id) => purposes.get(id)).join(),
    one.channels.map((id) => channels.get(id)).join(),
    one.recipients.map((id) => (id === null ? "all" : recipients.get(id))).join(),
    one.levels === null ? "any" : Array.from(one.levels, (level) => level ?? "finest").join(),
    (one.with ?? []).map((id) => fields.get(id)).join(),
  ]);
}

test("what goes together is said together, in as few cases as there are kinds, whomever a channel reaches besides", () => {
  expect(casesOf("gift", "use")).toEqual([
    ["bookings.email", "marketing,news", "mail", "all,guest,staff", "any", ""],
    ["bookings.room", "stay", "desk", "all,guest,staff", "any", ""],
    ["bookings.email", "marketing,news", "desk,mail", "guest", "any", ""],
  ]);
});

test("data that may be used at some levels alone stands by itself", () => {
  expect(casesOf("welcome", "use")).toEqual([
    ["bookings.room", "stay", "desk", "all,guest,staff", "any", ""],
    ["bookings.home", "stay", "desk", "all,guest,staff", "city", ""],
  ]);
});

test("where everything goes with everything, there is one", () => {
  expect(casesOf("welcome", "disclose")).toHaveLength(1);
});

test("pairs say what goes with what, either way round", () => {
  expect(casesOf("match", "combine")).toEqual([
    ["bookings.email,bookings.home", "stay", "desk", "all,guest,staff", "any", "bookings.room"],
    ["bookings.room", "stay", "desk", "all,guest,staff", "any", "bookings.email,bookings.home"],
  ]);
});
