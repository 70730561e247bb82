import { factsOf, holdsOf, mapCells, mayHoldOf } from "./map-cells.mjs";

/**
 * What a good developer writes by hand in an afternoon: a Map from the static part of a request to the rules that bear
 * on it, each a closure over the facts. Hierarchies are expanded before. Conditions are plain JavaScript. What is unknown
 * helps no allow and stops no denial; whatever throws denies. It gives the decision and its rules, and nothing else.
 */
export function createMapGuard({ flat }) {
  const cellOf = mapCells(flat, flat.rules, (borne) => {
    const cell = { denials: [], allows: [] };
    for (const { rule, exceptions } of borne) {
      const [list, testOf] = rule.effect === "allow" ? [cell.allows, holdsOf] : [cell.denials, mayHoldOf];
      list.push({ path: rule.path, test: testOf(rule, exceptions) });
    }
    return cell;
  });

  function decideField(request, field, facts) {
    const cell = cellOf(request, field);
    if (cell === undefined) return { decision: "deny", rules: [] };
    const denied = applying(cell.denials, facts, cell.reach);
    if (denied.length > 0) return { decision: "deny", rules: denied };
    const allowed = applying(cell.allows, facts, cell.reach);
    return { decision: allowed.length > 0 ? "allow" : "deny", rules: allowed };
  }

  function decide(request) {
    try {
      const facts = factsOf(request);
      const { data } = request;
      if (typeof data === "string") return decideField(request, data, facts);
      const decisions = data.map((field) => decideField(request, field, facts));
      const denials = decisions.filter(({ decision }) => decision === "deny");
      const deciding = denials.length > 0 ? denials : decisions;
      return {
        decision: deciding.length > 0 ? deciding[0].decision : "deny",
        rules: [...new Set(deciding.flatMap(({ rules }) => rules))],
      };
    } catch {
      return { decision: "deny", rules: [] };
    }
  }
  return { decide: (request) => decide(request).decision, full: decide };
}

function applying(rules, facts, reach) {
  const paths = [];
  for (const { path, test } of rules) if (test(facts, reach)) paths.push(path);
  return paths;
}
