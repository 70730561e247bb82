import { expect, test } from "vitest";
import { type DeskTypes, desk, world } from "./enforce/fixtures/desk.ts";
import { answerPreview } from "./enforce/index.ts";
import { type PreviewQuestion, previews } from "./preview.ts";

const guard = desk().inMemory(world);
const facts = { local_time: "10:00", "data.age": "1 day" } as const;

/** A browser in which somebody is signed in. */
const browser = (subject: string, sent: string[] = []) =>
  previews<DeskTypes>(async (question) => {
    sent.push(JSON.stringify(question));
    return JSON.parse(JSON.stringify(await answerPreview(guard, subject, JSON.parse(sent.at(-1) as string))));
  });

test("a browser asks what stands at the call, and learns a word", async () => {
  const sent: string[] = [];
  expect(await browser("p1", sent).offer.preview({ on: "mail", facts }, ["bookings.seat"])).toBe("likely");
  expect(await browser("p2").offer.preview({ on: "mail", facts }, ["bookings.seat"])).toBe("no");
  expect(JSON.parse(sent[0] as string)).toEqual({
    interaction: "offer",
    call: { on: "mail", facts },
    fields: ["bookings.seat"],
  });
  expect(guard.entries).toEqual([]);
});

test("what goes wrong on the way is no", async () => {
  for (const answer of [undefined, null, "LIKELY", { toString: () => "likely" }, true])
    expect(await previews<DeskTypes>(async () => answer).offer.preview({ on: "mail", facts }, ["bookings.seat"])).toBe(
      "no",
    );
  const offline = previews<DeskTypes>(() => Promise.reject(new Error("offline")));
  expect(await offline.offer.preview({ on: "mail", facts }, ["bookings.seat"])).toBe("no");
  expect(await Promise.resolve(offline)).toBe(offline);
});

test.each([
  null,
  7,
  {},
  { interaction: "__proto__" },
  { interaction: "stores", call: {}, fields: [] },
  { interaction: "offer", call: null, fields: null },
  { interaction: "offer", call: { on: "mail", facts, subject: "p1" }, fields: ["bookings.seat"] },
])("%j is answered with no", async (question) => {
  expect(await answerPreview(guard, "p2", question as PreviewQuestion)).toBe("no");
});
