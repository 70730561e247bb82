import type { Route } from "@scruple/analysis";
import { Dice } from "@scruple/testkit";
import { expect, test } from "vitest";
import { Spots } from "./spots.ts";

const purposes = ["stay", "news", "gift"];
const named = ["desk", "mail", "phone"];

test("boxes hold all of each region and nothing else that a channel reaches, with more recipients than a word has bits", () => {
  const dice = new Dice(7);
  const recipients = [null, ...Array.from({ length: 70 }, (_, index) => `guest ${index}`)];
  for (let round = 0; round < 20; round++) {
    const routes = named.flatMap((channel) =>
      recipients
        .filter((recipient) => recipient === null || dice.chance(0.6))
        .map((recipient): Route => ({ channel, recipient })),
    );
    const spots = new Spots(purposes, routes);
    const wanted = Array.from({ length: 4 }, () => new Set<string>());
    const regions = wanted.map((all) => {
      const region = spots.empty();
      for (let times = 0; times < 3; times++) {
        const [some, over] = [purposes.filter(() => dice.chance(0.5)), routes.filter(() => dice.chance(0.5))];
        spots.add(region, some, over);
        for (const purpose of some)
          for (const { channel, recipient } of over) all.add(`${purpose} ${channel} ${recipient}`);
      }
      return region;
    });
    const reachable = new Set(routes.map(({ channel, recipient }) => `${channel} ${recipient}`));
    const found = wanted.map(() => new Set<string>());
    for (const { box, within } of spots.cover(regions))
      for (const purpose of box.purposes)
        for (const channel of box.channels)
          for (const recipient of box.recipients)
            if (reachable.has(`${channel} ${recipient}`))
              for (const index of within) found[index]?.add(`${purpose} ${channel} ${recipient}`);
    expect(found).toEqual(wanted);
  }
});

test("a region that is a box for those whom channels reach is one box", () => {
  const routes = [
    { channel: "desk", recipient: "staff" },
    { channel: "desk", recipient: "guest" },
    { channel: "mail", recipient: "guest" },
  ];
  const spots = new Spots(purposes, routes);
  const region = spots.empty();
  spots.add(region, ["stay", "gift"], routes);
  expect(spots.cover([region])).toEqual([
    { box: { purposes: ["stay", "gift"], channels: ["desk", "mail"], recipients: ["staff", "guest"] }, within: [0] },
  ]);
});
