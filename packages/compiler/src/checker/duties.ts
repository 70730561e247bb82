import type { DutyCall } from "@scruple/syntax";
import { nearest } from "../binder/nearest.ts";
import { replaceFix, spell } from "../binder/spelling.ts";
import type { DutySymbol } from "../binder/symbols.ts";
import { missingArgument } from "../diagnostics/missing-argument.ts";
import { repeatedArgument } from "../diagnostics/repeated-argument.ts";
import { unknownParameter } from "../diagnostics/unknown-parameter.ts";
import type { Checking, Place } from "./checking.ts";
import { checkValue } from "./values.ts";

/** Sees that every duty is given each of its parameters once, with a value of its type; keeps the values. */
export function checkDuties(checking: Checking, place: Place, calls: readonly DutyCall[]): void {
  for (const call of calls) {
    const duty = checking.resolver.find(place.scope, place.unit, call.duty, "duty");
    if (duty) checkCall(checking, place, call, duty);
  }
}

function checkCall(checking: Checking, place: Place, call: DutyCall, duty: DutySymbol): void {
  const { findings } = checking;
  const parameters = new Map(duty.node.parameters.map((parameter) => [parameter.name.text, parameter]));
  const related = [{ file: duty.unit.path, ...duty.at, message: `\`${duty.name}\` is declared here.` }];
  const given = new Map<string, { start: number; end: number }>();
  let complete = true;
  for (const argument of call.args) {
    const name = argument.name.text;
    if (name === "") {
      complete = false;
      continue;
    }
    const parameter = parameters.get(name);
    if (!parameter) {
      const near = nearest(name, parameters.keys());
      const fixes = near === null ? [] : [replaceFix(argument.name, spell(near))];
      findings.add(place.unit, unknownParameter.at(argument.name, [duty.name, name, near], { related, fixes }));
      // The parameter that was meant would be missed as well: one report is enough.
      complete = false;
      continue;
    }
    const first = given.get(name);
    if (first) {
      const here = [{ start: first.start, end: first.end, message: "It is first given here." }];
      findings.add(place.unit, repeatedArgument.at(argument.name, [name], { related: here }));
      continue;
    }
    given.set(name, argument.name);
    const type = checking.members.type(duty.unit, parameter);
    if (type === null) continue;
    const value = checkValue(argument.value, type, { unit: place.unit, findings, of: name }, true);
    if (value !== null) checking.file.values.set(argument, value);
  }
  const missing = [...parameters.keys()].filter((name) => name !== "" && !given.has(name));
  if (complete && missing.length > 0) {
    findings.add(place.unit, missingArgument.at(call.duty, [duty.name, missing], { related }));
  }
}
