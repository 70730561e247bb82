import { atomsOf, type Cell, DecisionSpace, isSatisfiable } from "@scruple/analysis";
import { compile } from "@scruple/compiler";
import { type Id, type Model, reportedName, type World } from "@scruple/model";
import { randomProject } from "@scruple/testkit";
import { expect, test } from "vitest";
import { frontDesk } from "../fixtures/front-desk.ts";
import { type WrittenCall, WrittenTypes } from "../fixtures/read-types.ts";
import { typecheck } from "../fixtures/typecheck.ts";
import { emitDeclarations } from "./declarations.ts";
import { shortNames } from "./short-names.ts";

function randomModel(seed: number): Model {
  const { policy, files } = randomProject(seed);
  return compile(files).model(policy) as Model;
}

/** Two scales meet in pairs; denials and exceptions name levels of the one or the other. */
const ofTwoScales = compile([
  {
    path: "policies/scales.scruple",
    text: `policy scales
purpose stay
recipient guest
recipient staff
channel desk reaches guest, staff
channel mail reaches guest
category whereabouts precision exact, city, country
category income precision amount, band
category taste
source bookings provided {
  home : whereabouts
  work : whereabouts
  pay  : income
  room : taste
}
facts {
  busy : bool
  calm : bool
  late : bool
}
interaction match {
  purposes stay
  channels desk, mail
  pair: allow combine any with any
  home: deny combine bookings.home with bookings.pay at city when busy
  pay: deny combine income with whereabouts at band unless calm
  paid: deny combine bookings.work with income at amount when late
  work: deny combine bookings.work on mail when calm except at country when late
  near: deny combine bookings.room with bookings.work at exact
  shown: allow use, disclose any at city
  far: deny disclose whereabouts at city to guest when busy except on desk at country when late
}
`,
  },
]).model("scales") as Model;

const models = [frontDesk(), ofTwoScales, ...[2, 3, 5, 8, 13, 21, 34, 55, 89, 144].map(randomModel)];

/** The call of a cell's kind that names one of its data, purposes and routes, at a level at which a request gets that. */
function* callsOf(world: World, cell: Cell): Generator<WrittenCall> {
  const names = shortNames(world.names);
  const { interaction, operation } = cell;
  const levelsOf = (field: Id) => world.fields.get(field)?.levels ?? [];
  const reads = (field: Id, level: string | null) => Math.max(0, levelsOf(field).indexOf(level ?? ""));
  for (const { field, with: joined, level } of cell.data)
    for (const [one, other] of joined === null
      ? [[field, null] as const]
      : ([
          [field, joined],
          [joined, field],
        ] as const))
      for (const at of [null, ...new Set([field, joined ?? field].flatMap(levelsOf))]) {
        if ([field, joined ?? field].some((piece) => reads(piece, at) !== reads(piece, level))) continue;
        for (const purpose of cell.purposes)
          for (const { channel, recipient } of cell.routes)
            yield {
              interaction: interaction.name,
              operation,
              field: names.fields.get(one) as string,
              with: other && (names.fields.get(other) as string),
              for: names.purposes.get(purpose) as string,
              on: names.channels.get(channel) as string,
              to: recipient && (names.recipients.get(recipient) as string),
              at,
            };
      }
}

/** The facts in the conditions of the rules, and of their exceptions, that select a cell; the age whichever piece it is of. */
function mentionedIn(world: World, { rules, interaction }: Cell): readonly string[] {
  const facts = [
    ...atomsOf(
      world,
      rules.flatMap(({ condition }) => condition),
    ),
  ].flatMap((atom) => {
    if ("fact" in atom) return reportedName(atom.fact);
    if (atom.op === "compareFacts") return [atom.left, atom.right].map(reportedName);
    return atom.op === "consent" || atom.op === "objection" ? `${atom.op}s` : [];
  });
  return [...new Set([...facts, ...(interaction.until === null ? [] : ["today"])])].sort();
}

/** Of all calls that an application could write with the names of a policy, one field to a call: so many, evenly. */
function* someCalls({ model, fields, names }: World, count: number): Generator<WrittenCall> {
  const { fields: fieldNames, purposes, channels, recipients } = shortNames(names);
  const data = [...fieldNames.values()];
  const levels = new Set([...fields.values()].flatMap((one) => one.levels));
  for (const operation of ["collect", "infer", "use", "disclose", "combine"]) {
    const dimensions: readonly (readonly (string | null)[])[] = [
      model.interactions.map(({ name }) => name),
      data,
      operation === "combine" ? data : [null],
      [...purposes.values()],
      [...channels.values()],
      [null, ...recipients.values()],
      [null, ...levels],
    ];
    const all = dimensions.reduce((product, { length }) => product * length, 1);
    for (let index = 0; index < all; index += Math.max(1, all / count)) {
      let rest = Math.floor(index);
      const [interaction, field, joined, purpose, on, to, at] = dimensions.map((values) => {
        const value = values[rest % values.length];
        rest = Math.floor(rest / values.length);
        return value ?? null;
      }) as [string, string, string | null, string, string, string | null, string | null];
      yield { interaction, operation, field, with: joined, for: purpose, on, to, at };
    }
  }
}

function keyOf(call: WrittenCall): string {
  return Object.values(call).join();
}

test("a call compiles if there are facts at which it is allowed, and asks for what the rules mention that select it", () => {
  let [compiled, refused, asking] = [0, 0, 0];
  for (const [index, model] of models.entries()) {
    const space = new DecisionSpace(model);
    const { world } = space;
    const written = new WrittenTypes(emitDeclarations(model, space));
    const expected = new Map<string, readonly string[]>();
    for (const cell of space.cells()) {
      if (!isSatisfiable(space.decide(cell).decision.allowed)) continue;
      const facts = mentionedIn(world, cell);
      for (const call of callsOf(world, cell)) {
        expected.set(keyOf(call), facts);
        if (!written.accepts(call)) expect.fail(`model ${index}: ${keyOf(call)} could be allowed`);
        expect(written.asked(call), `model ${index}: ${keyOf(call)}`).toEqual(facts);
        asking += facts.length;
      }
    }
    for (const call of someCalls(world, 20_000)) {
      if (expected.has(keyOf(call))) continue;
      if (written.accepts(call)) expect.fail(`model ${index}: ${keyOf(call)} is never allowed`);
      refused++;
    }
    compiled += expected.size;
  }
  expect(compiled).toBeGreaterThan(10_000);
  expect(refused).toBeGreaterThan(10_000);
  expect(asking).toBeGreaterThan(10_000);
});

/** A prepared check of a call, that tells these facts and no others. */
function written({ interaction, operation, field, ...place }: WrittenCall, facts: readonly string[]): string {
  const { with: joined, for: purpose, on, to, at } = place;
  const said = { operation, data: field, for: purpose, on, to, at, with: joined };
  const act = Object.entries(said).flatMap(([name, value]) =>
    value === null ? [] : `${name}: ${JSON.stringify(value)}`,
  );
  const attributes = facts.filter((fact) => fact.startsWith("subject.")).map((fact) => fact.slice("subject.".length));
  const moment = facts.filter((fact) => !fact.startsWith("subject.") && !besides.has(fact));
  const all = (names: readonly string[]) => `{ ${names.map((name) => `${JSON.stringify(name)}: unknown`).join(", ")} }`;
  const known = [
    `facts: ${all(moment)}`,
    `subject: ${all(attributes)}`,
    ...["consents", "objections"].filter((name) => facts.includes(name)).map((name) => `${name}: unknown`),
  ];
  return `guard[${JSON.stringify(interaction)}].prepare({ ${act.join(", ")} })({ ${known.join(", ")} });`;
}
/** What calls tell elsewhere than among the facts of the moment. */
const besides: ReadonlySet<string> = new Set(["data.age", "consents", "objections"]);

test("the compiler reads the types as this test does: it refuses what they do not have, a fact too few and a fact too many", () => {
  const files: Record<string, string> = {};
  const wrong = new Map<string, string>();
  let right = 0;
  for (const [index, model] of [frontDesk(), ofTwoScales, ...[5, 13, 34, 55].map(randomModel)].entries()) {
    const space = new DecisionSpace(model);
    const text = emitDeclarations(model, space);
    const types = new WrittenTypes(text);
    const lines = [
      `import { unknown } from "@scruple/runtime";`,
      `import factory from "./m${index}.guard.js";`,
      "const guard = factory.inMemory();",
    ];
    const add = (line: string, isWrong: boolean) => {
      lines.push(line);
      if (isWrong) wrong.set(`m${index}.app.ts(${lines.length}): `, line);
      else right++;
    };
    const taken = new Map<string, number>();
    const isNew = (kind: string, most: number) => {
      const count = (taken.get(kind) ?? 0) + 1;
      taken.set(kind, count);
      return count <= most;
    };
    const known = model.facts.map(({ name }) => name).concat("local_time", "today", "group_size");
    for (const call of someCalls(space.world, 4_000)) {
      if (!types.accepts(call)) {
        if (isNew(`${call.operation} refused`, 6)) add(written(call, []), true);
        continue;
      }
      if (!isNew(`${call.operation} allowed`, 6)) continue;
      const facts = types.asked(call);
      add(written(call, facts), false);
      const [needed] = facts.filter((fact) => fact !== "data.age");
      if (needed !== undefined)
        add(
          written(
            call,
            facts.filter((fact) => fact !== needed),
          ),
          true,
        );
      const more = known.find((fact) => !facts.includes(fact));
      if (more !== undefined) add(written(call, [...facts, more]), true);
    }
    files[`m${index}.guard.d.ts`] = text;
    files[`m${index}.app.ts`] = lines.join("\n");
  }
  const said = typecheck(files);
  expect(said.filter((line) => ![...wrong.keys()].some((place) => line.startsWith(place)))).toEqual([]);
  expect([...wrong].filter(([place]) => !said.some((line) => line.startsWith(place)))).toEqual([]);
  expect(right).toBeGreaterThan(50);
  expect(wrong.size).toBeGreaterThan(100);
});
