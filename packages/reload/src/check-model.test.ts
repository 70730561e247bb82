import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile, type PolicyFile } from "@scruple/compiler";
import { emitJson } from "@scruple/emit";
import { hashModel, type Model } from "@scruple/model";
import { Dice, randomProject, readCorpus } from "@scruple/testkit";
import { expect, test } from "vitest";
import { checkModel } from "./check-model.ts";

const examples = fileURLToPath(new URL("../../../examples/", import.meta.url));

/** The models of a program, as they are read from files. */
function builtOf(files: readonly PolicyFile[]): Model[] {
  const program = compile(files);
  const models = program.policies.flatMap(({ name }) => program.model(name) ?? []);
  return models.map((model) => JSON.parse(emitJson(model).code));
}

/** The policies of each example. */
function stories(): PolicyFile[][] {
  const byFolder = new Map<string, PolicyFile[]>();
  for (const path of readdirSync(examples, { recursive: true, encoding: "utf8" }).sort()) {
    const [folder = "", inside] = path.split(/[\\/]policies[\\/]/);
    if (inside === undefined || !path.endsWith(".scruple") || path.includes("node_modules")) continue;
    const file = { path, text: readFileSync(join(examples, path), "utf8") };
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), file]);
  }
  return [...byFolder.values()];
}

const seeds = Array.from({ length: 60 }, (_, seed) => seed);
const compiled: readonly (readonly [string, () => readonly Model[]])[] = [
  ["the corpus", () => readCorpus().good.flatMap(({ files }) => builtOf(files))],
  ["the examples", () => stories().flatMap(builtOf)],
  ["random policies", () => seeds.flatMap((seed) => builtOf(randomProject(seed).files))],
];

test.each(compiled)("%s are trusted as they were compiled", (_, models) => {
  const all = models();
  expect(all.length).toBeGreaterThan(9);
  for (const model of all) expect(checkModel(model).model.policy).toBe(model.policy);
});

/** A denial that nests as deeply as the language does. */
const nested: readonly (readonly [string, string])[] = [
  ["conditions", `when ${"(a or b and not ".repeat(128)}a${")".repeat(128)}`],
  ["exceptions", `${"except when a ".repeat(256)}`],
];

test.each(nested)("%s may be nested as deeply as the language nests them", (_, clause) => {
  const text = `policy shop
facts { a : bool b : bool }
purpose care
recipient guest
channel desk reaches guest
category taste
source stays provided { pillow : taste }
interaction greet { purposes care channels desk never: deny use taste ${clause} }
`;
  const [model] = builtOf([{ path: "shop.scruple", text }]);
  expect(checkModel(model).model.policy).toBe("shop");
});

/** Where a model names something: how to change it, and what stands there. */
interface Reference {
  readonly at: string;
  readonly name: string;
  readonly change: (name: string) => void;
}

/** The keys of a model, and of what is in it, whose values are names of what is declared elsewhere in it. */
const naming = new Set(
  "within collectedFor consentFor exceptFor categories reaches purposes channels recipients interaction purpose duty condition fact left right".split(
    " ",
  ),
);

/** Every name in a model that stands for something declared in it. */
function* referencesIn(value: object, at: string, key: string): Generator<Reference> {
  for (const [own, item] of Object.entries(value)) {
    const name = Array.isArray(value) ? key : own;
    const isDataRef = own === "id" && Object.hasOwn(value, "kind");
    if (typeof item === "string" && (naming.has(name) || isDataRef))
      yield { at: `${at}/${own}`, name: item, change: (other) => Reflect.set(value, own, other) };
    else if (typeof item === "object" && item !== null) yield* referencesIn(item, `${at}/${own}`, name);
  }
}

test("a model is refused where any of its references leads to what is not declared, though its hash is right", () => {
  let altered = 0;
  for (const seed of seeds) {
    const dice = new Dice(seed);
    for (const model of builtOf(randomProject(seed).files)) {
      for (let i = 0; i < 6; i++) {
        const changed: Model & { hash?: string } = structuredClone(model);
        delete changed.hash;
        const references = [...referencesIn(changed, "#", "")];
        if (references.length === 0) continue;
        const { at, name, change } = dice.pick(references);
        change(dice.chance(0.5) ? `${name}_` : `elsewhere.${name}`);
        changed.hash = hashModel(changed);
        expect(() => checkModel(changed), `seed ${seed}, ${at}`).toThrow("contradicts itself");
        altered++;
      }
    }
  }
  expect(altered).toBeGreaterThan(300);
});
