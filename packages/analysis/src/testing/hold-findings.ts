import { expect } from "vitest";
import { lintModel, rulesOf } from "../lints/lint-model.ts";
import { findingsOfPromises } from "../lints/promise-findings.ts";
import { prove } from "../promises/prove.ts";
import type { DecisionSpace } from "../space/decision-space.ts";
import { isBroken } from "./broken-promises.ts";
import { expectedFindings, foundTexts } from "./expected-findings.ts";
import type { Looks } from "./looks.ts";

/** Every kind of answer that `holdFindings` names: a test of many models has to have seen each. */
export const heldKinds = [
  ...["rule-selects-nothing", "rule-never-applies", "rule-cancelled", "redundant-rule", "conflicting-bases"],
  ...["condition-always-true", "condition-always-false", "exception-never-bites", "nothing-allowed"],
  ...["guards-against-nothing", "special-without-explicit-consent", "secondary-use", "laundering"],
  ...["inherited-sensitivity", "singling-out", "household-exposure", "covert-use", "outbound-without-limit"],
  ...["join-without-purpose", "third-party-without-permission", "untold", "no-basis", "experiment-without-consent"],
  ...["vague-category", "unbounded-retention"],
  ...["never proved", "never refuted", "always proved", "always refuted"],
  ...["covertly never proved", "covertly never refuted"],
] as const;

/**
 * Fails where the lints find anything else than looking at requests shows, or a promise is told otherwise.
 *
 * @param label Names the model in what fails.
 * @returns the kind of each answer
 */
export async function holdFindings<B>(
  space: DecisionSpace,
  looks: Looks<B>,
  label: string,
): Promise<readonly string[]> {
  const expected = await expectedFindings(looks, rulesOf(space.world.model));
  const results = prove(space);
  expect(foundTexts([...lintModel(space), ...findingsOfPromises(space, results)]), label).toEqual(expected);
  const kinds = expected.map((one) => one.split(" ")[0] as string);
  for (const { line, status } of results) {
    const wanted = (await isBroken(looks, line)) ? "refuted" : "proved";
    expect(status, `${label}: ${JSON.stringify(line)}`).toBe(wanted);
    kinds.push(`${line.covertly ? "covertly " : ""}${line.modality} ${status}`);
  }
  return kinds;
}
