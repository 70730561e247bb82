import { evaluator, hashModel } from "@scruple/model";
import { expect, test } from "vitest";
import { knowMe, offer } from "../fixtures/know-me.ts";
import { emitJson } from "./emit-json.ts";

test("the file is the model, with its hash", () => {
  const model = knowMe();
  const { fileName, code } = emitJson(model);
  const { hash, ...rest } = JSON.parse(code);
  expect(fileName).toBe("airline.know_me.model.json");
  expect(rest).toEqual(model);
  expect(hash).toBe(hashModel(model));
});

test("who reads it back has the same policy, of the same hash", () => {
  const read = JSON.parse(emitJson(knowMe()).code);
  expect(hashModel(read)).toBe(read.hash);
  expect(evaluator(read).decide(offer)).toEqual(evaluator(knowMe()).decide(offer));
});
