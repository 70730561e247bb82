import { isDeepStrictEqual } from "node:util";
import { type Cell, type Datum, DecisionSpace, FALSE, isSatisfiable, type Node } from "@scruple/analysis";
import { compile } from "@scruple/compiler";
import { type Act, evaluator, type Id, type Model, readRequest } from "@scruple/model";
import { randomProject, randomRequests } from "@scruple/testkit";
import { expect, test } from "vitest";
import { typecheck } from "../fixtures/typecheck.ts";
import type { AllApart, Apart } from "./apart.ts";
import { emitDeclarations } from "./declarations.ts";
import { Scales } from "./levels.ts";
import { possibleIn } from "./possible.ts";

/** A flight: who may be offered a seat is never who may be offered a meal, but on the phone. */
const flight = compile([
  {
    path: "policies/flight.scruple",
    text: `policy flight
purpose service
purpose marketing
recipient guest
channel app reaches guest
channel phone reaches guest
category taste
category whereabouts precision exact, city
source bookings provided {
  seat : taste
  meal : taste
  lounge : taste
  home : whereabouts
  work : whereabouts
}
facts { member : bool }
subject { region : eu | uk | us }
interaction offer {
  purposes service, marketing
  channels app, phone
  seats: allow use bookings.seat when member
  meals: allow use bookings.meal on app when not member
  calls: allow use bookings.meal on phone
  fresh: allow use bookings.lounge when data.age < 30 days
  homes: allow use bookings.home when data.age > 60 days
  near: allow use bookings.work at city when member
  at_work: allow use bookings.work at exact when not member
  news: deny use bookings.home for marketing unless consent
  quiet: deny use bookings.lounge for marketing when consent
}
interaction match {
  purposes service
  channels app
  seats: allow combine bookings.seat with bookings.home when member
  meals: allow combine bookings.meal with bookings.home when not member
  both: allow combine bookings.seat, bookings.meal with bookings.work
}
interaction tour {
  purposes service
  channels app
  eastern: allow use bookings.seat unless subject.region = us
  western: allow use bookings.meal unless subject.region = eu
  distant: allow use bookings.lounge unless subject.region = uk
  home: allow use bookings.home
}
interaction upgrade {
  purposes service, marketing
  channels app
  seats: allow use bookings.seat when not consent
  meals: allow use bookings.meal when consent
  lounges: allow use bookings.lounge for marketing when not consent for marketing
  homes: allow use bookings.home for service when not consent for service
}
`,
  },
]).model("flight") as Model;

const head = `import { flight } from "./flight.guard.js";
const { match, offer, tour, upgrade } = flight.inMemory();
const load = () => "12A";
const app = { for: "service", on: "app", subject: "p-1", key: "k" } as const;
const news = { for: "marketing", on: "app", subject: "p-1", key: "k" } as const;
const phone = { for: "service", on: "phone", subject: "p-1", key: "k" } as const;
const facts = { member: true };
const onTour = { on: "app", subject: "p-1" } as const;
`;

/** What the compiler says of a call; nothing if it compiles. */
const said = (() => {
  const calls: string[] = [];
  let answers: readonly string[] | null = null;
  return {
    of: (call: string) => {
      const line = calls.push(call) + head.split("\n").length - 1;
      return () => {
        answers ??= typecheck({ "flight.guard.d.ts": emitDeclarations(flight), "app.ts": head + calls.join("\n") });
        return answers.filter((one) => one.startsWith(`app.ts(${line}): `)).join("\n");
      };
    },
  };
})();

const seatAndMeal = said.of(`offer.decide({ ...app, facts }, ["bookings.seat", "bookings.meal"]);`);
const oneByOne = [
  said.of(`offer.decide({ ...app, facts }, ["bookings.seat"]);`),
  said.of(`offer.decide({ ...app, facts }, ["bookings.meal"]);`),
];
const byPhone = said.of(`offer.decide({ ...phone, facts }, ["bookings.seat", "bookings.meal"]);`);
const loaded = said.of(`offer.act({ ...app, facts }, { "bookings.seat": load, "bookings.meal": load }, () => 1);`);
const prepared = said.of(`offer.prepare({ for: "service", on: "app", data: ["bookings.seat", "bookings.meal"] });`);
const asked = said.of(`offer.preview({ ...app, facts }, ["bookings.meal", "bookings.lounge", "bookings.seat"]);`);
const aged = said.of(`offer.act(app, { "bookings.lounge": load, "bookings.home": load }, () => 1);`);
const ofOneAge = [
  said.of(`offer.decide(app, ["bookings.lounge", "bookings.home"]);`),
  said.of(`offer.prepare({ for: "service", on: "app", data: ["bookings.lounge", "bookings.home"] });`),
];
const listed = said.of(
  `offer.decide({ ...app, facts }, ["bookings.seat", "bookings.meal"] as ("bookings.seat" | "bookings.meal")[]);`,
);
const consenting = [
  said.of(`offer.act(news, { "bookings.lounge": load, "bookings.home": load }, () => 1);`),
  said.of(`offer.act(app, { "bookings.lounge": load, "bookings.home": load }, () => 1);`),
];
const atLevels = [
  said.of(`offer.decide({ ...app, facts, at: "exact" }, ["bookings.seat", "bookings.work"]);`),
  said.of(`offer.decide({ ...app, facts, at: "city" }, ["bookings.seat", "bookings.work"]);`),
  said.of(`offer.decide({ ...app, facts }, ["bookings.seat", "bookings.work"]);`),
];
const ofPurposes = [
  said.of(`upgrade.decide(news, ["bookings.meal", "bookings.lounge"]);`),
  said.of(`upgrade.decide(app, ["bookings.meal", "bookings.home"]);`),
  said.of(`upgrade.decide(news, ["bookings.seat", "bookings.lounge"]);`),
  said.of(`upgrade.decide(app, ["bookings.seat", "bookings.meal"]);`),
];
const three = [
  said.of(`tour.decide(onTour, ["bookings.seat", "bookings.meal", "bookings.lounge"]);`),
  said.of(`tour.decide(onTour, ["bookings.home", "bookings.seat", "bookings.meal"]);`),
  said.of(
    `tour.act({ ...onTour, key: "k" }, { "bookings.seat": load, "bookings.meal": load, "bookings.lounge": load }, () => 1);`,
  ),
];
const pairs = [
  said.of(`match.decide({ ...onTour, facts, with: "bookings.home" }, ["bookings.seat", "bookings.meal"]);`),
  said.of(`match.decide({ ...onTour, facts, with: "bookings.home" }, ["bookings.meal"]);`),
  said.of(`match.decide({ ...onTour, with: "bookings.work" }, ["bookings.seat", "bookings.meal"]);`),
];
const empty = [
  said.of(`offer.decide({ ...app, facts: {} as never }, []);`),
  said.of(`offer.act({ ...app, facts: {} as never }, {}, () => 1);`),
  said.of(`offer.prepare({ for: "service", on: "app", data: [] });`),
];

test("fields that are never allowed together do not compile together, and the compiler names the other", () => {
  for (const call of [seatAndMeal, loaded, prepared, asked])
    expect(call()).toMatch(/it is never allowed together with `bookings\.(seat|meal)`/);
});

test("each of them compiles alone, and both where they could be allowed together", () => {
  for (const call of [...oneByOne, byPhone]) expect(call()).toBe("");
});

test("what is loaded has ages of its own, and what is only named has one", () => {
  expect(aged()).toBe("");
  for (const call of ofOneAge) expect(call()).toMatch(/it is never allowed together with/);
});

test("nobody has agreed and not agreed", () => {
  const [forMarketing, forService] = consenting.map((call) => call());
  expect(forMarketing).toMatch(/it is never allowed together with/);
  expect(forService).toBe("");
});

test("consent that a condition names is that to the purpose of the call, where it is that", () => {
  const [forMarketing, forService, allowed, plain] = ofPurposes.map((call) => call());
  expect(forMarketing).toMatch(/it is never allowed together with `bookings\.(meal|lounge)`/);
  expect(forService).toMatch(/it is never allowed together with `bookings\.(meal|home)`/);
  expect(allowed).toBe("");
  expect(plain).toMatch(/it is never allowed together with `bookings\.(meal|seat)`/);
});

test("a level decides which of them get on", () => {
  const [exact, city, finest] = atLevels.map((call) => call());
  expect([exact, finest].every((one) => one?.includes("it is never allowed together with"))).toBe(true);
  expect(city).toBe("");
});

test("of three, each two may get on, and all three not", () => {
  const [all, two, loaded] = three.map((call) => call());
  expect(all).toMatch(/it is never allowed together with `bookings\.\w+` and `bookings\.\w+`/);
  expect(loaded).toMatch(/it is never allowed together with `bookings\.\w+` and `bookings\.\w+`/);
  expect(two).toBe("");
});

test("what is joined with the same may be apart", () => {
  const [together, alone, withOther] = pairs.map((call) => call());
  expect(together).toMatch(/it is never allowed together with `bookings\.(meal|seat)`/);
  expect([alone, withOther]).toEqual(["", ""]);
});

test("a list of which nobody knows what is in it compiles if each field does", () => {
  expect(listed()).toBe("");
});

test("a call about nothing does not compile", () => {
  expect(empty.map((call) => call().includes("it names no field"))).toEqual([true, true, true]);
});

interface At extends Pick<Act, "purpose" | "channel" | "level"> {
  readonly to: Id | null;
  readonly with: Id | null;
}

/** Whether two fields are never allowed together, at a level in one place. */
function isApart(list: readonly Apart[], one: Id, other: Id, at: At): boolean {
  return list.some(
    ({ fields, others: [second, ...more], purposes, channels, recipients, levels, with: joined }) =>
      fields.includes(one) &&
      second?.includes(other) &&
      more.length === 0 &&
      purposes.includes(at.purpose) &&
      channels.includes(at.channel) &&
      recipients.includes(at.to) &&
      (levels === null || levels.has(at.level)) &&
      (joined === null ? at.with === null : at.with !== null && joined.includes(at.with)),
  );
}

/** The fields of a few data of a cell, each with what it is joined with, either way round. */
function piecesOf({ data }: Cell): readonly Datum[] {
  return data.slice(0, 4).flatMap((datum): readonly Datum[] => {
    const { field, with: other } = datum;
    return other === null ? [datum] : [datum, { ...datum, field: other, with: field }];
  });
}
const nothing: AllApart = { always: [], atOneAge: [], isCoarse: false };

const models = [
  flight,
  ...Array.from({ length: 60 }, (_, index) => {
    const { policy, files } = randomProject(index + 1);
    return compile(files).model(policy) as Model;
  }),
];

test("of random policies, those are apart that no facts allow together, as cells are decided one by one", () => {
  let [apart, together, aged] = [0, 0, 0];
  const joins = { apart: 0, together: 0 };
  for (const [index, model] of models.entries()) {
    const space = new DecisionSpace(model);
    const scales = new Scales(space.world, space.ground.places);
    for (const interaction of model.interactions) {
      const found = possibleIn(space.of(interaction), scales);
      const cells = [...space.cells({ interactions: [interaction.id] })].filter((cell) =>
        isSatisfiable(space.decide(cell).decision.allowed),
      );
      for (const one of cells) {
        for (const other of cells) {
          if (one === other || one.operation !== other.operation) continue;
          const purpose = one.purposes.find((each) => other.purposes.includes(each));
          const route = one.routes.find((each) => other.routes.some((same) => isDeepStrictEqual(each, same)));
          if (purpose === undefined || route === undefined) continue;
          const asked = [one, other].map((cell) => space.decide(cell));
          if (asked[0]?.facts !== asked[1]?.facts) continue;
          const all = asked[0]?.facts.diagrams.all(asked.map(({ decision }) => decision.allowed)) as Node;
          const { always, atOneAge } = found.get(one.operation)?.apart ?? nothing;
          for (const { field, with: joined, level } of piecesOf(one)) {
            for (const second of piecesOf(other)) {
              if (field === second.field || joined !== second.with || level !== second.level) continue;
              const at = { purpose, channel: route.channel, to: route.recipient, level, with: joined };
              const told = `model ${index}: ${one.operation} ${field} and ${second.field}, ${JSON.stringify(at)}`;
              const isEver = isApart(always, field, second.field, at);
              const isOfOneAge = isApart(atOneAge, field, second.field, at);
              expect(isEver || isOfOneAge, told).toBe(all === FALSE);
              if (isEver) apart++;
              else if (isOfOneAge) aged++;
              else together++;
              if (joined !== null) joins[all === FALSE ? "apart" : "together"]++;
            }
          }
        }
      }
    }
  }
  expect(apart).toBeGreaterThan(100);
  expect(together).toBeGreaterThan(5_000);
  expect(aged).toBeGreaterThan(0);
  expect(joins.apart).toBeGreaterThan(0);
  expect(joins.together).toBeGreaterThan(100);
});

test("what the reference evaluator allows in one request is not apart", () => {
  let allowed = 0;
  for (const [index, model] of models.entries()) {
    const space = new DecisionSpace(model);
    const reference = evaluator(model);
    const scales = new Scales(space.world, space.ground.places);
    const found = new Map(model.interactions.map((one) => [one.id, possibleIn(space.of(one), scales)]));
    const fields = [...space.world.names.fields.keys()];
    for (const raw of randomRequests(model, index + 1, 100)) {
      if (reference.decide(raw).decision === "deny") continue;
      for (const more of fields) {
        const wider = { ...raw, data: [raw.data, more].flat() };
        if (reference.decide(wider).decision === "deny") continue;
        const request = readRequest(space.world, wider);
        if (!("interaction" in request)) throw new Error("A request that is allowed makes sense.");
        const { always, atOneAge } = found.get(request.interaction)?.get(request.operation)?.apart ?? nothing;
        const isOfOneAge = request.pieces.every((piece) => piece.age === undefined);
        const list = isOfOneAge ? [...always, ...atOneAge] : always;
        const to = raw.recipient == null ? null : (request.recipients[0] as Id);
        const joined = request.with?.field ?? null;
        const second = (request.pieces.at(-1) as { readonly field: Id }).field;
        for (const { field } of request.pieces)
          expect(
            isApart(list, field, second, { ...request, to, with: joined }),
            `model ${index}: ${JSON.stringify(wider)}`,
          ).toBe(false);
        allowed++;
      }
    }
  }
  expect(allowed).toBeGreaterThan(500);
});
