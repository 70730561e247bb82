/** Compares a generated policy with one that has one change, once in a fresh process, tuned as the command's; prints the time and the memory it took. */
import { diff } from "@scruple/analysis";
import { tuneEngine } from "../packages/cli/dist/tune-engine.js";
import { modelOf } from "./guard-file.mjs";
import { generatePolicy } from "./policy.mjs";

tuneEngine();
const [change, rules] = process.argv.slice(2);
const base = modelOf(generatePolicy({ rules: Number(rules) }).files);
const head = changed(structuredClone(base));

const before = process.cpuUsage();
const { widened, narrowed, duties } = diff(base, head);
const { user, system } = process.cpuUsage(before);
const entries = [...widened, ...narrowed, ...duties];
console.log(
  JSON.stringify({
    // Of all the processor's cores together, what the garbage collector takes beside included.
    milliseconds: (user + system) / 1000,
    // In kilobytes; of the whole process, the compiler's share included.
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    entries: entries.length,
    cells: entries.reduce((sum, { cells }) => sum + cells, 0),
  }),
);

function changed(model) {
  const everywhere = model.rules.filter(({ interaction }) => interaction === null);
  switch (change) {
    case "condition": {
      const rule = model.rules.find(({ interaction, when }) => interaction !== null && when !== null);
      return { ...model, rules: model.rules.map((one) => (one === rule ? { ...one, when: null } : one)) };
    }
    case "removed":
      return { ...model, rules: model.rules.filter((one) => one !== everywhere[0]) };
    case "added": {
      const denial = { ...everywhere[0], path: "fresh", operations: ["use"], data: [{ kind: "special" }] };
      const anywhere = { purposes: null, channels: null, recipients: null, when: null, unless: null, exceptions: [] };
      return { ...model, rules: [...model.rules, { ...denial, ...anywhere }] };
    }
    case "kept": {
      const source = model.sources.find(({ keep }) => keep !== null);
      const keep = { ...source.keep, atMost: 7 * 86_400 };
      return { ...model, sources: model.sources.map((one) => (one === source ? { ...one, keep } : one)) };
    }
    case "rewritten": {
      const grown = { op: "compare", operator: ">=", fact: "subject.age", value: 21 };
      const when = (one) => (one === null ? grown : { op: "and", operands: [one, grown] });
      return { ...model, rules: model.rules.map((one) => ({ ...one, when: when(one.when) })) };
    }
    default:
      return model;
  }
}
