import { dice } from "./policy/dice.mjs";
import { flatten } from "./policy/flatten.mjs";
import { makeInteractions } from "./policy/interactions.mjs";
import { makeRequests } from "./policy/requests.mjs";
import { globalRules } from "./policy/rules.mjs";
import { makeSources } from "./policy/sources.mjs";
import { policyText } from "./policy/text.mjs";

export const policyName = "bench.customer_data";

/**
 * A policy of `rules` rules, the same on every run: about nine to an interaction, 1% to 10% of them denials that hold
 * everywhere, with consent, age, region, membership, age of the data, time of day and crowd size in their conditions.
 *
 * @returns {{ files: { path: string, text: string }[], flat: object, requests: (count: number) => object[] }} its text;
 *   the same rules for engines that know no hierarchies (see policy/flatten.mjs); and requests that fit it
 */
export function generatePolicy({ rules, fileCount = Math.ceil(rules / 50), seed = 1 }) {
  const random = dice(seed * 1_000_003 + rules);
  const guardrails = Math.round(rules / 100) || 1;
  const own = rules - guardrails;
  const sources = makeSources(random, rules);
  const policy = {
    name: policyName,
    sources,
    interactions: makeInteractions(random, sources, Math.max(1, Math.round(own / 9)), own),
    guardrails: globalRules(random, sources, guardrails),
  };
  const flat = flatten(policy);
  return {
    files: policyText(policy, fileCount),
    flat,
    requests: (count) => makeRequests(dice(seed * 7_919 + 17), { ...policy, flat }, count),
  };
}
