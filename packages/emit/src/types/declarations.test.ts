import { DecisionSpace } from "@scruple/analysis";
import { compile } from "@scruple/compiler";
import type { Model } from "@scruple/model";
import { beforeAll, describe, expect, test } from "vitest";
import { frontDesk } from "../fixtures/front-desk.ts";
import { hostile, hostilePolicy } from "../fixtures/hostile-policy.ts";
import { knowMe } from "../fixtures/know-me.ts";
import { named } from "../fixtures/named.ts";
import { typecheck } from "../fixtures/typecheck.ts";
import { emitDeclarations } from "./declarations.ts";

const requests = `
  import { decide, policy, type Request } from "./airline.know_me.guard.js";
  const request: Request = {
    interaction: "offer", operation: "use", purpose: "marketing", channel: "sms",
    data: ["bookings.email", { field: "airline.know_me.bookings.seat", age: "12 days" }],
    subject: { age: 34, region: "eu", tags: ["gold"], "first-name": "Ada" },
    facts: { local_time: "09:30", today: null },
    consents: [{ purpose: "any", channel: "sms", explicit: true }],
  };
  const rules: readonly string[] = decide(request).rules;
  const name: string = policy.name;
  decide({ ...request, operation: "combine", with: "bookings.home", precision: "city" });
  // @ts-expect-error an interaction that nobody declared
  decide({ ...request, interaction: "offers" });
  // @ts-expect-error a field that nobody declared
  decide({ ...request, data: "bookings.emial" });
  // @ts-expect-error a value that the region cannot have
  decide({ ...request, subject: { region: "us" } });
  // @ts-expect-error a fact of the wrong type
  decide({ ...request, facts: { local_time: 930 } });
  // @ts-expect-error what the data is joined with is missing
  decide({ ...request, operation: "combine" });
  // @ts-expect-error a key that no request has
  const wrong: Request = { ...request, surprise: 1 };
  // @ts-expect-error decisions do not change
  decide(request).decision = "allow";
`;

const head = `
import { dated, seal, type Stores } from "@scruple/runtime/enforce";
import { unknown } from "@scruple/runtime";
import { previews } from "@scruple/runtime/preview";
import { frontDesk, type Types } from "./hotel.front_desk.guard.js";
import { named } from "./p.named.guard.js";
declare const stores: Stores;
const subject = async (id: string) => ({ age: 34, club: true, more: id });
const note = ({ subject, arguments: { why, within } }: { subject: string | null; arguments: { why: string; within: number } }) => \`\${subject} \${why} \${within}\`;
const guard = frontDesk({ stores, subject, duties: { note } });
const room = () => "12A";
const letter = { subject: "p1", on: "mail", facts: { local_time: "10:00" }, key: "k" } as const;
const atDesk = { subject: "p1", on: "desk" } as const;
declare const anyRoute: { readonly subject: string; readonly for: "marketing"; readonly on: "desk" | "mail"; readonly facts: { readonly local_time: "10:00" } };
`;

const good = `${head}
const out = await guard.offer.act(letter, { "bookings.email": async () => dated("a@b", new Date()) }, ({ "bookings.email": to }) => to.length);
if (out.done) { const count: number = out.value; } else { const wait: number | null = out.denial.retryAfter; }
const { values, withheld } = await guard.welcome.show(atDesk, { "bookings.room": async () => seal("bookings.room", "12A") });
const shown: string | undefined = values["bookings.room"];
const why: readonly string[] | undefined = withheld["bookings.room"]?.because;
await guard.welcome.act({ ...atDesk, operation: "use", key: "k" }, { "bookings.room": room }, () => {});
await guard.welcome.act({ ...atDesk, operation: "use", at: "city", facts: { busy: unknown }, key: "k" }, { "bookings.room": room, "bookings.home": room }, () => {});
const small = await guard.welcome.minimize({ ...atDesk, operation: "use", facts: { busy: false } }, { "bookings.room": "12A", "bookings.home": [1], "other": 1 });
const same: string | undefined = small.values["bookings.room"];
const advice: "likely" | "no" = await guard.parcel.preview({ subject: null, for: "stay", on: "mail", to: "guest", facts: { local_time: unknown } }, ["bookings.email"]);
await guard.welcome.minimize({ ...atDesk, operation: "use" }, { "bookings.room": "12A" });
await guard.offer.decide({ ...letter, for: "news" }, ["bookings.email"]);
const mayWrite = guard.offer.prepare({ data: "bookings.email", on: "mail" });
const person = { age: 34, name: "Ada", consents: [{ purpose: "marketing", channel: "any" }] };
const yes: boolean = mayWrite({ subject: person, consents: person.consents, objections: [], dataAge: "3 days", facts: { local_time: "10:00" } });
guard.welcome.prepare({ operation: "use", data: ["bookings.room", "bookings.home"], on: "desk", at: "city" })({ facts: { busy: unknown } });
await guard.gift.decide({ subject: "p1", for: "stay", on: "desk" }, ["bookings.room"]);
await guard.gift.decide({ subject: "p1", for: "marketing", on: "mail", facts: { local_time: "10:00" } }, ["bookings.email"]);
await guard.gift.decide({ subject: "p1", for: "marketing", on: "desk", to: "guest" }, ["bookings.email"]);
declare const anywhere: { readonly subject: string; readonly for: "news" | "marketing"; readonly on: "desk" | "mail"; readonly to: "guest"; readonly facts: { readonly local_time: "10:00" } };
await guard.gift.act({ ...anywhere, key: "k" }, { "bookings.email": room }, ({ "bookings.email": it }) => it.length);
await guard.match.decide({ subject: "p1", on: "desk", with: "bookings.email", facts: { busy: unknown } }, ["bookings.room"]);
await guard.match.act({ subject: "p1", on: "desk", with: "bookings.room", key: "k" }, { "bookings.home": room, "bookings.room": room }, ({ "bookings.home": here }) => here);
const mayMatch: boolean = guard.match.prepare({ data: "bookings.room", with: "bookings.email", on: "desk" })({ facts: { busy: false } });
const inBrowser = await previews<Types>(async (question) => fetchJson(question)).offer.preview({ on: "mail", facts: { local_time: "10:00" } }, ["bookings.email"]);
declare function fetchJson(body: object): Promise<unknown>;
const world = frontDesk.inMemory({ now: "2026-01-14T09:00Z", consents: [{ subject: "p1", purpose: "marketing", channel: "any" }], subjects: { p1: { age: 34 } } });
const spent: number = await world.spent("offer.enough", "p1");
const tiny = named.inMemory();
const twice: [number, readonly string[]] = [await tiny.spent("spent.twice", "p1"), (await tiny.spent.decide({ subject: "p1", on: "c" }, ["s.f"])).rules];
const many: number = tiny.entries.length + (await tiny.entries.decide({ subject: "p1", on: "c" }, ["s.f"])).rules.length;
frontDesk({ stores, subject: () => ({ age: unknown, nick: "Bo" }), duties: { note }, generalise: { "bookings.home": { city: (home: string) => home } } });
`;

/** Calls that do not compile, and what the compiler says of each. */
const bad: readonly (readonly [call: string, message: RegExp])[] = [
  [
    'guard.welcome.show(atDesk, { "social.other_post": room })',
    /Refused<"`private`: What guests post is not for us\.">/,
  ],
  [
    'guard.welcome.show(atDesk, { "bookings.room": room, "bookings.email": room })',
    /Refused<"no rule of `welcome` ever allows to disclose it">/,
  ],
  ['guard.welcome.show(atDesk, { "bookings.rom": room })', /Refused<"there is no field of this short name">/],
  [
    'guard.welcome.show({ ...atDesk, on: "hotel.front_desk.desk" }, { "bookings.room": room })',
    /'"hotel.front_desk.desk"' is not assignable to type 'Only<"desk", "welcome", "allows nothing on a channel of this short name">'/,
  ],
  [
    'guard.welcome.show(atDesk, { "hotel.front_desk.bookings.room": room })',
    /Refused<"there is no field of this short name">/,
  ],
  [
    'guard.welcome.show({ ...atDesk, on: "mail" }, { "bookings.room": room })',
    /'"mail"' is not assignable to type 'Only<"desk", "welcome", "allows nothing on a channel of this short name">'/,
  ],
  [
    'guard.welcome.show({ ...atDesk, for: "marketing" }, { "bookings.room": room })',
    /"welcome", "is for no purpose of this short name"/,
  ],
  [
    'guard.parcel.decide({ subject: "p1", for: "stay", on: "desk", to: "staff" }, ["bookings.email"])',
    /"parcel", "allows nothing to a recipient of this short name"/,
  ],
  [
    'guard.welcome.decide({ ...atDesk, operation: "use", at: "exact", facts: { busy: false } }, ["bookings.home"])',
    /'"exact"' is not assignable to type 'Only<"city", "welcome", "allows nothing at such a level">'/,
  ],
  [
    'guard.parcel.decide({ subject: "p1", on: "desk", facts: { local_time: unknown } }, ["bookings.email"])',
    /'for' is missing/,
  ],
  ['guard.welcome.decide(atDesk, ["bookings.room"])', /'operation' is missing/],
  [
    'guard.welcome.act({ ...atDesk, operation: "collect", key: "k" }, { "search.photo": room }, () => {})',
    /'"collect"' is not assignable/,
  ],
  [
    'guard.welcome.decide({ ...atDesk, operation: "use", at: "city", facts: {} }, ["bookings.home"])',
    /'busy' is missing/,
  ],
  ['guard.welcome.decide({ ...atDesk, operation: "use", at: "city" }, ["bookings.home"])', /'facts' is missing/],
  [
    'guard.offer.decide({ ...letter, facts: { local_time: "10:00", busy: true } }, ["bookings.email"])',
    /Refused<"no answer in `offer` depends on it here">/,
  ],
  [
    'guard.welcome.decide({ ...atDesk, operation: "use", at: "city", facts: { busy: null } }, ["bookings.home"])',
    /'null' is not assignable to type 'boolean \| Unknown'/,
  ],
  ['guard.offer.decide(letter, ["bookings.room"])', /Refused<"`offer\.secret`: A room is nobody's business\.">/],
  ['guard.offer.show(letter, { "bookings.email": room })', /Refused<"nothing may ever be disclosed in `offer`">/],
  [
    'guard.never.act({ ...atDesk, key: "k" }, { "bookings.room": room }, () => {})',
    /Refused<"nothing is ever allowed in `never`">/,
  ],
  [
    'guard.offer.act({ subject: "p1", on: "mail", facts: { local_time: "10:00" } }, { "bookings.email": room }, () => {})',
    /'key' is missing/,
  ],
  [
    'guard.offer.act(letter, { "bookings.email": room }, ({ "bookings.room": it }) => it)',
    /'bookings\.room' does not exist/,
  ],
  [
    '(await guard.offer.act(letter, { "bookings.email": room }, () => 1)).value',
    /'value' does not exist on type 'Outcome<number>'/,
  ],
  [
    'guard.welcome.show(atDesk, { "bookings.room": () => seal("bookings.email", "a@b") })',
    /Refused<"it was sealed for `bookings\.email`">/,
  ],
  [
    'guard.offer.prepare({ data: "bookings.room", on: "mail" })',
    /Refused<"`offer\.secret`: A room is nobody's business\.">/,
  ],
  [
    'guard.offer.prepare({ data: "bookings.email", on: "mail" })({ consents: [], objections: [], facts: { local_time: "10:00" } })',
    /'subject' is missing/,
  ],
  [
    'guard.offer.prepare({ data: "bookings.email", on: "mail" })({ subject: { age: 3 }, objections: [], facts: { local_time: "10:00" } })',
    /'consents' is missing/,
  ],
  [
    'previews<Types>(async () => 1).offer.preview({ on: "mail", facts: { local_time: "10:00" } }, ["bookings.room"])',
    /Refused<"`offer\.secret`/,
  ],
  [
    'guard.gift.decide({ subject: "p1", for: "stay", on: "desk" }, ["bookings.room", "bookings.email"])',
    /Refused<"no rule of `gift` ever allows to use it for `stay` on `desk` to all whom it reaches">/,
  ],
  [
    'guard.gift.decide({ subject: "p1", for: "marketing", on: "desk" }, ["bookings.email"])',
    /Refused<"no rule of `gift` ever allows to use it for `marketing` on `desk` to all whom it reaches">/,
  ],
  [
    'guard.gift.prepare({ data: "bookings.email", for: "marketing", on: "desk", to: "staff" })',
    /Refused<"no rule of `gift` ever allows to use it for `marketing` on `desk` to `staff`">/,
  ],
  [
    'guard.gift.act({ subject: "p1", for: "stay", on: "mail", facts: { local_time: unknown }, key: "k" }, { "bookings.room": room }, () => 1)',
    /Refused<"`gift\.spoken`: Rooms are not written of\.">/,
  ],
  [
    '(await guard.gift.minimize({ subject: "p1", for: "stay", on: "desk" }, { "bookings.room": "12A", "bookings.email": "a@b" })).values["bookings.email"]',
    /'"bookings\.email"' can't be used to index|'bookings\.email' does not exist/,
  ],
  [
    'guard.welcome.decide({ ...atDesk, operation: "use", facts: { busy: false } }, ["bookings.room", "bookings.home"])',
    /Refused<"no rule of `welcome` ever allows to use it on `desk` to all whom it reaches at its finest level">/,
  ],
  [
    'guard.gift.decide({ subject: "p1", for: "marketing", on: "mail", to: "staff", facts: { local_time: unknown } }, ["bookings.email"])',
    /Refused<"`mail` does not reach `staff`">/,
  ],
  [
    'guard.welcome.decide({ ...atDesk, operation: "use", at: "city" }, ["bookings.room"])',
    /Refused<"none of the data has the level `city`">/,
  ],
  [
    'guard.welcome.prepare({ operation: "use", data: "bookings.room", on: "desk", at: "city" })',
    /Refused<"none of the data has the level `city`">/,
  ],
  [
    'guard.welcome.act({ ...atDesk, operation: "use", at: "city", key: "k" }, { "bookings.room": room }, () => 1)',
    /Refused<"none of the data has the level `city`">/,
  ],
  [
    'guard.gift.decide({ subject: "p1", for: "stay", on: "desk", facts: { local_time: unknown } }, ["bookings.room"])',
    /Refused<"no answer in `gift` depends on it here">/,
  ],
  ['guard.gift.decide({ subject: "p1", for: "news", on: "mail" }, ["bookings.email"])', /'facts' is missing/],
  ['guard.gift.prepare({ data: "bookings.email", for: "news", on: "mail" })({ facts: {} })', /'local_time' is missing/],
  [
    'guard.welcome.decide({ ...atDesk, operation: "use", at: "city", facts: {} }, ["bookings.room", "bookings.home"])',
    /'busy' is missing/,
  ],
  [
    'guard.welcome.act({ ...atDesk, operation: "use", facts: { busy: false }, key: "k" }, { "bookings.room": room }, () => {})',
    /Refused<"no answer in `welcome` depends on it here">/,
  ],
  [
    'guard.welcome.minimize({ ...atDesk, operation: "use" }, { "bookings.room": "12A", "bookings.home": "Rome" })',
    /'facts' is missing/,
  ],
  [
    'guard.gift.act({ ...anyRoute, key: "k" }, { "bookings.email": room }, () => 1)',
    /Refused<"no rule of `gift` ever allows to use it for `marketing` on `desk` to all whom it reaches">/,
  ],
  [
    'guard.match.decide({ subject: "p1", on: "desk", with: "bookings.email" }, ["bookings.home"])',
    /Refused<"no rule of `match` ever allows to combine it with `bookings.email` on `desk` to all whom it reaches at its finest level">/,
  ],
  ['guard.match.decide({ subject: "p1", on: "desk" }, ["bookings.room"])', /'with' is missing/],
  [
    'guard.gift.decide({ subject: "p1", for: "stay", on: "desk", with: "bookings.email" }, ["bookings.room"])',
    /'string' is not assignable to type 'Refused<"only `combine` joins data">'/,
  ],
  [
    'guard.match.decide({ subject: "p1", on: "desk", with: "search.photo" }, ["bookings.room"])',
    /'"search.photo"' is not assignable to type .*"match", "allows nothing to be joined with a field of this short name">'/,
  ],
  [
    'guard.match.decide({ subject: "p1", on: "desk", with: "bookings.home", facts: { busy: true } }, ["bookings.room"])',
    /Refused<"no answer in `match` depends on it here">/,
  ],
  ["guard.welcom", /'welcom' does not exist/],
  ["frontDesk({ stores, subject })", /'duties' is missing/],
  ["frontDesk({ stores, subject, duties: {} })", /'note' is missing/],
  [
    "frontDesk({ stores, subject: () => ({ club: true }), duties: { note } })",
    /not assignable to type 'Attributes<Types>/,
  ],
];

let said: readonly string[] = [];
beforeAll(() => {
  said = typecheck({
    "airline.know_me.guard.d.ts": emitDeclarations(knowMe()),
    "hotel.front_desk.guard.d.ts": emitDeclarations(frontDesk()),
    "p.named.guard.d.ts": emitDeclarations(named()),
    ...Object.fromEntries(hostile.map((text, i) => [`hostile-${i}.d.ts`, emitDeclarations(hostilePolicy(text))])),
    "requests.ts": requests,
    "good.ts": good,
    "bad.ts": head + bad.map(([call]) => `void (${call});\n`).join(""),
  });
});
const about = (file: string) => said.filter((line) => line.startsWith(`${file}(`));

test("a request with the policy's names compiles, and any other does not", () => {
  expect(about("requests.ts")).toEqual([]);
});

test("what is declared compiles by itself, whatever its names, and so do calls that may be allowed", () => {
  expect(said.filter((line) => !line.startsWith("bad.ts("))).toEqual([]);
});

describe("the compiler refuses, and says why:", () => {
  const first = head.split("\n").length;
  test.each(bad.map(([call, message], index) => [call, message, index] as const))("%s", (_, message, index) => {
    const told = about(`bad.ts`).filter((line) => line.startsWith(`bad.ts(${first + index}): `));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(message);
  });
});

test("what is said of fields is what the model says, also where its space stands on that of one that said otherwise", () => {
  const file = (said: string) => ({
    path: "policies/desk.scruple",
    text: `policy desk\ncategory identity\nsource bookings provided {\n  ${said}\n  name : identity\n}\nrecipient staff\npurpose stay\nchannel counter reaches staff\ninteraction arrival {\n  purposes stay\n  channels counter\n  greet: allow use bookings.name\n}\n`,
  });
  const before = compile([file("/// As it stands in the passport.")]);
  expect(before.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const after = compile([file("/// As the guest likes to be called.")], {}, before);
  after.diagnostics;
  const text = emitDeclarations(after.model("desk") as Model, after.space("desk") as DecisionSpace);
  expect(text).toContain("As the guest likes to be called.");
  expect(text).not.toContain("As it stands in the passport.");
});

test("what is too complex to tell compiles, and its types say so", () => {
  const model = frontDesk();
  const text = emitDeclarations(model, new DecisionSpace(model, { limit: 5 }));
  expect(text).toMatch(/Coarse: some combinations are too complex to tell .* \*\/\n +readonly use: /);
  expect(emitDeclarations(model)).not.toContain("Coarse");
});
